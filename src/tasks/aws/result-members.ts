/** From the output of an SDK client to a task's result, in the words of Step Functions. */
import { Readable } from "node:stream";
import type { Json, JsonObject } from "../../json/json.ts";
import { objectOf } from "../../json/kind.ts";
import { numberFromLiteral } from "../../json/number.ts";
import { type ResultStyle, resultStyle, timeText } from "./result-style.ts";
import type { LazySchema, SdkMember, SdkSchema, SdkStructure } from "./sdk-schema.ts";

/**
 * The result of a call. Members under those names and in the order of the alphabet, a stream last, as AWS has them; absent
 * ones are left out, `$metadata` too. Rejects with what broke a stream.
 */
export async function resultOf(
  schema: SdkSchema,
  output: unknown,
  style: ResultStyle = resultStyle(),
): Promise<JsonObject> {
  if (schema.type !== "structure" || !isRecord(output)) return {};
  const streams: [string, Json][] = [];
  for (const { name, schema: member } of schema.members) {
    const value = output[name];
    if (member().type !== "streamingBlob" || value === undefined) continue;
    streams.push([style.name(schema, name), textOf(await readStream(value))]);
  }
  return objectOf([...entriesOf(schema, output, style), ...streams]);
}

function* entriesOf(
  structure: SdkStructure,
  output: Readonly<Record<string, unknown>>,
  style: ResultStyle,
): Generator<readonly [string, Json]> {
  for (const { name, shownAs, schema } of shownMembers(structure, style)) {
    const type = schema();
    const value = output[name] ?? (style.emptyLists && type.type === "list" ? [] : undefined);
    if (value !== undefined) yield [shownAs, resultValue(type, value, style)];
  }
}

interface ShownMember extends Pick<SdkMember, "name" | "schema"> {
  readonly shownAs: string;
}

/** By the way of naming; an answer can have a hundred thousand structures of one kind. */
const shown = new WeakMap<ResultStyle["name"], WeakMap<SdkStructure, readonly ShownMember[]>>();

/** The members that are no streams, in the order of the alphabet. */
function shownMembers(structure: SdkStructure, { name }: ResultStyle): readonly ShownMember[] {
  let ofStyle = shown.get(name);
  if (ofStyle === undefined) shown.set(name, (ofStyle = new WeakMap()));
  let members = ofStyle.get(structure);
  if (members === undefined) {
    members = structure.members
      .filter(({ schema }) => schema().type !== "streamingBlob")
      .map((member) => ({
        name: member.name,
        schema: once(member.schema),
        shownAs: name(structure, member.name),
      }))
      .toSorted((left, right) => (left.shownAs < right.shownAs ? -1 : 1));
    ofStyle.set(structure, members);
  }
  return members;
}

/** Schemas may contain themselves, so they are read when they are needed. */
function once(schema: LazySchema): LazySchema {
  let known: SdkSchema | undefined;
  return () => (known ??= schema());
}

function resultValue(schema: SdkSchema, value: unknown, style: ResultStyle): Json {
  if (value === null || value === undefined) return null;
  switch (schema.type) {
    case "structure":
      return isRecord(value) ? objectOf(entriesOf(schema, value, style)) : plainJson(value);
    case "list": {
      const element = schema.element();
      return Array.isArray(value)
        ? value.map((item: unknown) => resultValue(element, item, style))
        : plainJson(value);
    }
    case "map": {
      const entry = schema.value();
      return isRecord(value)
        ? objectOf(
            Object.entries(value).map(([key, item]) => [key, resultValue(entry, item, style)]),
          )
        : plainJson(value);
    }
    case "timestamp":
      return value instanceof Date ? style.time(value) : plainJson(value);
    case "string":
      return isLazyJson(value) ? value.toString() : plainJson(value);
    default:
      return plainJson(value);
  }
}

/** A value as the client gives it where no schema tells more. */
function plainJson(value: unknown): Json {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "bigint":
      return numberFromLiteral(String(value));
    default:
      break;
  }
  if (value instanceof Date) return timeText(value);
  if (value instanceof Uint8Array) return textOf(value);
  if (Array.isArray(value)) return value.map(plainJson);
  // The client's own class for decimals.
  if (isNumericValue(value)) return numberFromLiteral(value.string);
  if (!isRecord(value)) return null;
  return objectOf(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, plainJson(item)]),
  );
}

/** AWS's texts are the bytes as UTF-8 (recorded); bytes that are none become Base64. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("base64");
  }
}

/** Its length is bounded by the reader of the HTTP answer. */
async function readStream(body: unknown): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body);
  if (!(body instanceof Readable)) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function isNumericValue(value: unknown): value is { readonly string: string } {
  return isRecord(value) && typeof value["string"] === "string" && "type" in value;
}

/** A text of JSON that parses itself when it is asked to. */
interface LazyJson {
  readonly toString: () => string;
  readonly deserializeJSON: () => unknown;
}

function isLazyJson(value: unknown): value is LazyJson {
  return typeof value === "object" && value !== null && "deserializeJSON" in value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
