/** What is true of every execution, whatever its definition, input and course. */
import { expect } from "vitest";
import { pendingCommands } from "../../src/interpreter/pending.ts";
import { utf8Length } from "../../src/json/size.ts";
import type { Simulation } from "../support/simulate.ts";

const ENDS: ReadonlySet<string> = new Set([
  "ExecutionSucceeded",
  "ExecutionFailed",
  "ExecutionTimedOut",
  "ExecutionAborted",
]);
const STATUS_OF: Readonly<Record<string, string>> = {
  ExecutionSucceeded: "SUCCEEDED",
  ExecutionFailed: "FAILED",
  ExecutionTimedOut: "TIMED_OUT",
  ExecutionAborted: "ABORTED",
};

/** The fold and the gap-free ids are checked by the simulation itself. */
export function checkLaws(run: Simulation): void {
  checkOrder(run);
  checkEnds(run);
  checkBounds(run);
  checkIterations(run);
}

function checkOrder({ history }: Simulation): void {
  expect(history[0]).toMatchObject({ id: 1, previousEventId: 0, type: "ExecutionStarted" });
  let at = 0;
  for (const event of history) {
    expect(event.previousEventId).toBeGreaterThanOrEqual(0);
    expect(event.previousEventId).toBeLessThan(event.id);
    expect(event.at).toBeGreaterThanOrEqual(at);
    at = event.at;
  }
}

/** An end comes last or before a redrive, and an execution that has not ended waits for something. */
function checkEnds({ history, execution }: Simulation): void {
  for (const [index, { type }] of history.entries()) {
    const next = history[index + 1]?.type;
    if (ENDS.has(type)) expect([undefined, "ExecutionRedriven"]).toContain(next);
    else expect(next).not.toBe("ExecutionRedriven");
  }
  const last = history.at(-1)!.type;
  expect(execution.status).toBe(STATUS_OF[last] ?? "RUNNING");
  const pending = pendingCommands(execution);
  if (ENDS.has(last)) {
    expect(pending).toEqual([]);
    expect(execution.frames.size).toBe(0);
  } else {
    // Only a task without a time-out that its worker forgot can hold up an execution for ever.
    expect(pending.map(({ type }) => type)).toContain("StartTask");
  }
}

/** Quotas. The input of an execution is the API's to check. */
function checkBounds({ history, execution }: Simulation): void {
  const { historyEvents, payloadBytes } = execution.limits;
  expect(history.length).toBeLessThanOrEqual(historyEvents);
  const most = Math.max(payloadBytes, utf8Length(String(history[0]!.details?.["input"])));
  for (const { details, type } of history) {
    for (const field of ["input", "output", "parameters"] as const) {
      const text = details?.[field];
      if (typeof text !== "string" || type === "TaskSubmitted") continue;
      expect(utf8Length(text), `${field} of ${type}`).toBeLessThanOrEqual(most);
      expect(() => JSON.parse(text) as unknown).not.toThrow();
    }
  }
}

/** Iterations that were started in a state that is over are over, too. */
function checkIterations({ history, execution }: Simulation): void {
  const full = history.length >= execution.limits.historyEvents;
  const regular = execution.status === "SUCCEEDED" || execution.status === "FAILED";
  if (!regular || full || execution.redrive !== undefined) return;
  const count = (type: string) => history.filter((event) => event.type === type).length;
  const ended = ["Succeeded", "Failed", "Aborted"].map((outcome) =>
    count(`MapIteration${outcome}`),
  );
  expect(ended.reduce((sum, some) => sum + some, 0)).toBe(count("MapIterationStarted"));
}
