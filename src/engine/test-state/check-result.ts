/** Checks a mocked result against what the service's API would answer. The texts are AWS's. */
import type { Json } from "../../json/json.ts";
import { isArray, isObject, memberOf } from "../../json/kind.ts";
import { isNumber, toNumber } from "../../json/number.ts";
import type { ResultShape } from "../ports.ts";

/** STRICT: what is required must be there; PRESENT: what is there must fit; NONE: no check. */
export type ValidationMode = "STRICT" | "PRESENT" | "NONE";

/**
 * What is wrong first, or undefined. Members that the API does not have are let pass, as AWS does.
 * Recursion ends with the value, which the JSON reader keeps from being too deep.
 */
export function checkResult(
  result: Json,
  shape: ResultShape,
  mode: ValidationMode,
): string | undefined {
  if (mode === "NONE") return undefined;
  if (!isObject(result)) return "Mocked result must be a JSON object.";
  const problem = check(result, shape, "", mode === "STRICT");
  return problem === undefined ? undefined : `Mock result schema validation error: ${problem}`;
}

function check(
  value: Json,
  shape: ResultShape,
  field: string,
  strict: boolean,
): string | undefined {
  switch (shape.type) {
    case "any":
      return undefined;
    case "boolean":
      return typeof value === "boolean" ? undefined : `Field '${field}' must be a boolean`;
    case "string":
      return checkString(value, shape, field);
    case "number":
      return checkNumber(value, shape, field);
    case "list":
      if (!isArray(value)) return `Field '${field}' must be an array`;
      return first(value, (element) => check(element, shape.element(), field, strict));
    case "map":
      if (!isObject(value)) return `Field '${field}' must be an object`;
      return first(Object.values(value), (member) => check(member, shape.value(), field, strict));
    case "structure":
      return checkStructure(value, shape, field, strict);
  }
}

function checkString(
  value: Json,
  { min = 0, max = Infinity, values }: ResultShape & { type: "string" },
  field: string,
): string | undefined {
  if (typeof value !== "string") return `Field '${field}' must be a string`;
  if (values !== undefined && !values.includes(value)) {
    return `Field '${field}' is not an expected value`;
  }
  if (value.length < min) return `Field '${field}' is smaller than the minimum length`;
  if (value.length > max) return `Field '${field}' exceeds the maximum length`;
  return undefined;
}

function checkNumber(
  value: Json,
  { min = -Infinity, max = Infinity }: ResultShape & { type: "number" },
  field: string,
): string | undefined {
  if (!isNumber(value)) return `Field '${field}' must be a number`;
  if (toNumber(value) < min) return `Field '${field}' is less than the minimum value`;
  if (toNumber(value) > max) return `Field '${field}' exceeds the maximum value`;
  return undefined;
}

function checkStructure(
  value: Json,
  { members, required }: ResultShape & { type: "structure" },
  field: string,
  strict: boolean,
): string | undefined {
  if (!isObject(value)) return `Field '${field}' must be an object`;
  const missing = strict ? required.find((name) => memberOf(value, name) === undefined) : undefined;
  if (missing !== undefined) return `Required field '${missing}' is missing`;
  return first(Object.entries(value), ([name, member]) => {
    const shape = members.get(name);
    return shape === undefined ? undefined : check(member, shape(), name, strict);
  });
}

function first<Item>(
  items: readonly Item[],
  problemOf: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
