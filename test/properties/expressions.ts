/** Paths, intrinsic functions, templates and JSONata expressions over the data of the generated states. */
import type { Evaluated, PendingExpression } from "../../src/data/evaluation.ts";
import type { Json } from "../../src/json/json.ts";
import type { Draw } from "./draw.ts";

/** Variables that a state may read: those that are set by then, and others. */
export type Variables = readonly string[];

const NUMBER_PATHS = ["$.n", "$.list.length()", "$['n']"] as const;
const TEXT_PATHS = ["$.s", "$$.State.Name", "$$.Execution.Name", "$$.State.EnteredTime"] as const;
const ANY_PATHS = [
  ...NUMBER_PATHS,
  ...TEXT_PATHS,
  "$",
  "$$",
  "$.list",
  "$.obj",
  "$.list[0]",
  "$.list[*]",
  "$.list[-1:]",
  "$..a",
  "$.list[?(@.a > 1)]",
  "$$.Execution.Input",
  "$$.Execution.RedriveCount",
] as const;

/** A JSONPath that mostly has a value. */
export function drawPath(draw: Draw, variables: Variables): string {
  if (draw.chance(4))
    return draw.pick(["$.missing", "$$.Map.Item.Value", "$unset", "$.s.x", "$.n[0]"]);
  if (variables.length > 0 && draw.chance(25)) return `$${draw.pick(variables)}`;
  return draw.pick(ANY_PATHS);
}

const TEXT_FUNCTIONS = [
  (text: string) => `States.Format('<{}>', ${text})`,
  (text: string) => `States.Base64Encode(${text})`,
  (text: string) => `States.Base64Decode(States.Base64Encode(${text}))`,
  (text: string) => `States.Hash(${text}, 'SHA-256')`,
  (text: string) => `States.JsonToString(${text})`,
  (text: string) => `States.StringSplit(${text}, ',')`,
  (text: string) => `States.Array(${text}, States.Array($.n))`,
  (text: string) => `States.StringToJson(${text})`,
];
const OTHER_FUNCTIONS = [
  "States.MathAdd($.n, 1)",
  "States.ArrayLength($.list)",
  "States.ArrayUnique($.list)",
  "States.ArrayPartition($.list, 2)",
  "States.ArrayContains($.list, 1)",
  "States.ArrayGetItem($.list, 0)",
  "States.ArrayRange(0, 5, $.n)",
  "States.JsonMerge($.obj, $.obj, false)",
  "States.MathRandom(1, 10)",
  "States.UUID()",
  "States.MathAdd($.s, 1)",
  "States.Format('{} {}', $.n)",
];

/** A call of an intrinsic function; some fail. */
export function drawIntrinsic(draw: Draw): string {
  if (draw.chance(50)) return draw.pick(OTHER_FUNCTIONS);
  return draw.pick(TEXT_FUNCTIONS)(draw.pick(["$.s", "'it\\'s'", "$$.State.Name", "$.obj"]));
}

/** A payload template. */
export function drawTemplate(draw: Draw, variables: Variables, depth = 0): { [key: string]: Json } {
  const fields = draw.some(0, 3, (index): [string, Json] => {
    const kind = draw.between(0, depth < 2 ? 4 : 2);
    if (kind === 0) return [`c${index}`, draw.pick<Json>([1, "text", null, [true, { k: "v" }]])];
    if (kind === 1) return [`p${index}.$`, drawPath(draw, variables)];
    if (kind === 2) return [`f${index}.$`, drawIntrinsic(draw)];
    if (kind === 3) return [`o${index}`, drawTemplate(draw, variables, depth + 1)];
    return [`l${index}`, [drawTemplate(draw, variables, depth + 1), 1]];
  });
  return Object.fromEntries(fields);
}

/** A template whose value is again what the states expect, with the number one higher. */
export const NEXT_ORDER_TEMPLATE = {
  "n.$": "States.MathAdd($.n, 1)",
  "s.$": "$.s",
  "flag.$": "$.flag",
  "list.$": "$.list",
  "obj.$": "$.obj",
};

/** The same in JSONata. */
export const NEXT_ORDER = "{% $merge([$states.input, {'n': $states.input.n + 1}]) %}";

