/** What is evaluated here must give exactly what the library gives. */
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import jsonata from "jsonata";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../json/json.ts";
import { stringifyCompact } from "../../json/stringify.ts";
import type { Evaluated, Scope } from "../evaluation.ts";
import { createEvaluator } from "../../evaluator/evaluator.ts";
import { compileJsonata } from "./compile.ts";

const input: JsonObject = {
  id: "o-1",
  name: "Łukasz 😀",
  empty: "",
  count: 3,
  price: 12.5,
  negative: -4.25,
  zero: 0,
  yes: true,
  no: false,
  nil: null,
  list: [3, 1, 2],
  texts: ["b", "a", "c", "a"],
  none: [],
  single: [7],
  nested: [[1, 2], [3], []],
  deep: { a: { b: { c: [{ d: 1 }, { d: [2, 3] }, { e: 4 }] } } },
  items: [
    { sku: "A", qty: 2, price: 10, tags: ["x", "y"] },
    { sku: "B", qty: 1, price: 2.5, tags: [] },
    { sku: "C", qty: 5, price: 0.1, tags: ["z"], off: true },
  ],
  one: [{ sku: "S", qty: 1, price: 1 }],
  "odd key": { "with.dot": 1, $dollar: 2 },
  object: { b: 1, a: { x: null } },
};

const variables: Record<string, Json> = {
  n: 5,
  text: "hello world",
  list: [1, [2, 3], { a: 1 }, null],
  record: { k: "v", list: [{ a: 1 }, { a: 2 }] },
  flag: false,
};

const states = {
  input,
  context: { State: { Name: "S", RetryCount: 0 }, Execution: { Id: "e" } },
  result: { Payload: { status: "ok", rows: [{ v: 1 }] } },
};

const scope: Scope = {
  input,
  states: { input, result: states.result },
  context: () => states.context,
  variable: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
  random: () => 0.5,
  uuid: () => "u",
  hash: (algorithm, text) => `${algorithm}:${text}`,
};

/** The library's answer as text, or its error. */
async function library(text: string): Promise<string> {
  try {
    // A copy for each expression: the library marks and changes the arrays that it is given.
    const value: unknown = await jsonata(text).evaluate(
      undefined,
      structuredClone({ states, ...variables }),
    );
    if (typeof value === "function" || isLambda(value)) return "a function";
    return value === undefined ? "nothing" : JSON.stringify(value, showInfinite);
  } catch (error) {
    return `error ${(error as { code?: string }).code ?? "without a code"}`;
  }
}

function isLambda(value: unknown): boolean {
  return typeof value === "object" && value !== null && "_jsonata_lambda" in value;
}

