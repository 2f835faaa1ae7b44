/**
 * The request of an HTTP task: what the state says, and over it what the connection says. Source:
 * "Merging EventBridge connection and HTTP Task definition data" in the Developer Guide, and recordings.
 */
import type { Json, JsonObject } from "../../json/json.ts";
import { isObject, objectOf } from "../../json/kind.ts";
import { stringify } from "../../json/stringify.ts";
import { TaskFailure } from "../task-failure.ts";
import { type ConnectionParameters, NO_PARAMETERS, type Parameter } from "./connection.ts";
import { formBody, queryString } from "./form-encoding.ts";
import type { Header, HttpRequest } from "./http-client.ts";
import type { HttpTask } from "./http-task.ts";

/** What a connection adds; the header with the credentials first. */
export interface Additions {
  readonly authorization: Header | undefined;
  readonly parameters: ConnectionParameters;
}

export const NO_ADDITIONS: Additions = { authorization: undefined, parameters: NO_PARAMETERS };

/** Step Functions asks for one byte more than it takes: what is longer is found out. */
export const MAX_BODY_BYTES = 262_144;

/** @throws TaskFailure States.Runtime if the bodies cannot be merged. */
export function composeRequest(task: HttpTask, additions: Additions, region: string): HttpRequest {
  const { authorization, parameters } = additions;
  const merged = mergeBody(task.body, parameters.body);
  const body = merged === undefined ? undefined : bodyText(merged, task.formEncoding);
  const added = [...(authorization === undefined ? [] : [authorization]), ...parameters.headers];
  const named = merge(task.headers, added).filter(([name]) => !FORCED.has(name.toLowerCase()));
  const hasType = named.some(([name]) => name.toLowerCase() === "content-type");
  const type = task.formEncoding === undefined ? JSON_TYPE : FORM_TYPE;
  return {
    method: task.method,
    url: urlWith(task.url, merge(task.query, parameters.query)),
    headers: [
      ...named,
      ...(body === undefined || hasType ? [] : [["Content-Type", type] as const]),
      ["User-Agent", `Amazon|StepFunctions|HttpInvoke|${region}`],
      ["Range", `bytes=0-${MAX_BODY_BYTES}`],
    ],
    body,
  };
}

const JSON_TYPE = "application/json; charset=UTF-8";
const FORM_TYPE = "application/x-www-form-urlencoded";
/** Whatever is said, these are Step Functions' own, or the client's. */
const FORCED = new Set([
  "user-agent",
  "range",
  "host",
  "content-length",
  "transfer-encoding",
  "connection",
]);

/** Recorded from AWS: names are the same only in the same letter case. */
function merge(
  own: readonly Parameter[],
  added: readonly Parameter[],
): readonly (readonly [string, string])[] {
  const names = new Set(added.map(([name]) => name));
  return [...own.filter(([name]) => !names.has(name)), ...added];
}

function urlWith(base: URL, query: readonly Parameter[]): URL {
  const url = new URL(base);
  if (query.length > 0) {
    url.search = [url.search.slice(1), queryString(query)].filter((part) => part !== "").join("&");
  }
  return url;
}

/** The order of the state's members stays. */
function mergeBody(own: Json | undefined, added: readonly Parameter[]): Json | undefined {
  if (added.length === 0) return own;
  if (own !== undefined && !isObject(own)) {
    throw new TaskFailure(
      "States.Runtime",
      "Cannot merge connection body authorization parameters with request body.",
    );
  }
  const members: JsonObject = own ?? {};
  return objectOf([...Object.entries(members), ...added]);
}

function bodyText(body: Json, encoding: HttpTask["formEncoding"]): string {
  if (typeof body === "string") return body;
  return encoding === undefined ? stringify(body) : formBody(body, encoding);
}
