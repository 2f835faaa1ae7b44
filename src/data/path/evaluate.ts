/** Follows the steps of a path through a value: wildcards, slices, filters and scans too. */
import type { Json, JsonObject } from "../../json/json.ts";
import { isArray, isObject, memberOf, objectOf } from "../../json/kind.ts";
import { withoutSource } from "../../json/source.ts";
import { compareOperands } from "./filter.ts";
import { applyFunction } from "./functions.ts";
import { isDefinite, isDefiniteStep, type Condition, type Operand, type Step } from "./syntax.ts";

/** Values that one evaluation may look at, so that no path takes for ever. */
const BUDGET = 1_000_000;

/** Found (an array of all, if the path is not definite), not there, or over the budget. */
export type Outcome =
  | { readonly type: "Found"; readonly value: Json }
  | { readonly type: "Missing" }
  | { readonly type: "TooMuch" };

const MISSING: Outcome = { type: "Missing" };

/** Thrown inside of this file only. */
class BudgetExceeded extends Error {}

/** Follows the steps from `start`; it is also what `$` means in the path's filters. */
export function follow(steps: readonly Step[], start: Json): Outcome {
  try {
    return new Walk(start).follow(steps, start);
  } catch (error) {
    if (error instanceof BudgetExceeded) return { type: "TooMuch" };
    throw error;
  }
}

class Walk {
  readonly #document: Json;
  #budget = BUDGET;

  constructor(document: Json) {
    this.#document = document;
  }

  follow(steps: readonly Step[], start: Json): Outcome {
    const last = steps.at(-1);
    if (last?.type === "Function") return this.#call(last, steps.slice(0, -1), start);
    const found: Json[] = [];
    // A missing member on the way to the first wildcard is no failure either: AWS answers [].
    const complete = this.#step(steps, 0, start, true, found);
    if (!isDefinite(steps)) return { type: "Found", value: found };
    return complete && found.length > 0 ? { type: "Found", value: found[0]! } : MISSING;
  }

  #call(step: Step & { type: "Function" }, before: readonly Step[], start: Json): Outcome {
    const outcome = this.follow(before, start);
    if (outcome.type !== "Found") return outcome;
    const operands = step.operands.map((operand) => this.#value(operand, start) ?? null);
    const value = applyFunction(step.name, outcome.value, operands);
    return value === undefined ? MISSING : { type: "Found", value };
  }

