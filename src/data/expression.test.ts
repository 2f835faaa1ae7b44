import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Json } from "../json/json.ts";
import { JsonNumber } from "../json/number.ts";
import type { HashAlgorithm, Scope } from "./evaluation.ts";
import { compileExpression, type Expression } from "./expression.ts";

function hash(algorithm: HashAlgorithm, text: string): string {
  return createHash(algorithm.replace("-", "")).update(text, "utf8").digest("hex");
}

function scopeOf(input: Json, variables: Record<string, Json> = {}): Scope {
  return {
    input,
    context: () => ({ Execution: { Input: { a: 1 }, Name: "run" } }),
    variable: (name) => variables[name],
    random: () => 0.5,
    uuid: () => "b3b9e8f4-0000-4000-8000-000000000000",
    hash,
  };
}

function expression(text: string): Expression {
  const compiled = compileExpression(text);
  if ("problem" in compiled) throw new Error(compiled.problem);
  return compiled;
}

const evaluate = (text: string, input: Json = {}) =>
  expression(text).evaluate(scopeOf(input), "value.$");

describe("paths", () => {
  it("gives values and AWS's failure", () => {
    expect(evaluate("$.a", { a: null })).toEqual({ ok: true, value: null });
    expect(evaluate("$.a[3]", { a: [1] })).toEqual({ ok: true, value: null });
    expect(evaluate("$$.Execution.Name")).toEqual({ ok: true, value: "run" });
    expect(evaluate("$.no", { a: 1 })).toEqual({
      ok: false,
      error: "States.Runtime",
      cause:
        "The JSONPath '$.no' specified for the field 'value.$' could not be found in the input '{\"a\":1}'",
    });
    expect(evaluate("$$.Execution.Input.no_such_jsonpath")).toEqual({
      ok: false,
      error: "States.Runtime",
      cause:
        "The JSONPath '$$.Execution.Input.no_such_jsonpath' specified for the field 'value.$' could not be found in the input " +
        '\'{"Execution":{"Input":{"a":1},"Name":"run"}}\'',
    });
  });

  it("names the variables it reads", () => {
    expect(expression("$a.b").variables).toEqual(["a"]);
    expect(expression("$.a").variables).toEqual([]);
    expect(
      expression("States.Format('{}{}{}', $a, States.Array($b.c, $a), $.d)").variables,
    ).toEqual(["a", "b"]);
  });
});

