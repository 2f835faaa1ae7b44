/** Hostile expressions: each fails alone, in time, and harms nobody. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, describe, expect, it } from "vitest";
import { compileJsonata } from "../data/jsonata/compile.ts";
import { createEvaluator } from "./evaluator.ts";

const TIME = "Expression evaluation timeout: Check for infinite loop";
const MEMORY = "Expression evaluation memory limit exceeded: Check for excessive memory usage";
const STACK = "Stack overflow error";
/** Stopped, by whichever bound is reached first. */
const STOPPED = new RegExp(`${TIME}|${MEMORY}|${STACK}`, "u");
const STOPPED_OR_LARGE = new RegExp(`${STOPPED.source}|exceeding the maximum`, "u");
const HARMLESS = "harmless";

/** The expression, and what its cause contains: a text, a pattern, a bound, or nothing bad happens. */
const ATTACKS: readonly (readonly [string, string | RegExp])[] = [
  // Loops and recursion.
  ["($f := function($x) { $f($x + 1) }; $f(1))", TIME],
  ["($f := function($x) { 1 + $f($x + 1) }; $f(1))", STACK],
  ["($f := function() { $f() }; $f())", TIME],
  ["($f := function($g) { $g($g) }; $f($f))", TIME],
  ["($a := function() { $b() }; $b := function() { $a() }; $a())", TIME],
  ["($f := function($n) { $n = 0 ? 0 : $f($n - 1) + $f($n - 1) }; $f(40))", STOPPED],
  ["($y := function($f) { function($x) { $f($f)($x) } }; $y($y)(1))", STOPPED],
  // Sequences.
  ["[1..9999].[1..9999]", STOPPED],
  ["$count([1..9999].([1..9999].([1..9999])))", STOPPED],
  ["[1..10000000]", MEMORY],
  ["[1..99999999]", MEMORY],
  ["$range(1, 1e12, 1)", MEMORY],
  ["($f := function($a) { $f($append($a, $a)) }; $f([1, 2]))", STOPPED],
  ["($x := [1..900000]; $map([1..100], function($i) { $x }))", STOPPED_OR_LARGE],
  ["$reduce([1..40], function($a, $i) { $append($a, $a) }, [1])", STOPPED],
  ["$zip([1..1000000], [1..1000000], [1..1000000])", STOPPED_OR_LARGE],
  ["$sort([1..200000], function($l, $r) { $l < $r })", STOPPED],
  // Texts.
  ["$pad('x', 1000000)", "exceeding the maximum"],
  ["$pad('x', 1e8)", MEMORY],
  ["$pad('x', -5e8)", MEMORY],
  ["$length($pad('x', 1e8))", MEMORY],
  ["$base64encode($pad('x', 1e7))", MEMORY],
  ["$reduce([1..25], function($s, $i) { $s & $s }, 'x')", STOPPED_OR_LARGE],
  ["$reduce([1..30], function($s, $i) { $s & $s }, 'xxxxxxxx')", STOPPED],
  ["$uppercase($reduce([1..28], function($s, $i) { $s & $s }, 'ab'))", STOPPED_OR_LARGE],
  ["$reduce([1..20], function($s, $i) { $replace($s, 'a', 'aaaa') }, 'a')", STOPPED_OR_LARGE],
  ["$split($pad('x', 4000000, 'ab'), '')", STOPPED_OR_LARGE],
  ["$join($map([1..100000], function($i) { $pad('x', 10000) }))", STOPPED],
  ["$merge($map([1..200000], function($i) { { $string($i): $i } }))", STOPPED_OR_LARGE],
  [
    "$reduce([1..25], function($o, $i) { { 'a': $o, 'b': $o } }, { 'x': 1 })",
    "exceeding the maximum",
  ],
  ["$reduce([1..1000], function($o, $i) { { 'a': $o } }, { 'x': 1 })", "exceeding the maximum"],
  // Regular expressions.
  [`$contains('${"a".repeat(60)}b', /^(a+)+$/)`, HARMLESS],
  [`$match('${"a".repeat(60)}!', /^([a-z]+)*$/)`, "nothing"],
  [`$replace('${"a".repeat(60)}', /(a|a)*b/, 'x')`, HARMLESS],
  [`$contains('${"a".repeat(60)}b', /^(?=(a+)+$)/)`, STOPPED],
  [`$split('${"x".repeat(60)}', /(x+x+)+y/)`, HARMLESS],
  ["$match('aaa', /a*?/)", "D1004"],
  // Ways out.
  ["$eval('1 + 1')", "T1006"],
  ["$eval('$eval(\"1\")')", "T1006"],
  ["$states.constructor", "nothing"],
  ["$states.__proto__.polluted", "nothing"],
  ["$lookup($states, 'constructor')", "nothing"],
  ["$string.constructor('return process')()", /T1006|nothing/u],
  ["($sum).implementation", "nothing"],
  ["$merge([$string, $sum]).*", "T0412"],
  ["$spread(function($x) { $x })", /unsupported result type|nothing/u],
  ["$lookup(function($x) { $x }, 'environment')", "nothing"],
  ["$keys($string)", "nothing"],
  ["($__evaluate_entry := function() { $error('x') }; 1 + 1)", HARMLESS],
  ["($clone := function($x) { $x }; $states.input ~> |$|{'polluted': true}|)", HARMLESS],
  ["$merge([{'__proto__': {'polluted': 1}}]).polluted", "nothing"],
  ["{'__proto__': {'polluted': 1}}.polluted", "nothing"],
  ["{'_jsonata_lambda': true}", "D1013"],
  ["$states ~> |$|{'__proto__': {'polluted': true}}|", HARMLESS],
  // Formats.
  ["$formatInteger(1e300, 'w')", HARMLESS],
  ["$formatInteger(999999999, 'I')", STOPPED_OR_LARGE],
  ["$formatNumber(1, $pad('', 100000, '#'))", HARMLESS],
  [`$toMillis('${"1".repeat(5000)}', '[Y]')`, HARMLESS],
  ["$formatBase(1e308, 2)", HARMLESS],
  ["$fromMillis(1e300)", HARMLESS],
];

