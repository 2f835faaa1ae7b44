import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Json } from "./json.ts";
import { isArray, isObject } from "./kind.ts";
import { JsonNumber } from "./number.ts";
import { parseJson, parseSource } from "./parse.ts";
import { joinItems, stringify, stringifyCompact, stringifyTracked } from "./stringify.ts";
import { sourceLocation } from "./syntax-error.ts";

const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

function parse(text: string) {
  const parsed = parseJson(text);
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}

describe("parseJson", () => {
  test.each([
    ["null", null],
    [" true ", true],
    ["-1.25", -1.25],
    ['"a\\u00e9\\n\\"\\/"', 'aé\n"/'],
    ['"\\ud83d\\ude00"', "😀"],
    ["[]", []],
    ["{}", {}],
    ['{"a":[1,{"b":null}],"c":"1.0"}', { a: [1, { b: null }], c: "1.0" }],
    // A literal that needs the reader makes it read all of this.
    [
      '\t[1.0,"a\\tb\\ud83d\\ude00",{"k":[true,false,null]},-7]\r\n',
      [new JsonNumber("1.0"), "a\tb😀", { k: [true, false, null] }, -7],
    ],
    ['{"a":1,"b":2,"a":3}', { a: 3, b: 2 }],
    ['{"a":1.0,"a":3}', { a: 3 }],
  ])("%s", (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  test.each([
    "1.0",
    "-0",
    "-0.0",
    "1e5",
    "1E+2",
    "0.10",
    "12345678901234567890",
    "0.30000000000000000001",
    "0.0000001",
    "1e400",
    "-1e400",
  ])("keeps %s as it is written", (literal) => {
    for (const text of [literal, `[${literal}]`, `{"a":${literal},"b":[1,${literal}]}`]) {
      expect(stringify(parse(text))).toBe(text);
    }
    expect(parse(literal)).toBeInstanceOf(JsonNumber);
  });

  test.each(["0", "1", "-1", "1.5", "0.1", "1234567890", "123456.789", "0.000001"])(
    "%s is a plain number",
    (literal) => {
      expect(parse(`[${literal}]`)).toEqual([Number(literal)]);
    },
  );

  test.each([
    ["not some json", `Unrecognized token 'not': was expecting ${VALUES}`, 1, 4, 0],
    [
      "{'not': 'json'",
      "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
      1,
      3,
      1,
    ],
    ["", "No content to map due to end-of-input", 1, 1, 0],
    ["  ", "No content to map due to end-of-input", 1, 3, 2],
    [
      "{a:1}",
      "Unexpected character ('a' (code 97)): was expecting double-quote to start field name",
      1,
      3,
      1,
    ],
    [
      '{"a" 1}',
      "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
      1,
      7,
      5,
    ],
    [
      '{"a":1 "b":2}',
      "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries",
      1,
      9,
      7,
    ],
    [
      "[1 2]",
      "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries",
      1,
      5,
      3,
    ],
    ["[1,]", `Unexpected character (']' (code 93)): expected a valid value ${VALUES}`, 1, 5, 3],
    ['{"a":1,\n "b":tru}', `Unrecognized token 'tru': was expecting ${VALUES}`, 2, 9, 13],
    ["[NaN]", `Unrecognized token 'NaN': was expecting ${VALUES}`, 1, 5, 1],
    [
      "\ufeff{}",
      `Unexpected character ('\ufeff' (code 65279 / 0xfeff)): expected a valid value ${VALUES}`,
      1,
      2,
      0,
    ],
    ["[01]", "Invalid numeric value: Leading zeroes not allowed", 1, 3, 1],
    [
      "[-]",
      "Unexpected character (']' (code 93)) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value",
      1,
      4,
      2,
    ],
    [
      "[1.]",
      "Unexpected character (']' (code 93)) in numeric value: Decimal point not followed by a digit",
      1,
      5,
      3,
    ],
    [
      "[1e+]",
      "Unexpected character (']' (code 93)) in numeric value: Exponent indicator not followed by a digit",
      1,
      6,
      4,
    ],
    ['"abc', "Unexpected end-of-input: was expecting closing quote for a string value", 1, 5, 4],
    ['{"abc', "Unexpected end-of-input in field name", 1, 6, 5],
    ['["\\x"]', "Unrecognized character escape 'x' (code 120)", 1, 5, 3],
    [
      '["\\u12g4"]',
      "Unexpected character ('g' (code 103)): expected a hex-digit for character escape sequence",
      1,
      8,
      6,
    ],
    [
      '["a\nb"]',
      "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value",
      2,
      1,
      3,
    ],
    [
      "1x",
      "Unexpected character ('x' (code 120)): Expected space separating root-level values",
      1,
      3,
      1,
    ],
    ["{} {}", "Trailing token found after value", 1, 6, 5],
    ["{} x", `Unrecognized token 'x': was expecting ${VALUES}`, 1, 5, 3],
    [
      '{"a":[1',
      'Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)"{"a":[1"; line: 1, column: 6])',
      1,
      8,
      7,
    ],
    [
      '{"a":1',
      'Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)"{"a":1"; line: 1, column: 1])',
      1,
      7,
      6,
    ],
  ])("refuses %j", (text, message, line, column, offset) => {
    const parsed = parseJson(text);
    expect(parsed).toMatchObject({ ok: false, message, error: { message, line, column, offset } });
  });

  it("refuses what is nested deeper than 500", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(parseJson(nested(500))).toMatchObject({ ok: true });
    expect(parseJson(nested(501))).toMatchObject({
      ok: false,
      message: "Document nesting depth (501) exceeds the maximum allowed (500)",
    });
    expect(parseJson('{"a":'.repeat(100_000))).toMatchObject({ ok: false });
    // Brackets in strings do not count.
    expect(parseJson(JSON.stringify([`\\"${"[".repeat(2000)}`]))).toMatchObject({ ok: true });
  });

  test.each(['{"__proto__":{"x":1},"constructor":2}', '{"__proto__":{"x":1.0},"constructor":2.0}'])(
    "takes hostile keys for data: %s",
    (text) => {
      const value = parse(text);
      if (!isObject(value)) throw new Error("no object");
      expect(Object.keys(value)).toEqual(["__proto__", "constructor"]);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(stringify(value)).toBe(text);
    },
  );

  it("understands whatever JSON.stringify prints, with either parser", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 1, 2), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), undefined, indent);
        const withReader = parse(`[1.0,${spaced}]`);
        expect(stringify(parse(spaced))).toBe(stringify(JSON.parse(text)));
        expect(stringify(withReader)).toBe(`[1.0,${stringify(JSON.parse(text))}]`);
      }),
    );
  });

  it("refuses exactly what JSON.parse refuses", () => {
    const character = fc.constantFrom(...Array.from('{}[]",:01.e-+tfn \\u\n'));
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 12 }), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(parseJson(text).ok).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("parseSource", () => {
  const source = (text: string) => {
    const parsed = parseSource(text);
    if (!parsed.ok) throw parsed.error;
    return parsed.value;
  };

  it("prints verbatim until the value is taken apart", () => {
    const value = source("[[1, 2, 3], [4, 5, 6]]");
    if (!isArray(value)) throw new Error("no array");
    expect(stringify(value)).toBe("[[1, 2, 3], [4, 5, 6]]");
    expect(stringify([value])).toBe("[[[1, 2, 3], [4, 5, 6]]]");
    expect(stringify({ a: 1, b: value })).toBe('{"a":1,"b":[[1, 2, 3], [4, 5, 6]]}');
    expect(stringify(value[0]!)).toBe("[1,2,3]");
    expect(stringify([...value])).toBe("[[1,2,3],[4,5,6]]");
    expect(stringifyCompact(value)).toBe("[[1,2,3],[4,5,6]]");
    expect(stringifyTracked(value)).toEqual({ text: "[[1, 2, 3], [4, 5, 6]]", exact: false });
  });

  it("lets the results of branches keep their texts", () => {
    const value = source("[1, 2]");
    const joined = joinItems([value, 3]);
    expect(stringify(joined)).toBe("[[1, 2],3]");
    expect(stringify(joined[0]!)).toBe("[1,2]");
    expect(stringify([...joined])).toBe("[[1,2],3]");
    const plain = [[1], 2];
    expect(joinItems(plain)).toBe(plain);
  });

  it("hides what it remembers from copies, keys and comparisons", () => {
    const value = source('{"a": 1}');
    if (!isObject(value)) throw new Error("no object");
    expect(stringify({ ...value })).toBe('{"a":1}');
    expect(Object.keys(value)).toEqual(["a"]);
    expect(Object.hasOwn(value, "toJSON")).toBe(false);
    const seen: string[] = [];
    for (const key in value) seen.push(key);
    expect(seen).toEqual(["a"]);
    expect(value).toEqual({ a: 1 });
  });

  test.each(["{}", '{"a":1.0}', " 5 ", '"x"', "null"])("leaves %j alone", (text) => {
    expect(stringify(source(text))).toBe(text.trim());
  });

  it("keeps a document's own toJSON as data", () => {
    expect(stringify(source('{"toJSON":[1], "x": 2}'))).toBe('{"toJSON":[1], "x": 2}');
  });
});

describe("stringify", () => {
  it("says whether JSON.parse would give the value back", () => {
    expect(stringifyTracked({ a: [1, "1.0"] })).toEqual({ text: '{"a":[1,"1.0"]}', exact: true });
    expect(stringifyTracked([new JsonNumber("1.0")])).toEqual({ text: "[1.0]", exact: false });
    expect(stringifyTracked([1])).toEqual({ text: "[1]", exact: true });
  });

  it("prints values nested deeper than the stack", () => {
    let value: Json = 1;
    for (let depth = 0; depth < 100_000; depth += 1) value = [value];
    expect(stringify(value)).toBe("[".repeat(100_000) + "1" + "]".repeat(100_000));
  });
});

describe("sourceLocation", () => {
  it("quotes the text like AWS", () => {
    const place = { line: 1, column: 4 };
    expect(sourceLocation("not a definition", place)).toBe(
      '[Source: (String)"not a definition"; line: 1, column: 4]',
    );
    expect(sourceLocation("x".repeat(501), place)).toContain('xxx"[truncated 1 chars]; line: 1');
  });
});
