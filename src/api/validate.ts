/** Checks a request against its shape and says what is wrong in AWS's words. */
import type { Quotas } from "../engine/quotas.ts";
import { errors } from "./errors.ts";
import type { InputOf, IntegerShape, ListShape, Members, Shape, StringShape } from "./shapes.ts";

/**
 * Gives the input with the members of the model only (unknown ones are dropped, `null` is absent).
 * Throws SerializationException for a value of another type, ValidationException with all broken
 * constraints otherwise.
 */
export function validate<M extends Members>(
  members: M,
  input: unknown,
  limits: Quotas,
): InputOf<M> {
  const problems: string[] = [];
  const result = checkMembers(members, input, "", { problems, limits });
  if (problems.length > 0) {
    const noun = problems.length === 1 ? "error" : "errors";
    throw errors.validation(
      `${problems.length} validation ${noun} detected: ${problems.join("; ")}`,
    );
  }
  return result as InputOf<M>;
}

/** More problems than this are not listed, so that a message stays readable and bounded. */
const MAX_PROBLEMS = 20;

interface Check {
  /** What is wrong so far. */
  readonly problems: string[];
  readonly limits: Quotas;
}

function checkMembers(
  members: Members,
  input: unknown,
  path: string,
  check: Check,
): Record<string, unknown> {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw errors.serialization(
      path === "" ? "The request body must be a JSON object" : cannotConvert(input, "Structure"),
    );
  }
  const given = input as Record<string, unknown>;
  const result: Record<string, unknown> = {};
  for (const name in members) {
    const member = members[name]!;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const memberPath = path === "" ? name : `${path}.${name}`;
    if (value === undefined || value === null) {
      result[name] = undefined;
      if (member.required)
        report(check.problems, "Value null", memberPath, "Member must not be null");
    } else {
      result[name] = checkValue(member.shape, value, memberPath, check);
    }
  }
  return result;
}

function checkValue(shape: Shape, value: unknown, path: string, check: Check): unknown {
  switch (shape.type) {
    case "string":
      return checkString(shape, value, path, check);
    case "integer":
      return checkInteger(shape, value, path, check.problems);
    case "number":
      if (typeof value !== "number") throw errors.serialization(cannotConvert(value, "Float"));
      return checkRange(shape, value, path, check.problems);
    case "boolean":
      if (typeof value !== "boolean") throw errors.serialization(cannotConvert(value, "Boolean"));
      return value;
    case "list":
      return checkList(shape, value, path, check);
    case "structure":
      return checkMembers(shape.members, value, path, check);
  }
}

function checkString(
  shape: StringShape,
  value: unknown,
  path: string,
  { problems, limits }: Check,
): string {
  if (typeof value !== "string") throw errors.serialization(cannotConvert(value, "String"));
  const shown = shape.sensitive === true ? "Value" : `Value '${value}'`;
  if (shape.values !== undefined && !shape.values.includes(value)) {
    const allowed = shape.values.join(", ");
    report(problems, shown, path, `Member must satisfy enum value set: [${allowed}]`);
  }
  if (shape.min !== undefined && value.length < shape.min) {
    report(problems, shown, path, `Member must have length greater than or equal to ${shape.min}`);
  }
  const max = typeof shape.max === "string" ? limits[shape.max] : shape.max;
  if (max !== undefined && value.length > max) {
    report(problems, shown, path, `Member must have length less than or equal to ${max}`);
  }
  if (shape.pattern !== undefined && !shape.pattern.test(value)) {
    const pattern = shape.pattern.source;
    report(problems, shown, path, `Member must satisfy regular expression pattern: ${pattern}`);
  }
  return value;
}

function checkInteger(
  shape: IntegerShape,
  value: unknown,
  path: string,
  problems: string[],
): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) {
    throw errors.serialization(cannotConvert(value, "Integer"));
  }
  return checkRange(shape, value, path, problems);
}

function checkRange(
  shape: Pick<IntegerShape, "min" | "max">,
  value: number,
  path: string,
  problems: string[],
): number {
  if (shape.min !== undefined && value < shape.min) {
    const text = `Member must have value greater than or equal to ${shape.min}`;
    report(problems, `Value '${value}'`, path, text);
  }
  if (shape.max !== undefined && value > shape.max) {
    const text = `Member must have value less than or equal to ${shape.max}`;
    report(problems, `Value '${value}'`, path, text);
  }
  return value;
}

function checkList(shape: ListShape, value: unknown, path: string, check: Check): unknown[] {
  if (!Array.isArray(value)) throw errors.serialization(cannotConvert(value, "List"));
  if (shape.max !== undefined && value.length > shape.max) {
    const text = `Member must have length less than or equal to ${shape.max}`;
    report(check.problems, "Value", path, text);
    return [];
  }
  return value.map((element: unknown, index) => {
    // AWS counts the elements from 1.
    const elementPath = `${path}.${index + 1}.member`;
    if (element !== null) return checkValue(shape.member, element, elementPath, check);
    report(check.problems, "Value null", elementPath, "Member must not be null");
    return undefined;
  });
}

function report(problems: string[], value: string, path: string, constraint: string): void {
  if (problems.length >= MAX_PROBLEMS) return;
  problems.push(`${value} at '${path}' failed to satisfy constraint: ${constraint}`);
}

/** AWS names the JSON token it found and the type it wanted. */
function cannotConvert(value: unknown, wanted: string): string {
  return `${token(value)} can not be converted to ${wanted === "Integer" ? "an" : "a"} ${wanted}`;
}

function token(value: unknown): string {
  if (Array.isArray(value)) return "START_ARRAY";
  if (typeof value === "object" && value !== null) return "START_OBJECT";
  if (typeof value === "string") return "STRING_VALUE";
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  if (typeof value === "number") return Number.isInteger(value) ? "NUMBER_VALUE" : "DECIMAL_VALUE";
  return "VALUE_NULL";
}
