/**
 * The rules for the parameters of `http:invoke`. They hold twice: for what a definition says
 * literally, when it is created, and for the parameters of every attempt. Source: "Call HTTPS APIs in
 * Step Functions workflows" in the Developer Guide; the texts are AWS's where one is recorded.
 */
import { jsonataText } from "../data/jsonata/template.ts";
import type { Json, JsonObject } from "../json/json.ts";
import { isArray, isObject } from "../json/kind.ts";
import { isNumber } from "../json/number.ts";

export interface ParameterProblem {
  /** Where: "" for the parameters themselves, `/Transform` for an object inside of them. */
  readonly at: string;
  readonly message: string;
}

/** How values are written that are known only when the state runs; `None`: all are known. */
export type Notation = "JSONPath" | "JSONata" | "None";

export const HTTP_METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"] as const;
export const BODY_ENCODINGS = ["NONE", "URL_ENCODED"] as const;
export const ARRAY_FORMATS = ["INDICES", "REPEAT", "COMMAS", "BRACKETS"] as const;

const FIELDS = [
  "ApiEndpoint",
  "Method",
  "InvocationConfig",
  "Authentication",
  "Headers",
  "QueryParameters",
  "RequestBody",
  "Transform",
];
const CONNECTIONS = ["Authentication", "InvocationConfig"];

