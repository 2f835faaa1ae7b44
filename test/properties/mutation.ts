/** Breaks definitions: values replaced, removed, renamed or moved, and texts damaged. */
import type { Draw } from "./draw.ts";

type Tree = { [key: string]: unknown } | unknown[];

const JUNK: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  99_999_999,
  "",
  "$",
  "$.a[",
  "$.list[*].a",
  "States.Format('{}'",
  "{% $states.input %}",
  "{% ( %}",
  "{% $map([1..9], function($x) { $x }) %}",
  "S1",
  "JSONata",
  "JSONPath",
  "DISTRIBUTED",
  "States.ALL",
  "\ud800",
  "x".repeat(200),
  [],
  {},
  [[]],
  { "a.$": "$.n" },
];
const FIELDS = [
  "Next",
  "End",
  "Type",
  "QueryLanguage",
  "Output",
  "Arguments",
  "Parameters",
  "ResultPath",
  "InputPath",
  "Assign",
  "Catch",
  "Retry",
  "TimeoutSeconds",
  "TimeoutSecondsPath",
  "HeartbeatSeconds",
  "Items",
  "ItemsPath",
  "ItemSelector",
  "ItemBatcher",
  "ItemReader",
  "ResultWriter",
  "Branches",
  "Choices",
  "Default",
  "StartAt",
  "States",
  "SecondsPath",
  "Timestamp",
  "ErrorPath",
  "CausePath",
  "__proto__",
  "MaxConcurrencyPath",
  "ToleratedFailurePercentage",
];

/** A copy of the definition with one to three changes at random places. */
export function mutate(draw: Draw, definition: object): unknown {
  const copy = JSON.parse(JSON.stringify(definition)) as Tree;
  for (let left = draw.between(1, 3); left > 0; left -= 1) {
    const trees = treesIn(copy);
    change(draw, draw.pick(trees), trees);
  }
  return copy;
}

/** Damages the text of a definition. */
export function damage(draw: Draw, text: string): string {
  const at = draw.between(0, text.length);
  const to = draw.between(at, Math.min(text.length, at + 20));
  const junk = draw.pick(["", '"', "{", "}}", "[", "\\", "\ud800", "\u0000", ",", "9e999", "/**/"]);
  return text.slice(0, at) + junk + text.slice(to);
}

function change(draw: Draw, tree: Tree, trees: readonly Tree[]): void {
  // An array's keys are its indexes.
  const keys = Object.keys(tree);
  const object = tree as { [key: string]: unknown };
  const key = keys.length === 0 ? "x" : draw.pick(keys);
  switch (draw.between(0, 4)) {
    case 0:
      set(object, key, structuredClone(draw.pick(JUNK)));
      return;
    case 1:
      if (Array.isArray(tree)) tree.splice(Number(key), 1);
      else delete object[key];
      return;
    case 2:
      set(object, draw.pick(FIELDS), structuredClone(draw.pick(JUNK)));
      return;
    case 3:
      set(object, draw.pick(FIELDS), structuredClone(object[key]));
      return;
    default:
      set(object, key, structuredClone(draw.pick(trees)));
  }
}

function set(object: { [key: string]: unknown }, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** All objects and arrays in a value, itself first. */
function treesIn(root: Tree): Tree[] {
  const found = [root];
  for (const tree of found) {
    for (const value of Object.values(tree)) {
      if (typeof value === "object" && value !== null) found.push(value as Tree);
    }
  }
  return found;
}