describe("intrinsic functions", () => {
  const input: Json = {
    text: "hello",
    list: [1, 2, 3, 4, 5],
    empty: [],
    none: null,
    float: new JsonNumber("1.0"),
    object: { a: 1, b: [2] },
    long: "a".repeat(10_000),
    longer: "a".repeat(10_001),
  };
  test.each<[string, Json]>([
    ["States.Array()", []],
    [
      "States.Array(1, 'two', null, true, $.list[0], States.Array())",
      [1, "two", null, true, 1, []],
    ],
    ["States.Array($.items[?(@.a == 'x,)')], 1)", [[], 1]],
    ["States.Array($['a,b)'], $.list[0,1])", ["comma", [1, 2]]],
    [" States.Array( 1.0 , -2.5e1 ) ", [new JsonNumber("1.0"), new JsonNumber("-2.5e1")]],
    ["States.ArrayPartition($.list, 2)", [[1, 2], [3, 4], [5]]],
    ["States.ArrayPartition($.list, 2.6)", [[1, 2], [3, 4], [5]]],
    ["States.ArrayPartition($.empty, 3)", []],
    ["States.ArrayContains($.list, 5)", true],
    ["States.ArrayContains($.list, 6)", false],
    ["States.ArrayContains($.empty, null)", false],
    ["States.ArrayContains(States.Array($.object, 1), $.object)", true],
    ["States.ArrayContains(States.Array('true'), true)", true],
    ["States.ArrayContains(States.Array(0), false)", false],
    ["States.ArrayContains(States.Array(1, null), null)", true],
    ["States.ArrayRange(0, 9, 3)", [0, 3, 6, 9]],
    ["States.ArrayRange(0, 10, 3)", [0, 3, 6, 9]],
    ["States.ArrayRange(1, 9, 9)", [1]],
    ["States.ArrayRange(5, 1, -2)", [5, 3, 1]],
    ["States.ArrayRange(5.4, -0.6, -2.4)", [5, 3, 1]],
    ["States.ArrayRange(1.6, 1.4, 1)", [1]],
    ["States.ArrayRange(5, 1, 1)", []],
    ["States.ArrayRange(3, 3, -1)", [3]],
    ["States.ArrayGetItem($.list, 2)", 3],
    ["States.ArrayGetItem($.list, 1.2)", 2],
    ["States.ArrayGetItem($.empty, 999)", null],
    ["States.ArrayLength($.list)", 5],
    ["States.ArrayUnique(States.Array(1, 2, 3, 3, 3, 4))", [1, 2, 3, 4]],
    ["States.ArrayUnique(States.Array('a', 'b', 'a'))", ["a", "b"]],
    ["States.ArrayUnique(States.Array(true, false, true))", [false, true]],
    ["States.ArrayUnique(States.Array(null, null, 1, null))", [null, 1]],
    [
      "States.ArrayUnique(States.Array(States.Array(1,2), States.Array(1,2), States.Array(2,1)))",
      [
        [2, 1],
        [1, 2],
      ],
    ],
    ["States.ArrayUnique(States.Array(1, '1', 1, '01'))", [1, "1", "01"]],
    ["States.ArrayUnique(States.Array(1, 1.0, 1.00))", [new JsonNumber("1.0"), 1]],
    ["States.Base64Encode('hello')", "aGVsbG8="],
    ["States.Base64Encode('')", ""],
    ["States.Base64Encode('🚀')", "8J+agA=="],
    ["States.Base64Decode('8J+agA==')", "🚀"],
    ["States.Base64Decode('44GT44KT44Gr44Gh44Gv')", "こんにちは"],
    ["States.Base64Decode('abc')", "i\ufffd"],
    ["States.Base64Decode(' YWJjZA== ')", "abcd"],
    ["States.Base64Decode('ab==cd')", "i"],
    ["States.Base64Decode('_-8')", "\ufffd\ufffd"],
    ["States.Hash('hello', 'MD5')", "5d41402abc4b2a76b9719d911017c592"],
    ["States.Hash('hello', 'SHA-1')", "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"],
    ["States.Hash($.object, 'MD5')", hash("MD5", '{"a":1,"b":[2]}')],
    ["States.Hash(123, 'SHA-256')", hash("SHA-256", "123")],
    [
      'States.JsonMerge($.object, States.StringToJson(\'{"b":3,"c":4}\'), false)',
      { a: 1, b: 3, c: 4 },
    ],
    ["States.JsonMerge($.object, $.object, 'false')", { a: 1, b: [2] }],
    ["States.JsonToString($.object)", '{"a":1,"b":[2]}'],
    ["States.JsonToString($.float)", "1.0"],
    ["States.JsonToString('x')", '"x"'],
    ["States.StringToJson('[1.0,\"x\"]')", [new JsonNumber("1.0"), "x"]],
    ["States.StringToJson('')", null],
    ["States.MathAdd(5, -3)", 2],
    ["States.MathAdd(1.6, 2.7)", 5],
    ["States.MathAdd(0.1, 0.2)", 0],
    ["States.MathAdd(2147483646, 1)", 2147483647],
    ["States.MathAdd(-2147483647, -1)", -2147483648],
    ["States.MathRandom(1, 999)", 500],
    ["States.MathRandom(1.6, 5.4)", 3],
    ["States.MathRandom(-10, -9)", -10],
    // java.util.Random with seed 42 begins with 0.7275636800328681.
    ["States.MathRandom(0, 1000000, 42)", 727563],
    ["States.MathRandom(0, 1000000, 42.9)", 727563],
    ["States.StringSplit('1+2,3.4', '.+,')", ["1", "2", "3", "4"]],
    ["States.StringSplit(',,a,,b,', ',')", ["a", "b"]],
    ["States.StringSplit('', ',')", []],
    ["States.StringSplit('abc', '')", ["abc"]],
    ["States.StringSplit('a😀b😁', '😀')", ["a", "b😁"]],
    ["States.UUID()", "b3b9e8f4-0000-4000-8000-000000000000"],
    ["States.Format('no holes')", "no holes"],
    ["States.Format('Hello {}, {}!', $.text, 2)", "Hello hello, 2!"],
    [
      "States.Format('{}|{}|{}|{}', $.none, true, $.float, $.object)",
      'null|true|1.0|{"a":1,"b":[2]}',
    ],
    ["States.Format('\\'{}\\' \\{\\} \\\\{}', 1, 2)", "'1' {} \\2"],
    ["States.Format($.template, 1)", "{} 1"],
    ["States.Base64Encode('it\\'s \\{\\}\\\\')", "aXQncyB7fVw="],
    ["States.ArrayGetItem(States.StringSplit('a-b', '-'), 0)", "a"],
    ["States.Hash($.long, 'MD5')", hash("MD5", "a".repeat(10_000))],
  ])("%s", (text, expected) => {
    const scope = { ...(input as object), "a,b)": "comma", items: [], template: "\\{\\} {}" };
    expect(evaluate(text, scope)).toEqual({ ok: true, value: expected });
  });

  test.each([
    "States.ArrayPartition($.list, 0)",
    "States.ArrayPartition($.list, 0.6)",
    "States.ArrayPartition($.list, -1)",
    "States.ArrayPartition($.list, '2')",
    "States.ArrayPartition('x', 2)",
    "States.ArrayPartition($.list)",
    "States.ArrayPartition($.list, 2, 3)",
    "States.ArrayContains('x', 1)",
    "States.ArrayRange(1, 10, 0)",
    "States.ArrayRange(1, 10, 0.49)",
    "States.ArrayRange(1, 1001, 1)",
    "States.ArrayRange(-2147483648, 2147483647, 1)",
    "States.ArrayRange('a', 5, 1)",
    "States.ArrayRange(1, 5)",
    "States.ArrayGetItem($.list, 5)",
    "States.ArrayGetItem($.list, -1)",
    "States.ArrayGetItem($.list, '1')",
    "States.ArrayGetItem($.list, 18446744073709551616)",
    "States.ArrayLength($.text)",
    "States.ArrayUnique($.object)",
    "States.Base64Encode(123)",
    "States.Base64Encode($.longer)",
    "States.Base64Decode($.longer)",
    "States.Base64Decode()",
    "States.Hash('x', 'sha-256')",
    "States.Hash('x', 'SHA256')",
    "States.Hash('x', 1)",
    "States.Hash($.longer, 'MD5')",
    "States.JsonMerge($.object, $.object, true)",
    "States.JsonMerge($.none, $.object, false)",
    "States.JsonMerge($.object, $.list, false)",
    "States.JsonMerge($.object, $.object)",
    "States.JsonToString()",
    "States.StringToJson('{bad}')",
    "States.StringToJson(1)",
    "States.MathAdd('1', 1)",
    "States.MathAdd(true, 1)",
    "States.MathAdd(2147483647, 1)",
    "States.MathAdd(3000000000, 1)",
    "States.MathAdd(1e309, 1)",
    "States.MathRandom(1, 1)",
    "States.MathRandom(1.4, 1.6)",
    "States.MathRandom(10, 5)",
    "States.MathRandom(1, 10, 'seed')",
    "States.MathRandom(1, 10, null)",
    "States.StringSplit(1, ',')",
    "States.StringSplit('a', $.none)",
    "States.UUID(1)",
    "States.Format()",
  ])("%s fails", (text) => {
    const name = /^[\w.]+/u.exec(text)![0];
    expect(evaluate(text, input)).toEqual({
      ok: false,
      error: "States.Runtime",
      cause: `The function '${text}' had the following error: Invalid arguments in ${name}`,
    });
  });

  test.each([
    [
      "States.Format('{} {}', 1)",
      "Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.",
    ],
    [
      "States.Format('{}', 1, 2)",
      "Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.",
    ],
    [
      "States.Format('Hello {', 1)",
      "Invalid template in States.Format: matching '}' not found for '{'.",
    ],
    [
      "States.Format('{{}}', 1)",
      "Invalid template in States.Format: matching '}' not found for '{'.",
    ],
    [
      "States.Format('{}', $.nope)",
      "The JsonPath argument for the field '$.nope' could not be found in the input '{\"other\":1}'",
    ],
    [
      "States.Format('{}', $.other[5])",
      "The JsonPath argument for the field '$.other[5]' could not be found in the input '{\"other\":1}'",
    ],
    [
      "States.Format('{}', States.Format('{}', $.nope))",
      "The JsonPath argument for the field '$.nope' could not be found in the input '{\"other\":1}'",
    ],
  ])("%s fails in AWS's words", (text, reason) => {
    expect(evaluate(text, { other: 1 })).toEqual({
      ok: false,
      error: "States.Runtime",
      cause: `The function '${text}' had the following error: ${reason}`,
    });
  });

  it("merges hostile keys as data", () => {
    const hostile: Json = JSON.parse('{"a":{"__proto__":{"x":1}},"b":{"y":2}}');
    const merged = evaluate("States.JsonToString(States.JsonMerge($.b, $.a, false))", hostile);
    expect(merged).toEqual({ ok: true, value: '{"y":2,"__proto__":{"x":1}}' });
    expect("x" in {}).toBe(false);
  });

  it("decodes what it encodes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const encoded = Buffer.from(text, "utf8").toString("base64");
        expect(evaluate("States.Base64Encode($)", text)).toEqual({ ok: true, value: encoded });
        const decoded = Buffer.from(encoded, "base64").toString("utf8");
        expect(evaluate("States.Base64Decode($)", encoded)).toEqual({ ok: true, value: decoded });
      }),
    );
  });

  it("decodes bytes that are no text like everybody else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const encoded = Buffer.from(bytes).toString("base64");
        const decoded = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
        expect(evaluate("States.Base64Decode($)", encoded)).toEqual({ ok: true, value: decoded });
      }),
      { numRuns: 2000 },
    );
  });
});

