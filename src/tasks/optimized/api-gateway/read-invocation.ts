/**
 * The parameters of `apigateway:invoke`, read. Source: "Create API Gateway REST APIs with Step
 * Functions" in the Developer Guide.
 */
import type { TaskCall } from "../../../engine/ports.ts";
import type { Json, JsonObject } from "../../../json/json.ts";
import { isArray, isObject, objectOf } from "../../../json/kind.ts";
import { stringify } from "../../../json/stringify.ts";
import { percentEncode, queryString, scalarText } from "../../http/form-encoding.ts";
import { at, textAt } from "../members.ts";
import { refused } from "../refused.ts";

export interface Invocation {
  readonly method: string;
  readonly url: URL;
  /** A name with several values stands there several times. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
  /** Whether the request is signed. */
  readonly isSigned: boolean;
}

const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];
const METHODS_WITH_BODY = new Set(["PATCH", "POST", "PUT"]);
const AUTH_TYPES = ["NO_AUTH", "IAM_ROLE", "RESOURCE_POLICY"];

const FORBIDDEN_PREFIX = /^x-(?:forwarded|amz)/i;
const FORBIDDEN_HEADERS = new Set([
  "authorization",
  "connection",
  "content-md5",
  "expect",
  "host",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "te",
  "transfer-encoding",
  "trailer",
  "upgrade",
  "via",
  "www-authenticate",
]);

/** Throws TaskFailure: nothing retries or catches what cannot be sent. */
export function readInvocation(call: TaskCall): Invocation {
  const { parameters } = call;
  if (!isObject(parameters)) throw refused(call, "The parameters must be a JSON object");
  const method = oneOf(call, parameters, "Method", METHODS);
  const auth =
    at(parameters, "AuthType") === undefined
      ? "NO_AUTH"
      : oneOf(call, parameters, "AuthType", AUTH_TYPES);
  const body = bodyOf(parameters, method);
  const headers = headersOf(call, parameters);
  const hasType = headers.some(([name]) => name.toLowerCase() === "content-type");
  return {
    method,
    url: urlOf(call, parameters),
    headers:
      body === undefined || hasType ? headers : [...headers, ["Content-Type", "application/json"]],
    body,
    isSigned: auth !== "NO_AUTH",
  };
}

function oneOf(
  call: TaskCall,
  parameters: JsonObject,
  field: string,
  allowed: readonly string[],
): string {
  const value = textAt(parameters, field);
  if (value !== undefined && allowed.includes(value)) return value;
  throw refused(call, `The field '${field}' must be one of ${allowed.join(", ")}`);
}

/** A host, as on AWS; or a scheme with a host, for a work-alike on this machine. */
const ENDPOINT = /^(?:https?:\/\/)?[A-Za-z0-9.-]+(?::\d{1,5})?$/;

function urlOf(call: TaskCall, parameters: JsonObject): URL {
  const endpoint = textAt(parameters, "ApiEndpoint") ?? "";
  if (!ENDPOINT.test(endpoint)) {
    const example = "abcde12345.execute-api.us-east-1.amazonaws.com";
    throw refused(call, `The field 'ApiEndpoint' must be a host name like ${example}`);
  }
  const origin = endpoint.includes("://") ? endpoint : `https://${endpoint}`;
  const path = [textAt(parameters, "Stage") ?? "", textAt(parameters, "Path") ?? ""]
    .flatMap((part) => part.split("/"))
    .filter((part) => part !== "");
  if (path.some((part) => part === "." || part === "..")) {
    throw refused(call, "The field 'Path' must not contain the segments '.' and '..'");
  }
  if (!URL.canParse(origin)) throw refused(call, `The field 'ApiEndpoint' is no host: ${endpoint}`);
  const url = new URL(origin);
  url.pathname = `/${path.map(percentEncode).join("/")}`;
  url.search = queryString(pairsOf(at(parameters, "QueryParameters")));
  return url;
}

function headersOf(call: TaskCall, parameters: JsonObject): Invocation["headers"] {
  const headers = pairsOf(at(parameters, "Headers"));
  for (const [name] of headers) {
    if (FORBIDDEN_PREFIX.test(name) || FORBIDDEN_HEADERS.has(name.toLowerCase())) {
      throw refused(call, `The header '${name}' in the field 'Headers' is not allowed`);
    }
  }
  return headers;
}

/** A list of values repeats the name. */
function pairsOf(value: Json | undefined): [string, string][] {
  if (!isObject(value ?? null)) return [];
  return Object.entries(value as JsonObject).flatMap(([name, member]) =>
    (isArray(member) ? member : [member])
      .filter((one) => one !== null)
      .map((one): [string, string] => [name, scalarText(one)]),
  );
}

function bodyOf(parameters: JsonObject, method: string): string | undefined {
  const body = at(parameters, "RequestBody");
  if (body === undefined || !METHODS_WITH_BODY.has(method)) return undefined;
  if (typeof body === "string") return body;
  return stringify(at(parameters, "AllowNullValues") === true ? body : withoutNulls(body));
}

/** Members that are null are not sent unless that is asked for (documented). */
function withoutNulls(value: Json): Json {
  if (isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return objectOf(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
}
