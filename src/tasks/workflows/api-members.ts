/**
 * Between the PascalCase of a task's parameters and result and the camelCase of the API, as version 2
 * of the AWS SDK for Java shows it to the states language.
 */
import type { Json } from "../../json/json.ts";
import { isArray, isObject, objectOf } from "../../json/kind.ts";
import { isNumber, toNumber } from "../../json/number.ts";
import { stringify } from "../../json/stringify.ts";
import type { ApiBody } from "./workflow-api.ts";

/** Members that are texts of JSON: another value becomes its text (recorded from AWS: `Input`). */
const JSON_TEXTS = new Set([
  "input",
  "output",
  "definition",
  "context",
  "variables",
  "result",
  "cause",
]);

/** Members whose keys are names that users gave, not members of the API. */
const FREE_KEYS = new Set(["VariableReferences"]);

/** The body of a request out of a task's parameters; `null` counts as absent. */
export function requestBody(parameters: { readonly [key: string]: Json }): ApiBody {
  return membersOf(parameters);
}

function membersOf(object: { readonly [key: string]: Json }): ApiBody {
  const body: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(object)) {
    if (value === null) continue;
    const name = lowerFirst(key);
    body[name] = JSON_TEXTS.has(name) ? jsonText(value) : requestValue(value);
  }
  return body;
}

function requestValue(value: Json): unknown {
  if (isArray(value)) return value.map(requestValue);
  if (isObject(value)) return membersOf(value);
  return isNumber(value) ? toNumber(value) : value;
}

/** A text is taken as it is. */
function jsonText(value: Json): string {
  return typeof value === "string" ? value : stringify(value);
}

/** A task's result out of the body of an answer: times as ISO 8601 texts, absent members left out. */
export function resultOf(body: ApiBody): Json {
  return objectOf(
    Object.entries(body)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => {
        const key = upperFirst(name);
        if (FREE_KEYS.has(key)) return [key, value as Json] as const;
        return [key, isTime(name, value) ? isoTime(value) : resultValue(value)] as const;
      }),
  );
}

function resultValue(value: unknown): Json {
  if (Array.isArray(value)) return value.map(resultValue);
  if (typeof value === "object" && value !== null) return resultOf(value as ApiBody);
  return value as Json;
}

function isTime(name: string, value: unknown): value is number {
  return typeof value === "number" && /(^timestamp|[dD]ate)$/.test(name);
}

/** As Java prints an instant: without a fraction of zero. `value`: epoch seconds. */
function isoTime(value: number): string {
  return new Date(Math.round(value * 1_000)).toISOString().replace(".000Z", "Z");
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
