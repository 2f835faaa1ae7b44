import { expect, it } from "vitest";
import { historyEventOutput } from "../../../src/api/history-event-output.ts";
import { simulate } from "../../../test/support/simulate.ts";
import type { HistoryEvent } from "../api/operations.ts";
import { StateRuns } from "../history/state-runs.ts";
import { shortDuration, timeTicks } from "./time-axis.ts";
import { timelineRows } from "./timeline-rows.ts";

const PASS = { Type: "Pass", End: true };

function runsOf(items: number): StateRuns {
  const definition = {
    StartAt: "Both",
    States: {
      Both: {
        Type: "Parallel",
        Branches: [
          { StartAt: "A", States: { A: PASS } },
          { StartAt: "B", States: { B: PASS } },
        ],
        ResultPath: null,
        Next: "Each",
      },
      Each: {
        Type: "Map",
        ItemProcessor: { StartAt: "Item", States: { Item: PASS } },
        End: true,
      },
    },
  };
  const runs = new StateRuns();
  const input = JSON.stringify(Array.from({ length: items }, (_, index) => index));
  for (const event of simulate({ definition, input }).history) {
    runs.add(historyEventOutput(event, true) as unknown as HistoryEvent);
  }
  return runs;
}

const labels = (runs: StateRuns, toggled: readonly string[] = []): string[] =>
  timelineRows(runs.runs, new Set(toggled)).map(
    ({ depth, run, item }) => `${"  ".repeat(depth)}${item === undefined ? run.name : `#${item}`}`,
  );

it("runs stand under their container and their item", () => {
  const runs = runsOf(2);
  expect(labels(runs)).toEqual([
    "Both",
    "  A",
    "  B",
    "Each",
    "  #0",
    "    Item",
    "  #1",
    "    Item",
  ]);
  expect(labels(runs, ["0"])[1]).toBe("Each");
});

it("a Map of many items is closed until somebody opens it", () => {
  const runs = runsOf(40);
  expect(labels(runs)).toEqual(["Both", "  A", "  B", "Each"]);
  const opened = labels(runs, ["3"]);
  expect(opened).toHaveLength(44);
  expect(opened[4]).toBe("  #0");
  expect(labels(runs, ["3", "3/0"])[5]).toBe("    Item");
});

it("the axis has round times", () => {
  expect(timeTicks(10, 6).map(({ label }) => label)).toEqual([
    "0",
    "2 s",
    "4 s",
    "6 s",
    "8 s",
    "10 s",
  ]);
  expect(timeTicks(0.9, 5).map(({ label }) => label)).toEqual([
    "0",
    "200 ms",
    "400 ms",
    "600 ms",
    "800 ms",
  ]);
  expect(timeTicks(0, 5)).toEqual([{ at: 0, label: "0" }]);
  expect([90, 5_400, 200_000].map(shortDuration)).toEqual(["1.5 min", "1.5 h", "2.31 d"]);
});
