/** From a task's parameters, in the words of Step Functions, to the input of an SDK client. */
import type { Json, JsonObject } from "../../json/json.ts";
import { isArray, isObject } from "../../json/kind.ts";
import { isNumber, JsonNumber, numberText, toNumber } from "../../json/number.ts";
import { stringifyCompact } from "../../json/stringify.ts";
import { capitalised, javaMemberName } from "./java-names.ts";
import { nearest } from "./nearest.ts";
import type { SdkMember, SdkSchema, SdkStructure } from "./sdk-schema.ts";
import { emittedName } from "./renamed-members.ts";

/** The input of a client's command. */
export type ClientInput = Readonly<Record<string, unknown>>;

/** A parameter that cannot be sent. The message names the field, in AWS's words where they are known. */
export class UnusableParameter extends Error {
  override readonly name = "UnusableParameter";
}

/** Throws UnusableParameter. `schema`: of the operation's input. */
export function clientInput(schema: SdkSchema, parameters: Json): ClientInput {
  const given = parameters === null ? {} : parameters;
  if (!isObject(given)) throw new UnusableParameter("The parameters must be a JSON object");
  if (schema.type !== "structure") {
    const [field] = Object.keys(given);
    if (field !== undefined) throw unsupported(field, []);
    return {};
  }
  const input = structureValue(schema, given);
  for (const { name, isHttpLabel } of schema.members) {
    // The service itself tells of other members that it misses.
    if (!isHttpLabel || (input[name] ?? "") !== "") continue;
    const field = javaMemberName(emittedName(schema.name, name));
    throw new UnusableParameter(`The field '${field}' is required but was missing`);
  }
  return input;
}

/** Members by the names that Step Functions knows them by. */
const known = new WeakMap<SdkStructure, ReadonlyMap<string, SdkMember>>();

function membersOf(structure: SdkStructure): ReadonlyMap<string, SdkMember> {
  let members = known.get(structure);
  if (members === undefined) {
    // The API's own spelling is taken as well (`SS` beside `Ss`), Java's wins.
    members = new Map([
      ...structure.members.map((member) => [capitalised(member.name), member] as const),
      ...structure.members.map(
        (member) => [javaMemberName(emittedName(structure.name, member.name)), member] as const,
      ),
    ]);
    known.set(structure, members);
  }
  return members;
}

function structureValue(structure: SdkStructure, given: JsonObject): ClientInput {
  const members = membersOf(structure);
  const input: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(given)) {
    const member = members.get(field);
    if (member === undefined) throw unsupported(field, suggestions(structure));
    const converted = memberValue(member.schema(), value, field);
    if (converted !== undefined) input[member.name] = converted;
  }
  return input;
}

/** `null` counts as absent, except as the content of a stream (recorded from AWS). */
function memberValue(schema: SdkSchema, value: Json, field: string): unknown {
  if (value === null && schema.type !== "streamingBlob" && schema.type !== "document") {
    return undefined;
  }
  return clientValue(schema, value, field);
}

function clientValue(schema: SdkSchema, value: Json, field: string): unknown {
  switch (schema.type) {
    case "structure":
      if (!isObject(value)) throw wrongType(field, "an OBJECT");
      return structureValue(schema, value);
    case "list": {
      if (!isArray(value)) throw wrongType(field, "an ARRAY");
      const element = schema.element();
      return value.map((item) => (item === null ? null : clientValue(element, item, field)));
    }
    case "map": {
      if (!isObject(value)) throw wrongType(field, "an OBJECT");
      return mapValue(schema.value(), value);
    }
    case "string":
      return textValue(value, field);
    case "boolean":
      return booleanValue(value, field);
    case "number":
    case "bigDecimal":
      if (!isNumber(value)) throw wrongType(field, "a NUMBER");
      return toNumber(value);
    case "bigInteger":
      if (!isNumber(value) || !/^-?\d+$/.test(numberText(value))) {
        throw wrongType(field, "an INTEGER");
      }
      return BigInt(numberText(value));
    case "timestamp":
      return timeValue(value, field);
    case "blob":
      return Buffer.from(typeof value === "string" ? value : stringifyCompact(value));
    case "streamingBlob":
      // A text is a JSON value like any other: its quotation marks are sent too (recorded from AWS).
      return Buffer.from(stringifyCompact(value));
    case "document":
    case "unknown":
      return plainValue(value);
  }
}

/** Keys are data: they stay as they are. */
function mapValue(schema: SdkSchema, given: JsonObject): ClientInput {
  // Without a prototype a key `__proto__` is one like any other.
  const map = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(given)) {
    map[key] = value === null ? null : clientValue(schema, value, key);
  }
  return map;
}

/** An object or an array becomes its JSON text (recorded from AWS: `Input` of startExecution). */
function textValue(value: Json, field: string): string {
  if (typeof value === "string") return value;
  if (isObject(value) || isArray(value)) return stringifyCompact(value);
  throw wrongType(field, "a STRING");
}

/** What AWS takes for a boolean, recorded: also words and whole numbers. */
function booleanValue(value: Json, field: string): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") {
    const word = value.trim();
    if (["true", "True", "TRUE"].includes(word)) return true;
    if (["false", "False", "FALSE"].includes(word)) return false;
    if (word === "" || word === "null") return undefined;
    throw new UnusableParameter(
      `Cannot deserialize value of type \`java.lang.Boolean\` from String "${value}": only "true" or "false" recognized`,
    );
  }
  if (isNumber(value)) {
    if (/^-?\d+$/.test(numberText(value))) return toNumber(value) !== 0;
    throw new UnusableParameter(
      "Cannot deserialize value of type `java.lang.Boolean` from Floating-point value (token `JsonToken.VALUE_NUMBER_FLOAT`)",
    );
  }
  throw wrongType(field, "a BOOLEAN");
}

/** ISO 8601, or a number of seconds since 1970. */
function timeValue(value: Json, field: string): Date {
  const time =
    typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value)
      ? new Date(value)
      : isNumber(value)
        ? new Date(toNumber(value) * 1_000)
        : undefined;
  if (time === undefined || Number.isNaN(time.getTime())) {
    throw wrongType(field, "a TIMESTAMP (ISO 8601, like 2030-01-02T03:04:05Z)");
  }
  return time;
}

function plainValue(value: Json): unknown {
  if (isArray(value)) return value.map(plainValue);
  if (value instanceof JsonNumber) return value.value;
  if (!isObject(value)) return value;
  const plain = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) plain[key] = plainValue(item);
  return plain;
}

function wrongType(field: string, type: string): UnusableParameter {
  return new UnusableParameter(`The value for the field '${field}' must be ${type}`);
}

/** The content of a stream is not among the request's members in Java, and never suggested (recorded). */
function suggestions(structure: SdkStructure): string[] {
  return structure.members
    .filter(({ schema }) => schema().type !== "streamingBlob")
    .map(({ name }) => javaMemberName(emittedName(structure.name, name)));
}

/** Words that share nothing with what was written are no help; AWS has about this measure. */
const MAX_DISTANCE = 5;

function unsupported(field: string, names: readonly string[]): UnusableParameter {
  const [suggestion] = nearest(field, names, { maxDistance: MAX_DISTANCE, count: 1 });
  const hint = suggestion === undefined ? "" : `. Did you mean '${suggestion}'?`;
  return new UnusableParameter(`The field "${field}" is not supported by Step Functions${hint}`);
}
