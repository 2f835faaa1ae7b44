/**
 * The only way in which tasks send HTTP requests to hosts that an author of state machines names.
 * Names are resolved once, every address is checked, and the connection goes to what was checked: a
 * name that changes its address meanwhile (DNS rebinding) gains nothing. No redirects are followed,
 * no proxies of the environment are used.
 */
import { lookup } from "node:dns/promises";
import { request as requestHttp, type ClientRequest, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { linkedAbort } from "../linked-abort.ts";
import { addressOf, type HttpAccess, refusal } from "./http-access.ts";

export type Header = readonly [name: string, value: string];

export interface HttpRequest {
  readonly method: string;
  /** `https:` or `http:`; without a user name and password. */
  readonly url: URL;
  /** As they are to be written. `Host`, `Content-Length` and `Connection` are the client's. */
  readonly headers: readonly Header[];
  /** Undefined: none, which is not the same as an empty one. */
  readonly body: string | undefined;
}

export interface HttpAnswer {
  readonly statusCode: number;
  /** The reason phrase; often "". */
  readonly statusText: string;
  /** With their letter case, in order. */
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

export interface SendOptions {
  /** Ends the request; `send` rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** For everything from the look-up of the name to the last byte. Default 60 s, AWS's quota. */
  readonly timeoutMs?: number | undefined;
  /** Default 262,144, AWS's quota. */
  readonly maxBodyBytes?: number | undefined;
}

export interface HttpClient {
  /** Rejects with HttpClientError. An answer with any status resolves. */
  send(request: HttpRequest, options: SendOptions): Promise<HttpAnswer>;
}

/** Why there is no answer. The message contains no header, query parameter or body. */
export class HttpClientError extends Error {
  override readonly name = "HttpClientError";
  /**
   * - Refused: nothing was sent, the target is not open; the message names the option that opens it.
   * - Invalid: nothing was sent, the request cannot be written.
   * - TimedOut, Failed: perhaps it was carried out.
   * - TooLarge: the answer's body exceeds the bound.
   */
  readonly kind: "Refused" | "Invalid" | "TimedOut" | "Failed" | "TooLarge";

  constructor(kind: HttpClientError["kind"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** All addresses of a name, in order of preference. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface HttpClientOptions {
  readonly access: HttpAccess;
  /** Default: the system's resolver with its hosts file. */
  readonly resolve?: Resolve | undefined;
  /** Certificates to trust in place of Node's; PEM. */
  readonly ca?: string | undefined;
}

const TIMEOUT_MS = 60_000;
const MAX_BODY_BYTES = 262_144;
const MAX_HEADER_BYTES = 32 * 1024;
/** A request of these says so when it has no body (RFC 9110, 8.6). */
const BODY_EXPECTED = new Set(["POST", "PUT", "PATCH"]);

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { access, ca } = options;
  const resolve = options.resolve ?? resolveBySystem;
  return {
    async send(request, { signal, timeoutMs = TIMEOUT_MS, maxBodyBytes = MAX_BODY_BYTES }) {
      signal.throwIfAborted();
      const { url } = request;
      checkUrl(url);
      const over = linkedAbort(signal, timeoutMs);
      try {
        const addresses = await addressesOf(url, resolve, over.signal);
        const reason = refusal(access, url, addresses);
        if (reason !== undefined) throw refused(url, reason);
        return await exchange(request, { addresses, ca, signal: over.signal, maxBodyBytes });
      } catch (error) {
        if (error instanceof HttpClientError) throw error;
        if (signal.aborted) throw signal.reason;
        if (over.isLate) {
          const message = `Read timed out: no answer from ${url.host} within ${timeoutMs / 1000} seconds`;
          throw new HttpClientError("TimedOut", message, { cause: error });
        }
        const text = `Unable to execute HTTP request to ${url.host}: ${reasonOf(error)}`;
        throw new HttpClientError("Failed", text, { cause: error });
      } finally {
        over.release();
      }
    },
  };
}

/** RFC 6761, 6.3: these names mean loopback, whatever a name server says. */
const LOCALHOST = /(?:^|\.)localhost\.?$/i;

async function resolveBySystem(name: string): Promise<readonly string[]> {
  const host = LOCALHOST.test(name) ? "localhost" : name;
  return (await lookup(host, { all: true, order: "verbatim" })).map(({ address }) => address);
}

function checkUrl(url: URL): void {
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new HttpClientError("Refused", `${url.protocol} is not called; use an https URL`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new HttpClientError(
      "Refused",
      `A URL with a user name or password is not called (${url.host}); put them into a connection`,
    );
  }
}

function refused(url: URL, reason: string): HttpClientError {
  return new HttpClientError(
    "Refused",
    `${url.protocol}//${url.host} is not called: ${reason}. ` +
      `The operator of this server can open it with --allow-http-host ${url.host}`,
  );
}

/** Node does not look up literal addresses, so they are told apart here. */
async function addressesOf(
  url: URL,
  resolve: Resolve,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const literal = addressOf(url.hostname);
  return literal === undefined ? untilAborted(resolve(url.hostname), signal) : [literal.toString()];
}

interface ExchangeOptions {
  /** Checked. */
  readonly addresses: readonly string[];
  readonly ca: string | undefined;
  readonly signal: AbortSignal;
  readonly maxBodyBytes: number;
}

function exchange(request: HttpRequest, options: ExchangeOptions): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const call = open(request, options);
    // Not only once: a connection can break again while it is being given up.
    call.on("error", reject);
    // Neither an answer nor an error: without this nothing would ever end the call.
    call.once("upgrade", (_response, socket) => {
      socket.destroy();
      reject(new Error("the server switches to another protocol"));
    });
    call.once("response", (response) => {
      readBody(response, options.maxBodyBytes).then(
        (body) => resolve(answerOf(response, body)),
        (error: unknown) => {
          call.destroy();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
    call.end(request.body);
  });
}

function open(
  { method, url, headers, body }: HttpRequest,
  options: ExchangeOptions,
): ClientRequest {
  const { addresses, ca, signal } = options;
  const bytes = body === undefined ? 0 : Buffer.byteLength(body);
  const length: Header[] =
    body === undefined && !BODY_EXPECTED.has(method) ? [] : [["Content-Length", String(bytes)]];
  const all: readonly Header[] = [["Host", url.host], ...headers, ...length];
  const settings = {
    method,
    // Names and values in turn are written as they are, also two that differ in letter case only.
    headers: all.flat(),
    // A connection of its own: nothing is shared with other requests, and no environment is asked.
    agent: false as const,
    lookup: lookupIn(addresses),
    maxHeaderSize: MAX_HEADER_BYTES,
    signal,
  };
  try {
    return url.protocol === "https:"
      ? requestHttps(url, { ...settings, ...(ca === undefined ? {} : { ca }) })
      : requestHttp(url, settings);
  } catch (error) {
    // Node names the header, never its value.
    throw new HttpClientError("Invalid", `The request cannot be sent: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** Gives the socket the addresses that were checked. */
function lookupIn(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  return (_host, { all }, callback) => {
    const [first] = found;
    if (all === true) callback(null, found);
    else callback(null, first?.address ?? "", first?.family);
  };
}

async function readBody(response: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      throw new HttpClientError("TooLarge", `The answer's body has more than ${limit} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function answerOf(response: IncomingMessage, body: Buffer): HttpAnswer {
  const { rawHeaders, statusCode = 0, statusMessage = "" } = response;
  const headers: Header[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    headers.push([rawHeaders[i] ?? "", rawHeaders[i + 1] ?? ""]);
  }
  return { statusCode, statusText: statusMessage, headers, body };
}

async function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let aborted: (() => void) | undefined;
  const abortion = new Promise<never>((_, reject) => {
    aborted = () => reject(signal.reason as Error);
    signal.addEventListener("abort", aborted, { once: true });
  });
  try {
    return await Promise.race([promise, abortion]);
  } finally {
    if (aborted !== undefined) signal.removeEventListener("abort", aborted);
  }
}

/** Errors of several addresses come without a text of their own. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === "" && "code" in error ? String(error.code) : error.message;
}
