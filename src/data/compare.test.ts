import { describe, expect, it, test } from "vitest";
import type { Json } from "../json/json.ts";
import { JsonNumber } from "../json/number.ts";
import { compareWith, isOperator, type Comparison, type IsOperator } from "./compare.ts";
import { matchesGlob } from "./glob.ts";
import { compareInstants, parseInstant, parseTimestamp } from "./timestamp.ts";

const NOON = "2012-10-09T12:00:00Z";

describe("compareWith", () => {
  const FIVE = [
    "Equals",
    "LessThan",
    "GreaterThan",
    "LessThanEquals",
    "GreaterThanEquals",
  ] as const;
  test.each<["String" | "Numeric" | "Timestamp", Json, Json, string[]]>([
    ["String", "a", "a", ["Equals", "LessThanEquals", "GreaterThanEquals"]],
    ["String", "A", "AB", ["LessThan", "LessThanEquals"]],
    ["String", "a", "B", ["GreaterThan", "GreaterThanEquals"]],
    ["String", "", "", ["Equals", "LessThanEquals", "GreaterThanEquals"]],
    ["String", "1", 1, []],
    ["String", null, null, []],
    ["Numeric", 1, new JsonNumber("1.0"), ["Equals", "LessThanEquals", "GreaterThanEquals"]],
    ["Numeric", -1.5, 0, ["LessThan", "LessThanEquals"]],
    ["Numeric", 1, "1", []],
    ["Numeric", true, 1, []],
    [
      "Timestamp",
      NOON,
      "2012-10-09T14:00:00+02:00",
      ["Equals", "LessThanEquals", "GreaterThanEquals"],
    ],
    ["Timestamp", NOON, "2012-10-09T12:00:00.000000001Z", ["LessThan", "LessThanEquals"]],
    ["Timestamp", NOON, "2012-10-09 12:00:00Z", []],
    ["Timestamp", NOON, 0, []],
  ])("%s %j and %j: %j", (type, a, b, holds) => {
    const result = FIVE.filter((order) => compareWith(`${type}${order}`, a, b));
    expect(result).toEqual(holds);
  });

  test.each<[Comparison, Json, Json, boolean]>([
    ["BooleanEquals", true, true, true],
    ["BooleanEquals", false, true, false],
    ["BooleanEquals", "true", true, false],
    ["BooleanEquals", null, false, false],
    ["BooleanEquals", "x", "x", false],
    ["StringMatches", "log-1.txt", "log-*.txt", true],
    ["StringMatches", 1, "*", false],
  ])("%s %j and %j: %s", (operator, a, b, expected) => {
    expect(compareWith(operator, a, b)).toBe(expected);
  });
});

test.each<[Json | undefined, IsOperator[]]>([
  [undefined, []],
  [null, ["IsPresent", "IsNull"]],
  [1, ["IsPresent", "IsNumeric"]],
  [new JsonNumber("1.0"), ["IsPresent", "IsNumeric"]],
  [true, ["IsPresent", "IsBoolean"]],
  ["", ["IsPresent", "IsString"]],
  [NOON, ["IsPresent", "IsString", "IsTimestamp"]],
  ["2012-10-09T19:00:55", ["IsPresent", "IsString"]],
  ["2023-02-24", ["IsPresent", "IsString"]],
  [[], ["IsPresent"]],
  [{}, ["IsPresent"]],
])("isOperator of %j: %j", (value, expected) => {
  const all: IsOperator[] = [
    "IsPresent",
    "IsNull",
    "IsNumeric",
    "IsString",
    "IsBoolean",
    "IsTimestamp",
  ];
  expect(all.filter((operator) => isOperator(operator, value))).toEqual(expected);
});

describe("matchesGlob", () => {
  test.each([
    ["", "", true],
    ["a", "", false],
    ["", "*", true],
    ["anything", "*", true],
    ["abc", "abc", true],
    ["abc", "a*c", true],
    ["ac", "a*c", true],
    ["abcd", "a*c", false],
    ["aba", "ab*ba", false],
    ["abba", "ab*ba", true],
    ["a1b2c", "a*b*c", true],
    ["a1c2b", "a*b*c", false],
    ["aXbXbX", "*b*b*", true],
    ["aXbX", "*b*b*", false],
    ["a**b", "a**b", true],
    ["a*b", "a\\*b", true],
    ["axb", "a\\*b", false],
    ["a\\b", "a\\\\b", true],
    ["a\\x", "a\\\\*", true],
    ["a\\n", "a\\n", true],
    ["a.c", "a?c", false],
    ["zebra.log", "*.log", true],
  ])("%j %j: %s", (text, pattern, expected) => {
    expect(matchesGlob(text, pattern)).toBe(expected);
  });

  it("takes no time for hostile patterns", () => {
    const started = performance.now();
    expect(matchesGlob("a".repeat(262_144), `${"*a".repeat(300)}*b*`)).toBe(false);
    expect(matchesGlob("a".repeat(262_144), `*${"a".repeat(500)}b${"a".repeat(500)}*`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("timestamps", () => {
  test.each([
    ["1970-01-01T00:00:00Z", 0],
    ["2016-03-14T01:59:00Z", Date.UTC(2016, 2, 14, 1, 59)],
    ["2016-08-18T17:33:00.5Z", Date.UTC(2016, 7, 18, 17, 33, 0, 500)],
    ["2016-08-18T17:33:00+05:30", Date.UTC(2016, 7, 18, 12, 3)],
    ["2016-01-01T00:30:00-18:00", Date.UTC(2016, 0, 1, 18, 30)],
    ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
    ["0001-01-01T00:00:00Z", -62135596800000],
    // A timer must not fire early.
    ["1970-01-01T00:00:00.000000001Z", 1],
    ["1970-01-01T00:00:00.001Z", 1],
  ])("%s", (text, ms) => {
    expect(parseTimestamp(text)).toBe(ms);
  });

  test.each([
    "",
    " ",
    "2016-12-05 21:29:29Z",
    "2016-12-05T21:29:29",
    "2016-13-05T21:29:29Z",
    "2016-12-05T25:29:29Z",
    "05-12-2016T21:29:29Z",
    "2016-12-05t21:29:29z",
    "2016-12-05",
    "2016-12-05T21:29Z",
    "2016-12-05T24:00:00Z",
    "2016-12-05T21:60:00Z",
    "2016-12-05T21:29:60Z",
    "2016-00-05T21:29:29Z",
    "2016-12-00T21:29:29Z",
    "2016-04-31T21:29:29Z",
    "2023-02-29T21:29:29Z",
    "1900-02-29T21:29:29Z",
    "2016-12-05T21:29:29.Z",
    "2016-12-05T21:29:29.1234567890Z",
    "2016-12-05T21:29:29+0530",
    "2016-12-05T21:29:29+18:01",
    "2016-12-05T21:29:29+05:60",
    "2016-12-05T21:29:29Z ",
  ])("%j is none", (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });

  it("orders instants to the nanosecond", () => {
    const [a, b] = ["Z", ".000000001Z"].map((end) => parseInstant(`2016-12-05T21:29:29${end}`)!);
    expect(compareInstants(a!, b!)).toBeLessThan(0);
  });
});
