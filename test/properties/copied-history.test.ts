/** Generated executions, continued by new ones from each of their events. */
import { describe, expect, it } from "vitest";
import { HistoryMismatch } from "../../src/interpreter/copy-history.ts";
import { continueFrom } from "../support/continue-from.ts";
import { simulate, type Simulation } from "../support/simulate.ts";
import { forAll, runs, SEED, TIMEOUT } from "./for-all.ts";
import { checkLaws } from "./laws.ts";
import { drawScenario } from "./scenario.ts";

const RUNS = runs(60);

describe("an execution that goes on from another one's past", () => {
  it(`keeps the laws in ${RUNS} cases (SEED=${SEED})`, { timeout: TIMEOUT }, () => {
    let continued = 0;
    let refused = 0;
    forAll(RUNS, (draw) => {
      const scenario = drawScenario(draw);
      const { redrives: _redrives, stopAt: _stopAt, ...rest } = scenario.options();
      const options = (): typeof rest => ({ ...rest, task: scenario.options().task! });
      const run = simulate(options());
      const step = Math.ceil(run.history.length / 8);
      for (let eventId = 1; eventId <= run.history.length; eventId += step) {
        let copy: Simulation;
        try {
          copy = continueFrom({ options: rest, run, eventId }, options());
        } catch (error) {
          if (!(error instanceof HistoryMismatch)) {
            const shown = JSON.stringify(rest, null, 1);
            throw new Error(`broken at event ${eventId} by ${shown}`, { cause: error });
          }
          refused++;
          continue;
        }
        checkLaws(copy);
        expect(copy.history.slice(0, eventId)).toEqual(run.history.slice(0, eventId));
        continued++;
      }
    });
    expect(continued).toBeGreaterThan(refused);
  });
});
