import { describe, expect, it } from "vitest";
import type { HistoryEvent } from "../../interpreter/history.ts";
import { ExecutionProgress, seconds } from "./execution-progress.ts";
import { ProgressDisplay } from "./progress-display.ts";

function event(
  id: number,
  previousEventId: number,
  type: string,
  details?: Record<string, unknown>,
  at = id * 100,
): HistoryEvent {
  return { id, previousEventId, type, at, detailsName: details && "details", details };
}

const RETRIED = [
  event(1, 0, "ExecutionStarted", {}),
  event(2, 1, "TaskStateEntered", { name: "Pay" }),
  event(3, 2, "LambdaFunctionScheduled", {}),
  event(4, 3, "LambdaFunctionStarted"),
  event(5, 4, "LambdaFunctionFailed", { error: "Busy", cause: "try\nlater" }),
];

describe("ExecutionProgress", () => {
  it("tells entries, failed attempts and exits, and what is active", () => {
    const progress = new ExecutionProgress();
    const lines = RETRIED.flatMap((each) => progress.apply(each));
    expect(lines.map(({ kind, text }) => [kind, text])).toEqual([
      ["entered", "Pay"],
      ["failed", "Pay: Busy: try later"],
    ]);
    expect(progress.active()).toEqual([
      { name: "Pay", since: 200, count: 1, done: 0, failures: 1, items: undefined },
    ]);
    const [exit] = progress.apply(event(6, 5, "TaskStateExited", { name: "Pay" }));
    expect(exit).toEqual({ kind: "done", text: "Pay (0.40 s)", at: 600 });
    expect(progress.active()).toEqual([]);
  });

  it("counts the items of a Map and the states inside it", () => {
    const progress = new ExecutionProgress();
    const events = [
      event(1, 0, "MapStateEntered", { name: "All" }),
      event(2, 1, "MapStateStarted", { length: 3 }),
      event(3, 2, "MapIterationStarted", { name: "All", index: 0 }),
      event(4, 3, "PassStateEntered", { name: "One" }),
      event(5, 2, "MapIterationStarted", { name: "All", index: 1 }),
      event(6, 5, "PassStateEntered", { name: "One" }),
      event(7, 4, "PassStateExited", { name: "One" }),
      event(8, 7, "MapIterationSucceeded", { name: "All", index: 0 }),
    ];
    for (const each of events) progress.apply(each);
    expect(
      progress.active().map(({ name, count, done, items }) => [name, count, done, items]),
    ).toEqual([
      ["All", 1, 0, { finished: 1, total: 3 }],
      ["One", 1, 1, undefined],
    ]);
  });
});

describe("ProgressDisplay", () => {
  const show = (terminal: boolean): string => {
    let written = "";
    const progress = new ExecutionProgress();
    const options = { terminal, colour: false, rows: 24, columns: 80 };
    const display = new ProgressDisplay({ ...options, write: (text) => (written += text) }, 100);
    for (const each of RETRIED) display.update(progress.apply(each), progress.active(), each.at);
    display.end();
    return written;
  };

  it("writes plain lines without a terminal", () => {
    expect(show(false)).toBe("  0.10 s → Pay\n  0.40 s ✗ Pay: Busy: try later\n");
  });

  it("redraws the active states on a terminal and takes them away at the end", () => {
    const written = show(true);
    expect(written).toContain("\u001B[1A\u001B[J");
    expect(written).toContain("Pay (0.30 s, 1 failed attempt)");
    expect(written.endsWith("\u001B[1A\u001B[J")).toBe(true);
  });
});

describe("seconds", () => {
  it("has the precision that a person wants", () => {
    expect([5, 3000, 65_400].map(seconds)).toEqual(["0.01 s", "3.0 s", "65 s"]);
  });
});