function showInfinite(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/** Our answer as text; undefined if it was left to the guarded evaluator. */
function here(text: string): string | undefined {
  const expression = compileJsonata(text);
  if ("problem" in expression) return `problem ${expression.problem}`;
  const result = expression.evaluateNow(scope, "Output");
  if (result === undefined) return undefined;
  if (result.ok) return stringifyCompact(result.value);
  return result.cause.endsWith("returned nothing (undefined).") ? "nothing" : result.cause;
}

/** One a line, under headings. */
const sections = readFileSync(new URL("./expressions.txt", import.meta.url), "utf8")
  .split(/^# .*\n/mu)
  .slice(1)
  .map((section) => section.split("\n").filter((line) => line !== ""));
const [paths = [], operators = []] = sections;
const expressions = sections.flat();
const leftOver = expressions.filter((text) => here(text) === undefined);

describe("evaluateNow", () => {
  it.each(expressions.filter((text) => !leftOver.includes(text)))(
    "agrees with the library on %s",
    async (text) => {
      expect(here(text)).toBe(await library(text));
    },
  );

  it("evaluates the common forms itself", async () => {
    const rare: string[] = [];
    for (const text of [...paths, ...operators]) {
      if (leftOver.includes(text) && !(await library(text)).startsWith("error ")) rare.push(text);
    }
    expect(rare.length).toBeLessThan(3);
    expect(leftOver.length).toBeLessThan(expressions.length / 5);
  });
});

describe("the guarded evaluator", () => {
  it("agrees with the library on all that is left to it", async () => {
    const evaluator = createEvaluator({ processes: 1 });
    const results = await evaluator.evaluate({
      expressions: leftOver.map((text) => ({ text, field: "Output" })),
      states,
      variables,
    });
    await evaluator.close();
    const theirs: string[] = [];
    for (const text of leftOver) theirs.push(`${text}: ${await library(text)}`);
    const ours = leftOver.map((text, index) => `${text}: ${shown(results[index]!)}`);
    expect(ours).toEqual(theirs);
  });
});

/** A result in the words of `library`. */
function shown(result: Evaluated): string {
  if (result.ok) return stringifyCompact(result.value);
  if (result.cause.endsWith("returned nothing (undefined).")) return "nothing";
  if (result.cause.endsWith("returned an unsupported result type.")) return "a function";
  const [, code = "without a code"] = /during evaluation\. (\w+): /u.exec(result.cause) ?? [];
  return `error ${code}`;
}

describe("random expressions", () => {
  const leaf = fc.constantFrom(
    "1",
    "0",
    "'a'",
    "''",
    "true",
    "null",
    "[]",
    "$n",
    "$text",
    "$list",
    "$missing",
    "$record",
    "$states.input.items",
    "$states.input.list",
    "$states.input.nested",
    "$states.input.one",
    "$states.input.none",
    "$states.input.texts",
    "$states.input.deep.a.b.c",
  );
  const name = fc.constantFrom("sku", "qty", "tags", "price", "a", "d", "list", "k");
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.tuple(tie("expression"), name).map(([path, step]) => `(${path}).${step}`),
      fc.tuple(tie("expression"), name).map(([path, step]) => `(${path}).${step}[]`),
      fc
        .tuple(tie("expression"), fc.integer({ min: -2, max: 2 }))
        .map(([of, at]) => `(${of})[${at}]`),
      fc
        .tuple(tie("expression"), name, tie("expression"))
        .map(([of, key, value]) => `(${of})[${key} = ${value}]`),
      fc.tuple(tie("expression"), tie("expression")).map(([of, by]) => `(${of})[${by}]`),
      fc.tuple(tie("expression"), tie("expression")).map(([of, by]) => `(${of}).(${by})`),
      fc
        .tuple(
          tie("expression"),
          fc.constantFrom("+", "*", "=", "!=", "<", ">=", "&", "and", "or", "in", "??", "?:"),
          tie("expression"),
        )
        .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
      fc.tuple(tie("expression"), tie("expression")).map(([left, right]) => `[${left}, ${right}]`),
      fc
        .tuple(tie("expression"), tie("expression"))
        .map(([left, right]) => `{'a': ${left}, 'k': ${right}}`),
      fc
        .tuple(tie("expression"), tie("expression"), tie("expression"))
        .map(([condition, then, otherwise]) => `(${condition}) ? (${then}) : (${otherwise})`),
      fc
        .tuple(tie("expression"), tie("expression"))
        .map(([value, then]) => `($n := ${value}; ${then})`),
      fc
        .tuple(
          fc.constantFrom(
            ..."count string boolean not exists type keys distinct reverse sort sum max length".split(
              " ",
            ),
          ),
          tie("expression"),
        )
        .map(([call, arg]) => `$${call}(${arg})`),
      fc
        .tuple(
          fc.constantFrom("append", "lookup", "contains", "split"),
          tie("expression"),
          tie("expression"),
        )
        .map(([call, first, second]) => `$${call}(${first}, ${second})`),
    ),
  }));

  it("agree with the library", async () => {
    await fc.assert(
      fc.asyncProperty(expression, async (text) => {
        const own = here(text);
        if (own !== undefined) expect(own).toBe(await library(text));
      }),
      { numRuns: Number(process.env.RUNS ?? 1500) },
    );
  });
});
