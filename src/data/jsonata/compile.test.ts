import { describe, expect, it } from "vitest";
import type { Json } from "../../json/json.ts";
import { JsonNumber } from "../../json/number.ts";
import { parseSource } from "../../json/parse.ts";
import { stringify } from "../../json/stringify.ts";
import type { Evaluated, Scope } from "../evaluation.ts";
import { compileJsonata, type JsonataExpression } from "./compile.ts";

function compiled(text: string): JsonataExpression {
  const expression = compileJsonata(text);
  if ("problem" in expression) throw new Error(expression.problem);
  return expression;
}

function problems(text: string): string[] {
  const expression = compileJsonata(text);
  if (!("problem" in expression)) return [];
  return expression.problems.map(({ code, problem }) => `${code}: ${problem}`);
}

function scopeOf(input: Json, variables: Record<string, Json> = {}): Scope {
  return {
    input,
    states: { input },
    context: () => ({ State: { Name: "S" } }),
    variable: (name) => variables[name],
    random: () => 0.25,
    uuid: () => "an id",
    hash: (algorithm, text) => `${algorithm} of ${text}`,
  };
}

function evaluate(
  text: string,
  input: Json = {},
  variables?: Record<string, Json>,
): Evaluated | undefined {
  return compiled(text).evaluateNow(scopeOf(input, variables), "Output");
}

describe("an expression that cannot be used", () => {
  it.each([
    ["a[1,2)", 'Expected "]", got ","'],
    ['"unterminated', "String literal must be terminated by a matching quote"],
    ["1 +", "Unexpected end of expression"],
    ["", "Unexpected end of expression"],
    ['{"a":}', 'The symbol "}" cannot be used as a unary operator'],
    ["$x :=", "Unexpected end of expression"],
    ['$match("a", /abc', "No terminating / in regular expression"],
    ["(".repeat(30_000), "The expression is nested too deeply"],
    [`'${"x".repeat(33_000)}'`, "The expression has 33002 characters, at most 32768 are allowed"],
    [`[${"1,".repeat(10_000)}1]`, "The expression has more than 10000 parts"],
    [`${"(".repeat(30)}1${"??2)".repeat(30)}`, "The expression has more than 10000 parts"],
  ])("is refused with AWS's words: %s", (text, problem) => {
    expect(problems(text)).toEqual([`INVALID_JSONATA_EXPRESSION: ${problem}`]);
  });

  it.each([
    ["phone", ["phone"]],
    ["phone[0]", ["phone"]],
    ["aaa + bbb + aaa", ["aaa", "bbb"]],
    ["$", ["$"]],
    ["$.phone", ["$"]],
    ["$$", ["$$"]],
    ["$states.input[$$.x = 1]", ["$$"]],
    ["$map($states.input, function($v) { phone })", ["phone"]],
    ["$states.input.phone", []],
    ["$states.input.items[phone > 3].{'a': phone, 'b': $}", []],
    ["$map($states.input.a, function($x) { $x.phone })", []],
    ["$phone.home", []],
    ["$states.input.items^(price){kind: $sum(price)}", []],
    ["$states.input ~> |items|{'a': b}, 'c'|", []],
  ])("reads a context that is not there: %s", (text, names) => {
    const wanted = names.map(
      (name) =>
        `UNSUPPORTED_JSONATA_EXPRESSION: Reference to '${name}' at the top level is not supported.`,
    );
    expect(problems(text)).toEqual(wanted);
  });

  it("may have many alternatives", () => {
    const text = `$a${" ?? $a.b".repeat(300)}`;
    expect(problems(text)).toEqual([]);
    expect(problems(`$x := [${Array.from({ length: 90 }, () => "($a ?? 1)").join(",")}]`)).toEqual(
      [],
    );
  });
});

