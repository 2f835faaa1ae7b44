import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Evaluated } from "../data/evaluation.ts";
import type { Json } from "../json/json.ts";
import { JsonNumber } from "../json/number.ts";
import { createEvaluator } from "./evaluator.ts";
import { EvaluatorProcess } from "./evaluator-process.ts";
import { launch, launchConfined } from "./launch.ts";
import { Offenders } from "./offenders.ts";
import { ProcessPool } from "./process-pool.ts";

const warnings: object[] = [];
const evaluator = createEvaluator({
  processes: 2,
  logger: { warn: (facts) => warnings.push(facts) },
});
const ENDLESS = "($f := function() { $f() }; $f())";
const STUCK = `$contains('${"a".repeat(60)}b', /^(?=(a+)+$)/)`;

afterAll(() => evaluator.close());

interface Data {
  readonly input?: Json;
  readonly result?: Json;
  readonly variables?: Record<string, Json>;
}

async function evaluate(texts: readonly string[], data: Data = {}): Promise<readonly Evaluated[]> {
  const { input = {}, result } = data;
  return evaluator.evaluate({
    expressions: texts.map((text, index) => ({ text, field: `Output[${index}]` })),
    states: {
      input,
      context: { State: { Name: "S" } },
      ...(result === undefined ? {} : { result }),
    },
    variables: data.variables ?? {},
  });
}

async function value(text: string, data?: Data): Promise<Json | string> {
  const [result] = await evaluate([text], data);
  return result!.ok ? result!.value : `${result!.error}: ${result!.cause}`;
}

const failed = (text: string, what: string): string =>
  `States.QueryEvaluationError: The JSONata expression '${text}' specified for the field 'Output[0]' ${what}`;

