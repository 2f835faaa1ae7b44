/**
 * What a request to an AWS service says, whatever SDK wrote it down. The differences between SDKs that
 * are none to the service are listed here, and nowhere else, each with its reason.
 */
import type { RecordedRequest } from "./request-recorder.ts";
import { readXml } from "./read-xml.ts";

export interface ComparableRequest {
  readonly method: string;
  readonly path: string;
  /** Sorted. */
  readonly query: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Headers that SDKs write each in their own way. */
const IGNORED_HEADERS = [
  /^(host|connection|content-length|transfer-encoding|accept|accept-encoding|expect)$/, // of HTTP
  /^(user-agent|x-amz-user-agent|amz-sdk-.*)$/, // who calls, and which try this is
  /^(authorization|x-amz-date|x-amz-content-sha256|x-amz-security-token)$/, // the signature
  /^(content-md5|x-amz-checksum-(crc.*|sha.*|mode)|x-amz-sdk-checksum-algorithm)$/, // checksums
  /^(x-amz-trailer|x-amz-decoded-content-length)$/, // checksums behind the body
  /^x-amzn-query-mode$/, // asks for error codes of the old protocol
  /^x-row$/, // of this test
];

const IGNORED_QUERY = [
  /^x-id=/, // names the operation; only the SDK for JavaScript sends it, services do not read it
  /^encoding-type=url$/, // the CLI asks S3 to encode keys and decodes them itself
];

/**
 * Of payloads that are no JSON the SDK for JavaScript names a type, the CLI does not; services read
 * them by the operation.
 */
const IGNORED_TYPES = new Set(["application/xml", "application/octet-stream"]);

/** Idempotency tokens that were not given are made by chance, or from the attempt. */
const TOKEN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `given`: the row's parameters as text; a UUID that is not among them is a made token. */
export function comparableRequest(request: RecordedRequest, given: string): ComparableRequest {
  const url = new URL(request.target, "http://service");
  const withoutTokens = (text: string): string =>
    TOKEN.test(text) && !given.includes(text) ? "<token>" : text;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || IGNORED_HEADERS.some((ignored) => ignored.test(name))) continue;
    headers[name] = withoutTokens(String(value));
  }
  const body = bodyOf(request);
  const type = mediaType(request);
  if (headers["content-encoding"] === "aws-chunked") delete headers["content-encoding"];
  // Without a body its type means nothing, and SDKs differ in whether they name one.
  if (type === "" || body === undefined || IGNORED_TYPES.has(type)) delete headers["content-type"];
  else headers["content-type"] = type;
  const target = headers["x-amz-target"];
  // SDKs differ in whether they write a namespace before the service's name.
  if (target !== undefined) headers["x-amz-target"] = target.split(".").slice(-2).join(".");
  return {
    method: request.method,
    // A bucket with and without a slash behind it is the same.
    path: decodeURIComponent(url.pathname).replace(/(.)\/$/, "$1"),
    query: [...url.searchParams.entries()]
      .map(([name, value]) => `${name}=${withoutTokens(value)}`)
      .filter((text) => !IGNORED_QUERY.some((ignored) => ignored.test(text)))
      .toSorted(),
    headers,
    body: withTexts(body, withoutTokens),
  };
}

function mediaType({ headers }: RecordedRequest): string {
  return (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/** The decoded body: JSON, the fields of a form, XML as a tree, else text; undefined: there is none. */
function bodyOf(request: RecordedRequest): unknown {
  const { "content-encoding": encoding, "x-amz-content-sha256": hash } = request.headers;
  const isChunked = encoding === "aws-chunked" || String(hash).startsWith("STREAMING-");
  const bytes = isChunked ? unchunked(request.body) : request.body;
  const text = bytes.toString();
  if (text === "") return undefined;
  const type = mediaType(request);
  if (type.includes("json") && request.headers["x-amz-target"] !== undefined) return read(text);
  if (type === "application/json") {
    const body = read(text);
    // An operation without members in its body: some SDKs write an empty object.
    return isEmptyObject(body) ? undefined : body;
  }
  if (type === "application/x-www-form-urlencoded") {
    return Object.fromEntries(new URLSearchParams(text).entries());
  }
  if (text.startsWith("<")) return readXml(text);
  return text;
}

function read(text: string): unknown {
  return JSON.parse(text) as unknown;
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** Takes off the chunks around a body that is followed by its checksum. */
function unchunked(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (end < 0 || Number.isNaN(size)) throw new Error(`no aws-chunked body: ${body.toString()}`);
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => withTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withTexts(member, change)]),
  );
}
