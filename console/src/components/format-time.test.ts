import { expect, it } from "vitest";
import { formatDuration } from "./format-time.ts";

it.each([
  [0, "00:00:00.000"],
  [0.0015, "00:00:00.002"],
  [62.345, "00:01:02.345"],
  [86_399.999, "23:59:59.999"],
  [2 * 86_400 + 3 * 3600, "2d 03:00:00.000"],
  [-1, "00:00:00.000"],
])("a duration of %s seconds is %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