/** Without a user name and password: these belong into a connection. */
const ENDPOINT = /^https?:\/\/[^\s/?#@\\]+(?:[/?#]|$)/i;
const CONNECTION_ARN =
  /^arn:aws[a-z-]*:events:[a-z0-9-]*:(?:\d{12})?:connection\/[.\-_A-Za-z0-9]+(?:\/[-A-Za-z0-9]+)?$/;

/** In lower case. User-Agent, Range and Host are AWS's own; of these only Host is refused. */
const REFUSED_HEADERS = new Set([
  "a-im",
  "accept-charset",
  "accept-datetime",
  "accept-encoding",
  "authorization",
  "cache-control",
  "connection",
  "content-encoding",
  "content-md5",
  "date",
  "expect",
  "forwarded",
  "from",
  "host",
  "http2-settings",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "max-forwards",
  "origin",
  "pragma",
  "proxy-authorization",
  "referer",
  "server",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
  "warning",
  // Not on AWS's list; two lengths in a request are a way to smuggle another one in.
  "content-length",
]);
const REFUSED_PREFIXES = ["x-forwarded-", "x-amz-", "x-amzn-"];

/** What is wrong with the parameters; empty: nothing. */
export function httpParameterProblems(
  parameters: Json,
  notation: Notation,
): readonly ParameterProblem[] {
  if (!isObject(parameters)) {
    return [{ at: "", message: "The field 'ApiEndpoint' is required but was missing" }];
  }
  const check = new ParameterCheck(notation);
  check.all(parameters);
  return check.problems;
}

/** A value that is there, but known only when the state runs. */
const LATER = Symbol("later");
type Read = Json | typeof LATER | undefined;

class ParameterCheck {
  readonly problems: ParameterProblem[] = [];
  readonly #notation: Notation;

  constructor(notation: Notation) {
    this.#notation = notation;
  }

  all(parameters: JsonObject): void {
    const fields = this.#members(parameters);
    this.#supported(fields, FIELDS, "");
    this.#text(fields, "ApiEndpoint", "", (value) => ENDPOINT.test(value));
    if (!fields.has("ApiEndpoint")) this.#missing("ApiEndpoint", "");
    if (!fields.has("Method")) this.#missing("Method", "");
    this.#oneOf(fields, "Method", HTTP_METHODS, "");
    this.#connection(fields);
    this.#headers(fields.get("Headers"));
    this.#pairs(fields.get("QueryParameters"), "QueryParameters");
    this.#transform(fields);
  }

  #connection(fields: ReadonlyMap<string, Read>): void {
    const given = CONNECTIONS.filter((name) => fields.has(name));
    if (given.length > 1) {
      const message = `There should only be one of the following fields: [${CONNECTIONS.join(", ")}]`;
      this.#report("", message);
    }
    if (given.length === 0) this.#missing("InvocationConfig", "");
    for (const name of given) {
      const at = `/${name}`;
      const members = this.#object(fields, name, "");
      if (members === undefined) continue;
      this.#supported(members, ["ConnectionArn"], at);
      if (!members.has("ConnectionArn")) this.#missing("ConnectionArn", at);
      this.#text(members, "ConnectionArn", at, (value) => CONNECTION_ARN.test(value));
    }
  }

  #headers(value: Read): void {
    if (!this.#pairs(value, "Headers")) return;
    const names = [...this.#members(value).keys()].map((name) => name.toLowerCase());
    const refused = names.filter(isRefused);
    if (refused.length === 0) return;
    this.#report("", `The 'Headers' field contains unsupported values: [${refused.join(", ")}]`);
  }

  /** Names and values, also lists of values; true if they are known. */
  #pairs(value: Read, name: string): value is JsonObject {
    if (value === undefined || value === null || value === LATER) return false;
    const isPair = (member: Read): boolean => {
      if (member === undefined || member === LATER) return true;
      return isArray(member) ? member.every(isScalar) : isScalar(member);
    };
    if (isObject(value) && [...this.#members(value).values()].every(isPair)) return true;
    this.#malformed(name, "");
    return false;
  }

  #transform(fields: ReadonlyMap<string, Read>): void {
    const at = "/Transform";
    const members = this.#object(fields, "Transform", "");
    if (members === undefined) return;
    this.#supported(members, ["RequestBodyEncoding", "RequestEncodingOptions"], at);
    this.#oneOf(members, "RequestBodyEncoding", BODY_ENCODINGS, at);
    const options = this.#object(members, "RequestEncodingOptions", at);
    if (options === undefined) return;
    this.#supported(options, ["ArrayFormat"], `${at}/RequestEncodingOptions`);
    this.#oneOf(options, "ArrayFormat", ARRAY_FORMATS, `${at}/RequestEncodingOptions`);
  }

  /** The members of a field that is an object; undefined: it is none, or not known yet. */
  #object(
    fields: ReadonlyMap<string, Read>,
    name: string,
    at: string,
  ): ReadonlyMap<string, Read> | undefined {
    const value = fields.get(name);
    if (value === undefined || value === null || value === LATER) return undefined;
    if (isObject(value)) return this.#members(value);
    return this.#report(at, `The value for the field '${name}' must be an OBJECT`);
  }

  #text(
    fields: ReadonlyMap<string, Read>,
    name: string,
    at: string,
    isWellFormed: (value: string) => boolean,
  ): void {
    const value = fields.get(name);
    if (value === undefined || value === LATER) return;
    if (typeof value !== "string") this.#mustBeText(name, at);
    else if (!isWellFormed(value)) this.#malformed(name, at);
  }

  #oneOf(
    fields: ReadonlyMap<string, Read>,
    name: string,
    words: readonly string[],
    at: string,
  ): void {
    const value = fields.get(name);
    if (value === undefined || value === LATER) return;
    if (typeof value !== "string") this.#mustBeText(name, at);
    else if (!words.includes(value)) {
      const list = words.join(", ");
      this.#report(at, `The field '${name}' should have one of these values: [${list}]`);
    }
  }

  #supported(fields: ReadonlyMap<string, Read>, known: readonly string[], at: string): void {
    for (const name of fields.keys()) {
      if (known.includes(name)) continue;
      this.#report(at, `The field '${name}' is not supported by Step Functions`);
    }
  }

  #missing(name: string, at: string): void {
    this.#report(at, `The field '${name}' is required but was missing`);
  }

  #mustBeText(name: string, at: string): void {
    this.#report(at, `The value for the field '${name}' must be a STRING`);
  }

  #malformed(name: string, at: string): void {
    this.#report(at, `The value of the field '${name}' has an invalid format`);
  }

  #report(at: string, message: string): undefined {
    this.problems.push({ at, message });
  }

  #members(object: JsonObject): Map<string, Read> {
    const members = new Map<string, Read>();
    for (const [key, value] of Object.entries(object)) {
      if (this.#notation === "JSONPath" && key.endsWith(".$")) members.set(key.slice(0, -2), LATER);
      else members.set(key, this.#isExpression(value) ? LATER : value);
    }
    return members;
  }

  #isExpression(value: Json): boolean {
    return (
      this.#notation === "JSONata" && typeof value === "string" && jsonataText(value) !== undefined
    );
  }
}

function isScalar(value: Json): boolean {
  return (
    value === null || typeof value === "string" || typeof value === "boolean" || isNumber(value)
  );
}

function isRefused(name: string): boolean {
  return REFUSED_HEADERS.has(name) || REFUSED_PREFIXES.some((prefix) => name.startsWith(prefix));
}