/** Expressions that only the guarded evaluator may evaluate, and what it gives for them. */
const EVALUATED = new Map<string, Evaluated>([
  ["$map([1, 2], function($v) { $v * 2 })", { ok: true, value: [2, 4] }],
  ["$reduce([1, 2], function($i, $j) { $i + $j })", { ok: true, value: 3 }],
  ["$filter([1], function($v) { true })[0] = 1", { ok: true, value: true }],
  ["$join($map(['a'], function($v) { $v & 'b' }))", { ok: true, value: "ab" }],
  [
    "$merge($map([1], function($v) { {'n': $v, 's': 'm', 'flag': true, 'list': [1, 2], 'obj': {}} }))",
    { ok: true, value: { n: 1, s: "m", flag: true, list: [1, 2], obj: {} } },
  ],
  ["$map(1, function($v) { $error('no') })", queryFailure("no")],
  [
    "$map([1..100000], function($v) { 'xxxxxxxxxx' })",
    { ok: false, error: "States.DataLimitExceeded", cause: "too large" },
  ],
]);
const EVALUATED_TEXTS = [...EVALUATED.keys()];

function queryFailure(cause: string): Evaluated {
  return { ok: false, error: "States.QueryEvaluationError", cause };
}

/** The guarded evaluator of the generated cases: what it does not know fails. */
export function evaluateGuarded({ text, field }: PendingExpression): Evaluated {
  const known = EVALUATED.get(text) ?? queryFailure(`'${text}' of '${field}' failed`);
  return known.ok ? known : { ...known, field };
}

type Kind = "number" | "text" | "boolean" | "list" | "any";

const EXPRESSIONS: Record<Kind, readonly string[]> = {
  number: ["$states.input.n", "$states.input.n + 1", "$count($states.input.list)", "2 * 3"],
  text: ["$states.input.s", "$states.context.State.Name & '!'", "$string($states.input.n)", "'t'"],
  boolean: ["$states.input.n > 1", "$states.input.flag", "$exists($states.input.obj.a)", "false"],
  list: [
    "$states.input.list",
    "[$states.input.list, 9]",
    "[1..3]",
    "$append([1], $states.input.n)",
  ],
  any: [
    "$states.input",
    "{'n': $states.input.n, 's': 'o', 'flag': true, 'list': [1], 'obj': {}}",
    "$states.context",
    "$states.input.obj",
    "$merge([$states.input, {'x': 1}])",
    "$states.input.missing",
    "$states.input.s + 1",
    "$uuid()",
    "$hash($states.input.s, 'SHA-256')",
    "$states",
  ],
};
const SLOW: Record<Kind, string> = {
  list: EVALUATED_TEXTS[0]!,
  number: EVALUATED_TEXTS[1]!,
  boolean: EVALUATED_TEXTS[2]!,
  text: EVALUATED_TEXTS[3]!,
  any: EVALUATED_TEXTS[4]!,
};

export interface ExpressionOptions {
  readonly variables: Variables;
  /** Also expressions for the guarded evaluator. */
  readonly slow: boolean;
  /** The member of `$states` that there is beside the input. */
  readonly extra?: "result" | "errorOutput";
}

/** A JSONata string that mostly gives a value of that kind. */
export function drawExpression(draw: Draw, kind: Kind, options: ExpressionOptions): string {
  const { variables, slow, extra } = options;
  if (slow && draw.chance(25)) {
    return `{% ${draw.chance(10) ? draw.pick(EVALUATED_TEXTS) : SLOW[kind]} %}`;
  }
  if (extra !== undefined && kind === "any" && draw.chance(30)) return `{% $states.${extra} %}`;
  if (variables.length > 0 && kind === "any" && draw.chance(30))
    return `{% $${draw.pick(variables)} %}`;
  return `{% ${draw.pick(EXPRESSIONS[draw.chance(6) ? "any" : kind])} %}`;
}

/** A value in which strings may be expressions. */
export function drawJsonata(draw: Draw, options: ExpressionOptions): Json {
  if (draw.chance(40)) return drawExpression(draw, "any", options);
  const fields = draw.some(0, 3, (index): [string, Json] => [
    `j${index}`,
    draw.chance(25)
      ? draw.pick<Json>([1, "plain", [null, "{% 1 + 1 %}"]])
      : drawExpression(draw, draw.pick(["any", "number", "text", "list"]), options),
  ]);
  return Object.fromEntries(fields);
}