describe("what an expression reads", () => {
  it.each([
    ["$a + $b.c[$d]", ["a", "b", "d"]],
    ["$a + $a", ["a"]],
    ["$states.input", []],
    ["$sum($list) + $now()", ["list"]],
    ["$missing()", ["missing"]],
    ["$x := 1", []],
    ["($x := $y; $x)", ["y"]],
    ["($x; $x := 1)", ["x"]],
    ["($x := $x)", ["x"]],
    ["(($x := 1); $x)", ["x"]],
    ["($a ? ($x := 1) : 2; $x)", ["a", "x"]],
    ["$map($l, function($v, $i) { $v + $i + $w })", ["l", "w"]],
    ["function($n) { $n }", []],
    ["($f := function($n) { $n < 2 ? 1 : $f($n - 1) }; $f(3))", []],
    ["($a := function() { $b() }; $b := function() { $c }; $a())", ["c"]],
    ["$o@$v.($v + $w)", ["o", "w"]],
    ["$o#$i[$i > $n]", ["n", "o"]],
    ["$o.items[sku = $k]^(>p).{'a': $b}", ["b", "k", "o"]],
    ["$o ~> |$p|{'a': $q}, $r|", ["o", "p", "q", "r"]],
    ["$substring(?, $n)", ["n"]],
    ["$o{k: $v}", ["o", "v"]],
    ["'$quoted' & $o.`$name`", ["o"]],
  ])("are the variables of the state machine: %s", (text, variables) => {
    expect(compiled(text).variables).toEqual(variables);
  });

  it.each([
    ["$states.input.a + $states.result.b", ["input", "result"], false],
    ["$states.errorOutput.Cause", ["errorOutput"], false],
    ["$states.context.Execution.Id", ["context"], false],
    ["$states", [], true],
    ["$states.*", [], true],
    ["$keys($states)", [], true],
    ["$states[0].input", [], true],
    ["$lookup($states, 'result')", [], true],
    ["($states := 1; $states)", [], false],
  ])("are members of $states: %s", (text, members, whole) => {
    const expression = compiled(text);
    expect([...expression.readsStates]).toEqual(members);
    expect(expression.readsWholeStates).toBe(whole);
  });
});

describe("evaluateNow", () => {
  it("trims the expression and names it in failures", () => {
    expect(compiled("  $nothing \n").evaluateNow(scopeOf({}), "Output/x")).toEqual({
      ok: false,
      error: "States.QueryEvaluationError",
      field: "Output/x",
      cause:
        "The JSONata expression '$nothing' specified for the field 'Output/x' returned nothing (undefined).",
    });
  });

  it("hands values on as they are", () => {
    const input = { a: { b: [1, { c: null }] } };
    const result = evaluate("$states.input.a", input);
    expect(result).toEqual({ ok: true, value: { b: [1, { c: null }] } });
    expect(result?.ok === true && result.value).toBe(input.a);
  });

  it("makes plain numbers of literals and forgets how the input was written", () => {
    const parsed = parseSource('{ "a": 1.0, "b": [1e2, "x"], "c": 3 }');
    const result = evaluate("$states.input", parsed.ok ? parsed.value : null);
    expect(result?.ok === true && stringify(result.value)).toBe('{"a":1,"b":[100,"x"],"c":3}');
    expect(evaluate("$v + 1", {}, { v: new JsonNumber("2.50") })).toEqual({ ok: true, value: 3.5 });
  });

  it.each([
    ["$random()", 0.25],
    ["$random(42)", 0.7275636800328681],
    ["$uuid()", "an id"],
    ["$hash('x', 'MD5')", "MD5 of x"],
    ["$partition([0], 2)", [[0]]],
    ["$partition([0, 1, 2, 3], 3)", [[0, 1, 2], [3]]],
    ["$partition([1, 2, 3], 2.9)", [[1, 2], [3]]],
    ["$range(0, 6, 2)", [0, 2, 4, 6]],
    ["$range(5, 1, -2)", [5, 3, 1]],
    ["$range(1, 1, 1)", 1],
    ["$parse('[1, {}]')", [1, {}]],
    ["1 / 0", "Infinity"],
    ["{'a': [-1 / 0]}", { a: ["-Infinity"] }],
  ])("knows AWS's functions and numbers: %s", (text, value) => {
    expect(evaluate(text)).toEqual({ ok: true, value });
  });

  it.each([
    "$now()",
    "$nope()",
    "1 + 'a'",
    "$map([1], function($v) { $v })",
    "$replace('a', /a/, 'b')",
    "$hash('x', 'MD6')",
    "$parse('{')",
    "[1..20000]",
    "$f := function() { 1 }",
  ])("leaves to the guarded evaluator: %s", (text) => {
    expect(evaluate(text)).toBeUndefined();
  });

  it("does not work longer than a few milliseconds", () => {
    const items = Array.from({ length: 20_000 }, (_, n) => ({ n }));
    const started = performance.now();
    expect(evaluate("$states.input[$count($states.input[n > 5]) > 3]", items)).toBeUndefined();
    expect(evaluate("$states.input.($states.input.n)", items)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("leaves functions to variables of the same name", () => {
    expect(evaluate("$sum([1, 2])", {}, { sum: 3 })).toBeUndefined();
    expect(evaluate("($sum := 3; $sum + 1)")).toEqual({ ok: true, value: 4 });
  });

  it("takes keys for data, whatever they are called", () => {
    const input = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "length": 3}') as Json;
    expect(evaluate("$states.input.__proto__.x", input)).toEqual({ ok: true, value: 1 });
    expect(evaluate("$states.input.constructor", input)).toEqual({ ok: true, value: 2 });
    expect(evaluate("$exists($states.input.toString)", input)).toEqual({ ok: true, value: false });
    expect(evaluate("$states.input", { a: { _jsonata_lambda: true } })).toBeUndefined();
  });
});