const evaluator = createEvaluator({ processes: 1 });
const states = { input: { a: 1 }, context: {} };

afterAll(() => evaluator.close());

async function evaluate(text: string): Promise<string> {
  const expressions = [{ text, field: "Output" }];
  const [result] = await evaluator.evaluate({ expressions, states, variables: {} });
  return result!.ok ? HARMLESS : result!.cause;
}

describe("an attack", () => {
  it.each(ATTACKS)("%s fails alone", { timeout: 20_000 }, async (text, wanted) => {
    await evaluate("1");
    const delay = monitorEventLoopDelay({ resolution: 10 });
    const started = performance.now();
    delay.enable();
    const cause = await evaluate(text);
    delay.disable();
    expect(cause).toMatch(wanted);
    expect(performance.now() - started, "milliseconds").toBeLessThan(3000);
    expect(delay.max / 1e6, "milliseconds without a turn of the event loop").toBeLessThan(1000);
    expect(await evaluate("$states.input.a & ($exists($states.input.polluted) ? '!' : '')")).toBe(
      HARMLESS,
    );
    expect(Object.hasOwn(states.input, "polluted")).toBe(false);
    expect("polluted" in {}).toBe(false);
  });
});

describe("an attack on the parser", () => {
  it.each([
    ["copies", `${"(".repeat(40)}a${" ?? b)".repeat(40)}`],
    ["copies in lists", `${"[".repeat(40)}1${" ?: 2]".repeat(40)}`],
    ["copies in arguments", `${"$string(".repeat(40)}1${") ?? 2".repeat(40)}`],
    ["hidden copies", `/"/ & ${"(".repeat(40)}$a${" ?? 1)".repeat(40)} & /"/`],
    ["parentheses", `${"(".repeat(16_000)}1${")".repeat(16_000)}`],
    ["lists", `${"[".repeat(16_000)}${"]".repeat(16_000)}`],
    ["signs", `${"-".repeat(32_000)}1`],
    ["terms", `1${"+1".repeat(16_000)}`],
    ["conditions", `${"1?".repeat(10_000)}1`],
    ["comments", `${"/**/".repeat(8000)}1`],
    ["parents", `$a${".b[%.%.c]".repeat(2000)}`],
    ["a long text", `'${"x".repeat(40_000)}'`],
  ])("by %s is refused or parsed in time", (_name, text) => {
    const started = performance.now();
    compileJsonata(text);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
