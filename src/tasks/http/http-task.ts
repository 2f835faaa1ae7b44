/** The parameters of one `http:invoke`, read. The interpreter has checked them before. */
import type { Json, JsonObject } from "../../json/json.ts";
import { isArray, isObject } from "../../json/kind.ts";
import { TaskFailure } from "../task-failure.ts";
import { type ArrayFormat, scalarText } from "./form-encoding.ts";

export interface HttpTask {
  readonly url: URL;
  readonly method: string;
  readonly connectionArn: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Undefined: none. */
  readonly body: Json | undefined;
  /** Undefined: the body is sent as JSON, a text as it is. */
  readonly formEncoding: ArrayFormat | undefined;
}

/** @throws TaskFailure States.Runtime. */
export function readHttpTask(parameters: Json): HttpTask {
  const fields = objectIn(parameters);
  const connection = objectIn(fields["InvocationConfig"] ?? fields["Authentication"]);
  const transform = objectIn(fields["Transform"]);
  const { ArrayFormat: format = "INDICES" } = objectIn(transform["RequestEncodingOptions"]);
  return {
    url: readUrl(textIn(fields, "ApiEndpoint")),
    method: textIn(fields, "Method"),
    connectionArn: textIn(connection, "ConnectionArn"),
    headers: pairsIn(fields["Headers"]),
    query: pairsIn(fields["QueryParameters"]),
    body: fields["RequestBody"] ?? undefined,
    formEncoding:
      transform["RequestBodyEncoding"] === "URL_ENCODED" ? (format as ArrayFormat) : undefined,
  };
}

function readUrl(text: string): URL {
  if (!URL.canParse(text)) {
    throw new TaskFailure("States.Runtime", `The field 'ApiEndpoint' is no URL: ${text}`);
  }
  const url = new URL(text);
  url.hash = "";
  return url;
}

function textIn(fields: JsonObject, name: string): string {
  const value = fields[name];
  if (typeof value === "string") return value;
  throw new TaskFailure("States.Runtime", `The field '${name}' is required but was missing`);
}

function objectIn(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** A list of values repeats the name. */
function pairsIn(value: Json | undefined): [string, string][] {
  return Object.entries(objectIn(value)).flatMap(([name, member]) =>
    (isArray(member) ? member : [member]).map((one): [string, string] => [name, scalarText(one)]),
  );
}
