/** The parts of a JSONPath, as the parser makes them. */
import type { Json } from "../../json/json.ts";
import type { Pattern } from "./pattern.ts";

/** What a path starts at: `$`, `$$`, `$name`, and in filters `@` (the item that is tested). */
export type Root =
  | { readonly type: "Input" }
  | { readonly type: "Context" }
  | { readonly type: "Variable"; readonly name: string }
  | { readonly type: "Item" };

export type Step =
  /** `.a`, `['a']`, `['a','b']` */
  | { readonly type: "Members"; readonly names: readonly string[] }
  /** `[0]`, `[-1]`, `[0,2]` */
  | { readonly type: "Indexes"; readonly indexes: readonly number[] }
  /** `[1:]`, `[:-1]`, `[1:3]` */
  | { readonly type: "Slice"; readonly from: number | undefined; readonly to: number | undefined }
  /** `.*`, `[*]` */
  | { readonly type: "Wildcard" }
  /** `[?(...)]` */
  | { readonly type: "Filter"; readonly test: Condition }
  /** `..` with what follows it, which is looked for at every depth */
  | { readonly type: "Scan"; readonly step: Step }
  /** `.length()`; only at the end */
  | { readonly type: "Function"; readonly name: string; readonly operands: readonly Operand[] };

/** A path without what it was written as. */
export interface Route {
  readonly root: Root;
  readonly steps: readonly Step[];
}

/** What filters compare and functions take. */
export type Operand =
  | { readonly type: "Literal"; readonly value: Json }
  | { readonly type: "Route"; readonly route: Route }
  | { readonly type: "Pattern"; readonly pattern: Pattern };

export type Condition =
  | { readonly type: "And"; readonly conditions: readonly Condition[] }
  | { readonly type: "Or"; readonly conditions: readonly Condition[] }
  | { readonly type: "Not"; readonly condition: Condition }
  | { readonly type: "Exists"; readonly route: Route }
  | {
      readonly type: "Compare";
      readonly operator: Operator;
      readonly left: Operand;
      readonly right: Operand;
    };

export type Operator =
  | "=="
  | "==="
  | "!="
  | "!=="
  | "<"
  | "<="
  | ">"
  | ">="
  | "=~"
  | "IN"
  | "NIN"
  | "CONTAINS"
  | "ALL"
  | "SIZE"
  | "EMPTY"
  | "SUBSETOF"
  | "ANYOF"
  | "NONEOF"
  | "TYPE";

/** Whether the step always leads to one value or none. */
export function isDefiniteStep(step: Step, last: boolean): boolean {
  switch (step.type) {
    case "Members":
      // Several members at the end give one object; before the end they give several values.
      return step.names.length === 1 || last;
    case "Indexes":
      return step.indexes.length === 1;
    case "Function":
      return true;
    default:
      return false;
  }
}

/** Whether the whole path gives one value or none, and not an array of what it finds. */
export function isDefinite(steps: readonly Step[]): boolean {
  if (steps.at(-1)?.type === "Function") return true;
  return steps.every((step, index) => isDefiniteStep(step, index === steps.length - 1));
}
