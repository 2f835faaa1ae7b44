/** Which of the six JSON types a value has. */
import type { Json, JsonArray, JsonObject } from "./json.ts";
import { JsonNumber } from "./number.ts";

export type Kind = "null" | "boolean" | "number" | "string" | "array" | "object";

export function kindOf(value: Json): Kind {
  if (value === null) return "null";
  switch (typeof value) {
    case "boolean":
      return "boolean";
    case "number":
      return "number";
    case "string":
      return "string";
    default:
      if (Array.isArray(value)) return "array";
      return value instanceof JsonNumber ? "number" : "object";
  }
}

export function isArray(value: Json | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** A JSON object: neither null, nor an array, nor a number kept as a `JsonNumber`. */
export function isObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof JsonNumber)
  );
}

/** A member of an object's own data; whatever the prototype has (`constructor`, ...) is not there. */
export function memberOf(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets a member of an object that is still being made. A key `__proto__` is data like any other. */
export function setMember(object: { [key: string]: Json }, key: string, value: Json): void {
  if (key === "__proto__") {
    // An assignment would set the prototype.
    Object.defineProperty(object, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    object[key] = value;
  }
}

/** A new object of these entries. */
export function objectOf(entries: Iterable<readonly [string, Json]>): JsonObject {
  const object: { [key: string]: Json } = {};
  for (const [key, value] of entries) setMember(object, key, value);
  return object;
}