describe("the evaluator", () => {
  it.each<[string, Json]>([
    ["$map([1, 2], function($v) { $v * 2 })", [2, 4]],
    ["$states.input.items^(>n).n", [3, 2, 1]],
    ["$states.input.items{k: n}", { a: [3, 1], b: 2 }],
    ["$states.input.items#$i[$i = 1].n", 1],
    ["$reduce($states.input.items.n, function($a, $b) { $a + $b })", 6],
    ["$states.context.State.Name ~> $replace(/S/, 'T')", "T"],
    ["$states.input.**.n", [3, 1, 2]],
    [
      "$states.input.items.[k, n]",
      [
        ["a", 3],
        ["a", 1],
        ["b", 2],
      ],
    ],
    ["$limit + 1", 8],
    ["$exists($states.result)", false],
    ["$exists($other)", false],
    ["$keys($states)", ["input", "context"]],
    ["$random(42)", 0.7275636800328681],
    ["$hash('input', 'SHA-1')", "140f86aae51ab9e1cda9b4254fe98a74eb54c1a1"],
    ["$range(0, 6, 2)", [0, 2, 4, 6]],
    ["$range(1, 1, 1)", 1],
    ["$range(-1.7, 2, 1)", [-1, 0, 1, 2]],
    ["$range(5, 1, -2)", [5, 3, 1]],
    ["$partition([1, 2, 3, 4, 5], 2.9)", [[1, 2], [3, 4], [5]]],
    ["$partition([0], 5)", [[0]]],
    ["$parse('{\"a\": [1, null]}')", { a: [1, null] }],
    ["$pad('x', -5, '#-')", "#-#-x"],
    ["$pad('x', 3) & '|'", "x  |"],
    ["[1 / 0, -1 / 0]", ["Infinity", "-Infinity"]],
    ["{ 'a': 1, 'f': null }", { a: 1, f: null }],
  ])("gives what JSONata and AWS's functions give: %s", async (text, expected) => {
    const items = [
      { k: "a", n: 3 },
      { k: "a", n: 1 },
      { k: "b", n: 2 },
    ];
    expect(await value(text, { input: { items }, variables: { limit: 7 } })).toEqual(expected);
  });

  it.each([
    ["$missing", "returned nothing (undefined)."],
    ["$range(1, 5)", "returned nothing (undefined)."],
    ["$range(1, 5, -1)", "returned nothing (undefined)."],
    ["$partition([], 1)", "returned nothing (undefined)."],
    ["$partition([1], 0)", "returned nothing (undefined)."],
    ["$hash('x')", "returned nothing (undefined)."],
    ["$fn := function($x){$x}", "returned an unsupported result type."],
    ["/a/", "returned an unsupported result type."],
    ["[$sum]", "returned an unsupported result type."],
    [
      "$randomSeeded(1)",
      "threw an error during evaluation. T1006: Attempted to invoke a non-function",
    ],
    [
      "$sum(['a'])",
      'threw an error during evaluation. T0412: Argument 1 of function "sum" must be an array of "numbers"',
    ],
    ["$error('my words')", "threw an error during evaluation. D3137: my words"],
    [
      "($f := function($n) { 1 + $f($n) }; $f(1))",
      "threw an error during evaluation: Stack overflow error: Check for non-terminating recursive " +
        "function.  Consider rewriting as tail-recursive. Depth=501 max=500",
    ],
    [
      ENDLESS,
      "threw an error during evaluation: Expression evaluation timeout: Check for infinite loop",
    ],
    [
      "[1..2000000]",
      "threw an error during evaluation: Expression evaluation memory limit exceeded: Check for " +
        "excessive memory usage",
    ],
  ])("fails in AWS's words: %s", async (text, what) => {
    expect(await value(text)).toBe(failed(text, what));
  });

  it("keeps the order, and evaluates on after a failure", async () => {
    const results = await evaluate(["1", "$error('x')", "$states.input", "$missing", "'b'"], {
      input: [7],
    });
    expect(results.map((result) => (result.ok ? result.value : result.error))).toEqual([
      1,
      "States.QueryEvaluationError",
      [7],
      "States.QueryEvaluationError",
      "b",
    ]);
  });

  it("reads number literals as numbers", async () => {
    const input = [new JsonNumber("1.0"), new JsonNumber("1e2")];
    expect(await value("$map($states.input, function($v) { $v + 1 })", { input })).toEqual([
      2, 101,
    ]);
  });

  it("takes inputs and results up to 256 KiB, and refuses more", async () => {
    const input = "x".repeat(262_142);
    expect(await value("$states.input", { input })).toBe(input);
    expect(await value("$states.input & 'y'", { input })).toBe(
      "States.DataLimitExceeded: The JSONata expression '$states.input & 'y'' specified for the field " +
        "'Output[0]' returned a result with a size exceeding the maximum number of bytes service limit.",
    );
  });

  it("gives each expression fresh data", async () => {
    const change =
      "($clone := function($x) { $x }; $states.input ~> |$|{'a': 2}|; $states.input.a)";
    expect(await evaluate([change, "$states.input.a"], { input: { a: 1 } })).toEqual([
      { ok: true, value: 2 },
      { ok: true, value: 1 },
    ]);
  });

  it("fails the expressions behind one that had to be stopped, and goes on", async () => {
    const results = await evaluate(["1", STUCK, "2"]);
    expect(results[0]).toEqual({ ok: true, value: 1 });
    expect(results[1]).toMatchObject({ ok: false, cause: expect.stringContaining("timeout") });
    expect(results[2]).toMatchObject({ ok: false, cause: expect.stringContaining("'Output[2]'") });
    expect(warnings).toContainEqual(
      expect.objectContaining({ field: "Output[1]", end: "timeout" }),
    );
    expect(await value("3")).toBe(3);
  });

  it("serves others while expressions run out of memory and time", async () => {
    const hog =
      "$reduce([1..30], function($s, $i) { $s & $s & $string($i) }, 'xxxxxxxx') ~> $uppercase";
    const hostile = [evaluate([hog]), evaluate([hog]), evaluate([STUCK])];
    const mine = Array.from({ length: 50 }, (_, index) => value(`$string(${index}) & '!'`));
    expect(await Promise.all(mine)).toEqual(Array.from({ length: 50 }, (_, index) => `${index}!`));
    for (const [result] of await Promise.all(hostile)) expect(result!.ok).toBe(false);
  });

  it("goes on evaluating for those whose expressions were stopped again and again", async () => {
    const hog = "$reduce([1..30], function($s, $i) { $s & $s & $string($i) }, 'xxxxxxxx')";
    const states = { input: {}, context: {} };
    const ask = (text: string) =>
      evaluator.evaluate({
        expressions: [{ text, field: "F" }],
        states,
        variables: {},
        owner: "m",
      });
    for (let time = 0; time < 3; time += 1) expect((await ask(hog))[0]?.ok).toBe(false);
    expect(await ask("1 + 1")).toEqual([{ ok: true, value: 2 }]);
  });

  it("lets nobody wait behind the many endless expressions of another", async () => {
    const shared = createEvaluator({ processes: 2 });
    const ask = (owner: string, text: string) =>
      shared.evaluate({
        expressions: [{ text, field: "F" }],
        states: { input: {}, context: {} },
        variables: {},
        owner,
      });
    let stopped = 0;
    const endless = Array.from({ length: 12 }, async () => {
      await ask("hostile", "($f := function($x) { $f($x) }; $f(1))");
      stopped += 1;
    });
    const ended = Promise.allSettled(endless);
    const mine = Array.from({ length: 12 }, (_value, index) => ask("mine", `${index} + 1`));
    const expected = mine.map((_value, index) => [{ ok: true, value: index + 1 }]);
    expect(await Promise.all(mine)).toEqual(expected);
    // One of them held each process when the others came, and a few had a turn since; in a queue of
    // first come, first served, nearly all twelve would have been stopped before.
    expect(stopped).toBeLessThanOrEqual(6);
    await shared.close();
    await ended;
  });

  it.each([
    ["$map($states.input.a, function($v) { $v })", [1, 2]],
    ["$states . input . a ~> $map(function($v) { $v })", [1, 2]],
    ["$states.`input`.a ~> $map(function($v) { $v })", [1, 2]],
    ["$lookup($states, 'in' & 'put').a ~> $map(function($v) { $v })", [1, 2]],
    ["$states.*.a ~> $map(function($v) { $v })", [1, 2]],
  ])("finds the members of $states however they are written: %s", async (text, expected) => {
    expect(await value(text, { input: { a: [1, 2] } })).toEqual(expected);
  });

  it("refuses work when it is closed", async () => {
    const closed = createEvaluator();
    const request = {
      expressions: [{ text: "1", field: "F" }],
      states: { input: 1, context: {} },
      variables: {},
    };
    expect(await closed.evaluate(request)).toEqual([{ ok: true, value: 1 }]);
    await closed.close();
    await expect(closed.evaluate(request)).rejects.toThrow("the evaluator is closed");
  });
});