describe("problems", () => {
  test.each([
    "",
    "a",
    "'text'",
    "States.Nope()",
    "States.format('x')",
    "States.Format",
    "States.Format(",
    "States.Format('x'",
    "States.Format('x) ",
    "States.Format('x',)",
    "States.Format(,)",
    "States.Format('x') y",
    'States.Format("x")',
    "States.Format('a\\nb')",
    'States.StringToJson(\'{"text":"An \\"escaped\\" here"}\')',
    "States.Array(undefined)",
    "States.Array($.a[)",
    "States.Array($..)",
    "States.Array(01)",
    "States.Array(1 2)",
    `${"States.Array(".repeat(11)}${")".repeat(11)}`,
  ])("%j", (text) => {
    expect(compileExpression(text)).toMatchObject({ problem: expect.any(String) });
  });

  it("allows ten nested calls", () => {
    expect(evaluate(`${"States.Array(".repeat(10)}${")".repeat(10)}`)).toMatchObject({ ok: true });
  });

  it("never throws", () => {
    const piece = fc.constantFrom(
      "States.Array",
      "States.Format",
      "States.MathAdd",
      "(",
      ")",
      ",",
      "'",
      "\\",
      "{}",
      "$.a",
      "$",
      "1",
      "-",
      "null",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const compiled = compileExpression(pieces.join(""));
        if ("problem" in compiled) return;
        const result = compiled.evaluate(scopeOf({ a: 1 }), "x");
        expect(result.ok || result.error === "States.Runtime").toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
