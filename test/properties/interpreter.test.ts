/** Generated definitions, inputs, workers, stops and redrives: what must be true of all executions. */
import { describe, expect, it } from "vitest";
import { simulate } from "../support/simulate.ts";
import { Census } from "./census.ts";
import { forAll, runs, SEED, TIMEOUT } from "./for-all.ts";
import { checkLaws } from "./laws.ts";
import { drawScenario } from "./scenario.ts";

const RUNS = runs(250);

/** At least once in so many cases. */
const WANTED: Readonly<Record<string, number>> = {
  SUCCEEDED: 8,
  FAILED: 8,
  ABORTED: 150,
  TIMED_OUT: 200,
  ExecutionRedriven: 8,
  "JSONPath Pass": 8,
  "JSONPath Task": 8,
  "JSONPath Choice": 8,
  "JSONPath Wait": 15,
  "JSONPath Parallel": 15,
  "JSONPath Map": 15,
  "JSONPath Succeed": 30,
  "JSONPath Fail": 25,
  "JSONata Pass": 8,
  "JSONata Task": 8,
  "JSONata Choice": 8,
  "JSONata Wait": 15,
  "JSONata Parallel": 15,
  "JSONata Map": 15,
  "JSONata Succeed": 25,
  "JSONata Fail": 25,
  "retried Task": 15,
  "retried Map": 25,
  "retried Parallel": 100,
  "caught in Task": 12,
  "caught in Map": 25,
  "caught in Parallel": 100,
  "task Failed": 10,
  "task TimedOut": 50,
  "task HeartbeatMissed": 50,
  TaskHeartbeat: 20,
  TaskTimerArmed: 300,
  TaskSubmitted: 25,
  EvaluationFailed: 4,
  StateAborted: 15,
  FailedStateAborted: 30,
  IterationSucceeded: 15,
  IterationFailed: 10,
  IterationAborted: 15,
  BranchSucceeded: 15,
  BranchFailed: 15,
  MapRunStarted: 15,
  MapRunSucceeded: 20,
  MapRunFailed: 20,
  MapRunAborted: 300,
  MapRunRedriven: 60,
  ItemsCounted: 25,
  MapRunFailing: 20,
  ResultsWritten: 80,
  ChildRedriven: 90,
  "ends with States.Runtime": 8,
  "ends with States.QueryEvaluationError": 15,
  "ends with States.DataLimitExceeded": 300,
  "ends with States.Timeout": 100,
  "history full": 50,
  "evaluator asked": 12,
};

describe("an execution of a generated state machine", () => {
  it(`keeps the laws in ${RUNS} cases (SEED=${SEED})`, { timeout: TIMEOUT }, () => {
    const census = new Census();
    let cases = 0;
    forAll(RUNS, (draw) => {
      const scenario = drawScenario(draw);
      try {
        const live = simulate(scenario.options());
        checkLaws(live);
        const restarted = simulate({ ...scenario.options(), restartAlways: true });
        checkLaws(restarted);
        // Of several branches, what is asked for again may be answered in another order.
        const { mapRuns, nextFrameId } = live.execution;
        const asks = scenario.evaluated() || mapRuns.length > 0;
        // How many children have been started when one fails is a matter of order, too.
        const failed = mapRuns.some((run) => run.ended.SUCCEEDED.executions < run.nextChild);
        // A page of items whose reading a restart interrupts comes later.
        const isLate = mapRuns.length > 0 && (scenario.options().pageMs ?? 0) > 0;
        const ordered = !failed && !isLate && (!asks || nextFrameId === 1);
        if (ordered) expect(restarted.history).toEqual(live.history);
        cases += 1;
        census.take(live);
        if (scenario.evaluated()) census.add("evaluator asked");
      } catch (error) {
        const shown = JSON.stringify(scenario.options(), null, 1);
        throw new Error(`broken by ${shown}`, { cause: error });
      }
    });
    if (process.env["CENSUS"] === "1") console.log(census.report());
    // A few cases say nothing about how often things happen.
    expect(cases < 200 ? [] : census.rare(cases, WANTED)).toEqual([]);
  });
});
