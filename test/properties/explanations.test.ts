/** Every failed execution of a generated state machine can be explained, and any two compared. */
import { expect, it } from "vitest";
import { explainExecution } from "../../src/interpreter/explain/explain.ts";
import { neededEvents } from "../../src/interpreter/explain/needed-events.ts";
import type { HistoryEvent } from "../../src/interpreter/history.ts";
import { withoutPayloads } from "../../src/interpreter/explain/without-payloads.ts";
import { simulate } from "../support/simulate.ts";
import { forAll, runs, TIMEOUT } from "./for-all.ts";
import { drawScenario } from "./scenario.ts";

const RUNS = runs(250);

it(`explains whatever did not succeed in ${RUNS} cases`, { timeout: TIMEOUT }, () => {
  let failed = 0;
  let places = 0;
  forAll(RUNS, (draw) => {
    const scenario = drawScenario(draw);
    const { execution, history, now } = simulate(scenario.options());
    if (execution.status === "SUCCEEDED") return;
    failed += 1;
    const found = explainExecution(execution, history, now);
    const shown = (): string => JSON.stringify({ found, options: scenario.options() }, null, 1);
    expect(found.summary.length, shown()).toBeGreaterThan(10);
    expect(found.summary.length, shown()).toBeLessThan(1_100);
    expect(found.fixes.length, shown()).toBeLessThanOrEqual(6);
    if (execution.status === "FAILED") {
      expect(found.error).toBe(execution.error);
      expect(found.failedEventId).toBeGreaterThan(1);
      // Only an execution whose history is full can fail outside a state.
      const isFull = history.length >= execution.limits.historyEvents;
      if (!isFull) expect(found.state, shown()).toBeDefined();
      places += found.state === undefined ? 0 : 1;
      if (found.state !== undefined) expectEntry(history, found.state);
      const named =
        /^An error occurred while executing the state '[^']*' \(entered at the event id #(\d+)\)/.exec(
          found.cause ?? "",
        );
      if (named !== null && found.state?.type !== "Fail") {
        expect(found.state?.enteredEventId, shown()).toBe(Number(named[1]));
      }
    }
    const needed = neededEvents(execution, history.map(withoutPayloads));
    const sparse = history.map((event) => (needed.has(event.id) ? event : withoutPayloads(event)));
    expect(explainExecution(execution, sparse, now).summary.length).toBeGreaterThan(10);
  });
  expect(failed).toBeGreaterThan(RUNS / 8);
  expect(places).toBeGreaterThan(RUNS / 12);
});

function expectEntry(
  history: readonly HistoryEvent[],
  state: { readonly name: string; readonly enteredEventId: number },
): void {
  const entry = history[state.enteredEventId - 1];
  expect(entry?.type).toMatch(/StateEntered$/);
  expect(entry?.details?.["name"]).toBe(state.name);
}
