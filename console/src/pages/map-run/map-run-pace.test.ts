import { expect, it } from "vitest";
import type { MapRunDescription } from "../../api/operations.ts";
import { mapRunPace } from "./map-run-pace.ts";

const counts = (fields: Partial<MapRunDescription["itemCounts"]>) => ({
  pending: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  aborted: 0,
  total: 100,
  resultsWritten: 0,
  ...fields,
});

it("the pace of a Map Run is told, and how long the rest takes", () => {
  const running = { status: "RUNNING", startDate: 100, stopDate: undefined } as const;
  expect(mapRunPace({ ...running, itemCounts: counts({ pending: 100 }) }, 110)).toBe("");
  const itemCounts = counts({ succeeded: 30, failed: 10, pending: 55, running: 5 });
  expect(mapRunPace({ ...running, itemCounts }, 110)).toBe("4.00 items/s, about 15 s left");
  const done = { status: "SUCCEEDED", startDate: 100, stopDate: 101 } as const;
  expect(mapRunPace({ ...done, itemCounts: counts({ succeeded: 5_000 }) }, 900)).toBe(
    "5,000 items/s",
  );
});
