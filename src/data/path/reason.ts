/** Why a path leads nowhere, in the words of the JSONPath library that AWS uses (Jayway). */
import type { Json } from "../../json/json.ts";
import { isArray, isObject, memberOf } from "../../json/kind.ts";
import { JsonNumber } from "../../json/number.ts";
import { stringifyCompact } from "../../json/stringify.ts";
import type { Step } from "./syntax.ts";

const PROVIDER = "com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider";

/**
 * The reason why these steps find nothing, such as `Missing property in path $['no']` on the way
 * and `No results for path: $['no']` at the last step.
 */
export function reasonFor(steps: readonly Step[], start: Json): string {
  let path = "$";
  let value: Json = start;
  for (const [index, step] of steps.entries()) {
    const next = `${path}${stepText(step)}`;
    const last = index === steps.length - 1;
    let found: Json | undefined;
    if (step.type === "Members" && step.names.length === 1) {
      if (!isObject(value)) return notAnObject(step.names[0]!, path, value);
      found = memberOf(value, step.names[0]!);
      if (found === undefined && !last) return `Missing property in path ${next}`;
    } else if (step.type === "Indexes" && step.indexes.length === 1) {
      if (value === null) return `The path ${path} is null`;
      if (!isArray(value)) return notAnArray(step.indexes[0]!, value);
      found = value.at(step.indexes[0]!);
    }
    if (found === undefined) break;
    path = next;
    value = found;
  }
  return `No results for path: $${steps.map(stepText).join("")}`;
}

function notAnObject(name: string, path: string, value: Json): string {
  return (
    `Expected to find an object with property ['${name}'] in path ${path} but found ` +
    `'${javaType(value)}'. This is not a json object according to the JsonProvider: '${PROVIDER}'.`
  );
}

function notAnArray(index: number, value: Json): string {
  return (
    `Filter: [${index}] can only be applied to arrays. ` +
    `Current context is: ${typeof value === "string" ? value : stringifyCompact(value)}`
  );
}

function javaType(value: Json): string {
  if (value === null) return "null";
  if (typeof value === "string") return "java.lang.String";
  if (typeof value === "boolean") return "java.lang.Boolean";
  if (typeof value === "number" || value instanceof JsonNumber) return numberType(value);
  return "com.fasterxml.jackson.databind.node.ArrayNode";
}

function numberType(value: number | JsonNumber): string {
  const text = typeof value === "number" ? String(value) : value.text;
  if (!/^-?\d+$/u.test(text)) return "java.lang.Double";
  const whole = BigInt(text);
  if (whole === BigInt.asIntN(32, whole)) return "java.lang.Integer";
  return whole === BigInt.asIntN(64, whole) ? "java.lang.Long" : "java.math.BigInteger";
}

function stepText(step: Step): string {
  switch (step.type) {
    case "Members":
      return `[${step.names.map((name) => `'${name}'`).join(",")}]`;
    case "Indexes":
      return `[${step.indexes.join(",")}]`;
    case "Slice":
      return `[${step.from ?? ""}:${step.to ?? ""}]`;
    case "Wildcard":
      return "[*]";
    case "Filter":
      return "[?]";
    case "Scan":
      return `..${stepText(step.step)}`;
    case "Function":
      return `.${step.name}()`;
  }
}
