import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { jsonEquals } from "./equal.ts";
import type { Json } from "./json.ts";
import { kindOf, memberOf } from "./kind.ts";
import { compareNumbers, JsonNumber, numberFromLiteral } from "./number.ts";
import { exceedsBytes, utf8Length } from "./size.ts";

const number = (literal: string) => new JsonNumber(literal);

describe("compareNumbers", () => {
  test.each([
    ["1", "1.0", 0],
    ["100", "1e2", 0],
    ["0", "-0", 0],
    ["0.0", "0e5", 0],
    ["12345678901234567890", "12345678901234567891", -1],
    ["-12345678901234567890", "-12345678901234567891", 1],
    ["0.12345678901234567890", "0.1234567890123456789", 0],
    ["1e400", "1e401", -1],
    ["-1e400", "1e400", -1],
    ["1e400", "1e400", 0],
    ["1", "2", -1],
    ["1e-400", "0", 1],
  ])("%s and %s", (a, b, order) => {
    const [left, right] = [numberFromLiteral(a), numberFromLiteral(b)];
    expect(Math.sign(compareNumbers(left, right)) + 0).toBe(order);
    expect(Math.sign(compareNumbers(right, left)) + 0).toBe(0 - order);
  });
});

describe("jsonEquals", () => {
  const equal: [Json, Json][] = [
    [1, number("1.0")],
    [
      { a: 1, b: [2] },
      { b: [2], a: number("1.00") },
    ],
    [[], []],
    [null, null],
  ];
  const different: [Json, Json][] = [
    [1, "1"],
    [1, true],
    [null, {}],
    [[], {}],
    [{ a: 1 }, { a: 1, b: null }],
    [{ a: 1 }, { b: 1 }],
    [
      [1, 2],
      [2, 1],
    ],
    [number("1.5"), {}],
    [{}, number("1.5")],
    // Of the prototype, not of the data.
    [{ constructor: 1 }, {}],
  ];
  test.each(equal)("%j is %j", (a, b) => {
    expect(jsonEquals(a, b)).toBe(true);
    expect(jsonEquals(b, a)).toBe(true);
  });
  test.each(different)("%j is not %j", (a, b) => {
    expect(jsonEquals(a, b)).toBe(false);
    expect(jsonEquals(b, a)).toBe(false);
  });
});

describe("kindOf", () => {
  test.each([
    [null, "null"],
    [true, "boolean"],
    [1, "number"],
    [number("1.0"), "number"],
    ["", "string"],
    [[], "array"],
    [{}, "object"],
  ] as const)("%j is a %s", (value, kind) => {
    expect(kindOf(value)).toBe(kind);
  });

  test.each(["constructor", "__proto__", "toString", "hasOwnProperty"])(
    "%s is no member of an empty object",
    (key) => {
      expect(memberOf({}, key)).toBeUndefined();
    },
  );
});

describe("utf8Length", () => {
  it("counts what an encoder makes", () => {
    const encoder = new TextEncoder();
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(20), (text, limit) => {
        const bytes = encoder.encode(text).length;
        expect(utf8Length(text)).toBe(bytes);
        expect(exceedsBytes(text, limit)).toBe(bytes > limit);
      }),
    );
    expect(utf8Length("\ud800")).toBe(3);
    expect(utf8Length("\ud800\ud83d\ude00")).toBe(7);
  });
});