describe("a process", () => {
  const request = (...expressions: string[]) => ({ id: 1, expressions, states: {}, variables: {} });
  const soon = (): number => performance.now() + 10_000;

  it("ends when the server is gone", async () => {
    const child = launch();
    await once(child, "message");
    child.disconnect();
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
  });

  it("reports an end that nobody expected", async () => {
    const child = new EvaluatorProcess();
    await child.started;
    const running = child.run(request(ENDLESS), soon());
    process.kill(child.pid!, "SIGKILL");
    expect(await running).toEqual({ end: "lost", outcomes: [] });
    expect(child.usable).toBe(false);
    expect(await child.run(request("1"), soon())).toEqual({ end: "lost", outcomes: [] });
  });

  it("is replaced after 10,000 expressions", async () => {
    const pool = new ProcessPool(1);
    await pool.run(request("1"), 5000);
    const [first] = pool.processes;
    await pool.run(request(...Array.from({ length: 10_000 }, () => "1")), 5000);
    await pool.run(request("1"), 5000);
    expect(pool.processes).not.toContain(first);
    expect(pool.processes.length).toBeLessThanOrEqual(2);
    await pool.close();
  });

  it("may read nothing, start nothing and make no code", async () => {
    const folder = mkdtempSync(join(tmpdir(), "confined-"));
    const script = join(folder, "script.mjs");
    const other = join(folder, "other.txt");
    writeFileSync(other, "secret");
    writeFileSync(
      script,
      `import fs from "node:fs"; import { spawnSync } from "node:child_process"; import { Worker } from "node:worker_threads";
       const attempt = (what) => { try { what(); return "done"; } catch (error) { return error.code ?? error.name; } };
       process.send({
         read: attempt(() => fs.readFileSync(${JSON.stringify(other)})),
         write: attempt(() => fs.writeFileSync(${JSON.stringify(other)}, "")),
         spawn: attempt(() => { const { error } = spawnSync("true"); if (error) throw error; }),
         worker: attempt(() => new Worker("", { eval: true })),
         code: attempt(() => new Function("return 1")()),
         environment: Object.keys(process.env).filter((name) => !name.startsWith("NODE_CHANNEL")),
         proto: "__proto__" in {},
       });`,
    );
    const child = launchConfined(script, [], [script]);
    const [report] = await once(child, "message");
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
    expect(report).toEqual({
      read: "ERR_ACCESS_DENIED",
      write: "ERR_ACCESS_DENIED",
      spawn: "ERR_ACCESS_DENIED",
      worker: "ERR_ACCESS_DENIED",
      code: "EvalError",
      environment: [],
      proto: false,
    });
  });
});

describe("offenders", () => {
  it("are those with three stops within a minute", () => {
    let now = 0;
    const offenders = new Offenders(() => now);
    for (now = 0; now < 30_000; now += 10_000) {
      expect(offenders.isOne("m")).toBe(false);
      offenders.note("m");
    }
    expect(offenders.isOne("m")).toBe(true);
    expect(offenders.isOne("other")).toBe(false);
    expect(offenders.isOne(undefined)).toBe(false);
    now = 60_001;
    expect(offenders.isOne("m")).toBe(false);
  });
});
