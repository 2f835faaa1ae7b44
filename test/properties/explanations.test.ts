/** Every failed execution of a generated state machine can be explained, and any two compared. */
import { expect, it } from "vitest";
import {
  compareExecutions,
  type Comparison,
} from "../../src/interpreter/compare/compare-executions.ts";
import { VisitRecorder } from "../../src/interpreter/compare/recorded-visit.ts";
import { explainExecution, type ExplainedEnd } from "../../src/interpreter/explain/explain.ts";
import { neededEvents } from "../../src/interpreter/explain/needed-events.ts";
import type { HistoryEvent } from "../../src/interpreter/history.ts";
import { withoutPayloads } from "../../src/interpreter/explain/without-payloads.ts";
import { simulate, type Simulation } from "../support/simulate.ts";
import { forAll, runs, TIMEOUT } from "./for-all.ts";
import { drawScenario } from "./scenario.ts";

const RUNS = runs(250);

it(`explains whatever did not succeed in ${RUNS} cases`, { timeout: TIMEOUT }, () => {
  let failed = 0;
  let places = 0;
  forAll(RUNS, (draw) => {
    const scenario = drawScenario(draw);
    const run = simulate(scenario.options());
    if (run.execution.status === "SUCCEEDED") return;
    failed += 1;
    try {
      if (checkExplanation(run).state !== undefined) places += 1;
    } catch (error) {
      const shown = JSON.stringify(scenario.options(), null, 1);
      throw new Error(`not explained: ${shown}`, { cause: error });
    }
  });
  expect(failed).toBeGreaterThan(RUNS / 8);
  expect(places).toBeGreaterThan(RUNS / 12);
});

function checkExplanation({ execution, history, now }: Simulation): ExplainedEnd {
  const found = explainExecution(execution, history, now);
  expect(found.summary.length).toBeGreaterThan(10);
  expect(found.summary.length).toBeLessThan(1_100);
  expect(found.fixes.length).toBeLessThanOrEqual(6);
  if (execution.status === "FAILED") checkSite(found, execution, history);
  // The events that are said to suffice do.
  const needed = neededEvents(execution, history.map(withoutPayloads));
  const sparse = history.map((event) => (needed.has(event.id) ? event : withoutPayloads(event)));
  expect(explainExecution(execution, sparse, now)).toEqual(found);
  return found;
}

function checkSite(
  { state, error, cause, failedEventId }: ExplainedEnd,
  execution: Simulation["execution"],
  history: readonly HistoryEvent[],
): void {
  expect(error).toBe(execution.error);
  expect(failedEventId).toBeGreaterThan(1);
  // Only an execution whose history is full can fail outside a state.
  const isFull = history.length >= execution.limits.historyEvents;
  if (!isFull) expect(state).toBeDefined();
  if (state !== undefined) expectEntry(history, state);
  const named =
    /^An error occurred while executing the state '[^']*' \(entered at the event id #(\d+)\)/.exec(
      cause ?? "",
    );
  // A Fail state may give the cause of another state.
  if (named !== null && state?.type !== "Fail") {
    expect(state?.enteredEventId).toBe(Number(named[1]));
  }
}

function expectEntry(
  history: readonly HistoryEvent[],
  state: { readonly name: string; readonly enteredEventId: number },
): void {
  const entry = history[state.enteredEventId - 1];
  expect(entry?.type).toMatch(/StateEntered$/);
  expect(entry?.details?.["name"]).toBe(state.name);
}

it(`finds no difference between a run and itself in ${RUNS} cases`, { timeout: TIMEOUT }, () => {
  let parted = 0;
  forAll(RUNS, (draw) => {
    const scenario = drawScenario(draw);
    const options = scenario.options();
    const run = simulate(options);
    const own = compare(run, simulate(scenario.options()));
    const { visits, counts } = own;
    expect(own.firstDivergence).toBeUndefined();
    expect(counts).toEqual({
      SAME: visits.length,
      DIFFERS: 0,
      ONLY_IN_FIRST: 0,
      ONLY_IN_SECOND: 0,
    });
    const entries = run.history.filter(({ type }) => type.endsWith("StateEntered")).length;
    expect(visits).toHaveLength(entries);

    const other = simulate({ ...scenario.options(), input: '{"n":-1,"s":"other","list":[]}' });
    const found = compare(run, other);
    const sum = Object.values(found.counts).reduce((all, one) => all + one, 0);
    expect(sum).toBe(found.visits.length);
    if (found.firstDivergence !== undefined) parted += 1;
    // The other way round the same visits differ.
    const back = compare(other, run).counts;
    expect(back).toEqual({
      ...found.counts,
      ONLY_IN_FIRST: found.counts.ONLY_IN_SECOND,
      ONLY_IN_SECOND: found.counts.ONLY_IN_FIRST,
    });
  });
  expect(parted).toBeGreaterThan(RUNS / 4);
});

function compare(first: Simulation, second: Simulation): Comparison {
  const [a, b] = [first, second].map(({ execution, history }) => {
    const recorder = new VisitRecorder(execution.definition);
    for (const event of history) recorder.take(event);
    return recorder.recorded(execution.status);
  });
  return compareExecutions(a!, b!);
}