  /**
   * Adds to `found` what steps[index...] find from a value. Returns false if a value is missing
   * that must be there, because all steps up to it were definite.
   */
  #step(
    steps: readonly Step[],
    index: number,
    value: Json,
    definite: boolean,
    found: Json[],
  ): boolean {
    this.#spend(1);
    const step = steps[index];
    if (step === undefined) {
      found.push(withoutSource(value));
      return true;
    }
    const last = index === steps.length - 1;
    const stillDefinite = definite && isDefiniteStep(step, last);
    if (step.type === "Scan") {
      this.#scan(step.step, last, value, (match) =>
        this.#step(steps, index + 1, match, false, found),
      );
      return true;
    }
    const next = (match: Json) => this.#step(steps, index + 1, match, stillDefinite, found);
    const matched = this.#apply(step, last, value, next);
    return matched || !definite;
  }

  /** Calls `next` with what one step finds; false if it cannot be applied or finds nothing. */
  #apply(step: Step, last: boolean, value: Json, next: (match: Json) => boolean): boolean {
    switch (step.type) {
      case "Members":
        return isObject(value) && this.#members(step.names, last, value, next);
      case "Indexes":
        if (!isArray(value)) return false;
        // Beyond the end AWS's library finds null, as soon as a path is not definite.
        return step.indexes
          .map((index) => value.at(index))
          .map((item) => next(item === undefined ? null : item))
          .every(Boolean);
      case "Slice":
        if (!isArray(value)) return false;
        sliceOf(value.length, step.from, step.to).forEach((index) => next(value.at(index)!));
        return true;
      case "Wildcard":
        this.#children(value).forEach((child) => next(child));
        return true;
      case "Filter":
        if (isObject(value)) return !this.#holds(step.test, value) || next(value);
        if (!isArray(value)) return false;
        for (const item of value) if (this.#holds(step.test, item)) next(item);
        return true;
      default:
        return false;
    }
  }

  #members(
    names: readonly string[],
    last: boolean,
    value: JsonObject,
    next: (match: Json) => boolean,
  ): boolean {
    if (names.length === 1) {
      const member = memberOf(value, names[0]!);
      return member !== undefined && next(member);
    }
    const present = names.filter((name) => Object.hasOwn(value, name));
    if (last) return next(objectOf(present.map((name) => [name, value[name]!])));
    for (const name of present) next(value[name]!);
    return true;
  }

  /** Applies a step to the value and to everything inside of it, the outer before the inner. */
  #scan(step: Step, last: boolean, root: Json, next: (match: Json) => void): void {
    const open: Json[] = [root];
    const forward = (match: Json): boolean => {
      next(match);
      return true;
    };
    for (let value = open.pop(); value !== undefined; value = open.pop()) {
      this.#spend(1);
      // A filter tests the objects themselves here, not the items of arrays: they come later.
      if (step.type === "Filter" ? isObject(value) : applies(step, last, value)) {
        this.#apply(step, last, value, forward);
      }
      const children = this.#children(value);
      for (let index = children.length - 1; index >= 0; index -= 1) open.push(children[index]!);
    }
  }

  #children(value: Json): readonly Json[] {
    if (isArray(value)) return value;
    if (!isObject(value)) return [];
    const children = Object.values(value);
    this.#spend(children.length);
    return children;
  }

  #holds(condition: Condition, item: Json): boolean {
    this.#spend(1);
    switch (condition.type) {
      case "And":
        return condition.conditions.every((part) => this.#holds(part, item));
      case "Or":
        return condition.conditions.some((part) => this.#holds(part, item));
      case "Not":
        return !this.#holds(condition.condition, item);
      case "Exists": {
        const value = this.#value({ type: "Route", route: condition.route }, item);
        if (isArray(value) && !isDefinite(condition.route.steps)) return value.length > 0;
        // AWS takes null for not there.
        return value !== undefined && value !== null;
      }
      case "Compare":
        return this.#compare(condition, item);
    }
  }

  #compare({ operator, left, right }: Condition & { type: "Compare" }, item: Json): boolean {
    if (operator !== "=~") {
      const [a, b] = [this.#value(left, item), this.#value(right, item)];
      // Comparing whole arrays and texts takes its time, too.
      this.#spend(weightOf(a) + weightOf(b));
      return compareOperands(operator, a, b);
    }
    if (right.type !== "Pattern") return false;
    const text = this.#value(left, item);
    if (typeof text !== "string") return false;
    this.#spend(Math.ceil((text.length * right.pattern.size) / 64));
    return right.pattern.matches(text);
  }

  #value(operand: Operand, item: Json): Json | undefined {
    if (operand.type === "Literal") return operand.value;
    if (operand.type === "Pattern") return undefined;
    const { root, steps } = operand.route;
    const outcome = this.follow(steps, root.type === "Item" ? item : this.#document);
    return outcome.type === "Found" ? outcome.value : undefined;
  }

  #spend(visits: number): void {
    this.#budget -= visits;
    if (this.#budget < 0) throw new BudgetExceeded();
  }
}

/** Whether a scan stops at this value to apply the step. */
function applies(step: Step, last: boolean, value: Json): boolean {
  if (step.type === "Members") {
    if (!isObject(value)) return false;
    return !last || step.names.every((name) => Object.hasOwn(value, name));
  }
  return step.type === "Wildcard" || isArray(value);
}

/**
 * The indexes of a slice, as AWS's library takes them: a negative bound alone counts from the end,
 * of two bounds the first must be less than the second as it stands, so `[1:-1]` is empty.
 */
function sliceOf(length: number, from: number | undefined, to: number | undefined): number[] {
  if (from !== undefined && to !== undefined) {
    return range(Math.max(from, -length), Math.min(to, length));
  }
  if (from !== undefined) return range(Math.max(0, from < 0 ? length + from : from), length);
  const end = to ?? length;
  return range(0, Math.min(length, end < 0 ? length + end : end));
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
}

function weightOf(value: Json | undefined): number {
  if (isArray(value)) return value.length;
  return typeof value === "string" ? value.length >> 6 : 0;
}
