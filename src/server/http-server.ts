/** The API over HTTP, on node:http. */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { isIPv6 } from "node:net";
import type { AddressInfo } from "node:net";
import type { Api } from "../api/api.ts";
import { ApiError } from "../api/errors.ts";
import { outputText } from "../api/output-text.ts";
import { checkBindAddress } from "./bind-address.ts";
import type { HttpHandler } from "./http-handler.ts";
import { endWatch } from "./delivery.ts";
import { Exchange } from "./exchange.ts";
import { checkContentType, Guard, Headers } from "./guard.ts";
import { SilentConnections } from "./silent-connections.ts";
import { MAX_BODY_BYTES, readBody, readTarget } from "./wire.ts";

/** What the server writes; pino's loggers fit. */
export interface Logger {
  error(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export interface HttpServerOptions {
  readonly api: Api;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Further host names of the server, without ports. */
  readonly allowHosts: readonly string[];
  /** Whether an address may be bound that other machines reach. */
  readonly insecure: boolean;
  /** Longest body of a request in bytes; MAX_BODY_BYTES by default. */
  readonly maxBodyBytes?: number;
  /** Asked in order for what is not the AWS API: the console's pages, the extension API. */
  readonly handlers?: readonly HttpHandler[];
  readonly logger: Logger;
}

export interface HttpServer {
  /** E.g. `http://127.0.0.1:8083`. */
  readonly url: string;
  /**
   * Stops accepting requests, answers long polls with nothing, and waits for the requests that run,
   * at most 8 s, so that what is behind it can close within 10 s.
   */
  close(): Promise<void>;
}

const MAX_HEADER_BYTES = 16 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** How often the two above are looked at. */
const CHECK_INTERVAL_MS = 2_000;
/** Longer than the 60 s of a long poll. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;
const MAX_SOCKETS = 12_000;
/** Of all bodies that are on their way; who exceeds it is asked to come back. */
const MAX_BUFFERED_BYTES = 256 * 1024 * 1024;
const DRAIN_MS = 8_000;

/** Resolves when requests are accepted. Rejects if the address is not allowed or not free. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  checkBindAddress(options.host, options.insecure);
  const handler = new RequestHandler(options);
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
    },
    (request, response) => handler.handle(request, response),
  );
  server.maxConnections = MAX_SOCKETS;
  const silent = new SilentConnections(server);
  await listen(server, options.port, options.host);
  return {
    url: urlOf(server.address()),
    close: () => drain(server, handler, silent),
  };
}

function urlOf(bound: string | AddressInfo | null): string {
  if (bound === null || typeof bound === "string") throw new Error("the server has no port");
  const { address, family, port } = bound;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function drain(
  server: Server,
  handler: RequestHandler,
  silent: SilentConnections,
): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  handler.stop();
  server.closeIdleConnections();
  silent.close();
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(timer);
}

/** Takes requests from their head to their answer. */
class RequestHandler {
  readonly #api: Api;
  readonly #logger: Logger;
  readonly #guard: Guard;
  readonly #maxBodyBytes: number;
  readonly #handlers: readonly HttpHandler[];
  readonly #running = new Set<Exchange>();
  /** Bytes of bodies that are not complete. */
  #buffered = 0;
  #isStopping = false;

  constructor(options: HttpServerOptions) {
    this.#api = options.api;
    this.#logger = options.logger;
    this.#maxBodyBytes = options.maxBodyBytes ?? MAX_BODY_BYTES;
    this.#handlers = options.handlers ?? [];
    this.#guard = new Guard([...options.allowHosts, ...ownNames(options.host)]);
  }

  /** New requests are answered with 503 from now on, long polls with nothing. */
  stop(): void {
    this.#isStopping = true;
    for (const exchange of this.#running) exchange.stop();
    for (const handler of this.#handlers) handler.stop?.();
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    endWatch(request.socket);
    const exchange = new Exchange(randomUUID(), response);
    const headers = new Headers(request.rawHeaders);
    const refusal = this.#guard.check(headers, request.method, request.url);
    if (refusal !== undefined) {
      refuse(exchange, request, new ApiError(refusal.name, refusal.message, {}, refusal.status));
    } else if (request.method === "GET" && request.url === "/health") {
      exchange.answer(this.#isStopping ? 503 : 200, this.#isStopping ? STOPPING_HEALTH : HEALTHY);
    } else if (this.#isStopping) {
      refuse(exchange, request, STOPPED);
    } else if (!isApiCall(request) && this.#handlers.some((one) => one.handle(request, response))) {
      // Answered.
    } else {
      this.#route(exchange, request, headers);
    }
  }

  #route(exchange: Exchange, request: IncomingMessage, headers: Headers): void {
    if (request.url !== "/" || request.method !== "POST") {
      const error =
        request.url === "/"
          ? new ApiError("MethodNotAllowed", "the API takes POST requests", {}, 405)
          : new ApiError("NotFound", "there is nothing at this path; the API is at /", {}, 404);
      if (error.status === 405) exchange.setHeader("Allow", "POST");
      refuse(exchange, request, error);
      return;
    }
    const refusal = checkContentType(headers.get("content-type"));
    if (refusal !== undefined) {
      refuse(exchange, request, new ApiError(refusal.name, refusal.message, {}, refusal.status));
      return;
    }
    if (Number(headers.get("content-length") ?? 0) > this.#maxBodyBytes) {
      refuse(exchange, request, tooLarge(this.#maxBodyBytes));
      return;
    }
    exchange.traceHeader = headers.get("x-amzn-trace-id");
    this.#receive(exchange, request, headers.get("x-amz-target"));
  }

  #receive(exchange: Exchange, request: IncomingMessage, target: string | undefined): void {
    const chunks: Buffer[] = [];
    let length = 0;
    const release = (): void => {
      this.#buffered -= length;
      length = 0;
    };
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      this.#buffered += chunk.length;
      chunks.push(chunk);
      if (length <= this.#maxBodyBytes && this.#buffered <= MAX_BUFFERED_BYTES) return;
      const error = length > this.#maxBodyBytes ? tooLarge(this.#maxBodyBytes) : BUSY;
      request.removeAllListeners("data").removeAllListeners("end");
      chunks.length = 0;
      release();
      refuse(exchange, request, error);
    });
    request.once("close", release);
    request.on("end", () => {
      const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      release();
      void this.#call(exchange, target, body);
    });
    // The client is gone; the exchange hears of it through the response.
    request.on("error", () => undefined);
  }

  /** Never rejects. */
  async #call(exchange: Exchange, target: string | undefined, body: Buffer): Promise<void> {
    this.#running.add(exchange);
    try {
      const output = await this.#api.call(readTarget(target), readBody(body), exchange);
      exchange.answer(200, outputText(output), this.#isStopping);
    } catch (error) {
      if (error instanceof ApiError) {
        exchange.fail(error, this.#isStopping);
      } else {
        this.#logger.error({ err: error, requestId: exchange.requestId }, "request failed");
        exchange.fail(INTERNAL_FAILURE, this.#isStopping);
      }
    } finally {
      this.#running.delete(exchange);
    }
  }
}

function isApiCall({ method, url }: IncomingMessage): boolean {
  return method === "POST" && url === "/";
}

/** The name under which clients reach a bound address; none for "all addresses". */
function ownNames(host: string): string[] {
  if (host === "0.0.0.0" || host === "::") return [];
  return [isIPv6(host) ? `[${host}]` : host];
}

const HEALTHY = JSON.stringify({ status: "ok" });
const STOPPING_HEALTH = JSON.stringify({ status: "stopping" });
const STOPPED = new ApiError("ServiceUnavailable", "the server is stopping", {}, 503);
const BUSY = new ApiError("ServiceUnavailable", "too many large requests at once", {}, 503);
const INTERNAL_FAILURE = new ApiError(
  "InternalFailure",
  "The request processing has failed because of an unknown error, exception or failure.",
  {},
  500,
);

function tooLarge(maxBytes: number): ApiError {
  const message = `the request body must not be longer than ${maxBytes} bytes`;
  return new ApiError("RequestEntityTooLargeException", message, {}, 413);
}

/** What is read of a body that is not wanted, so that the client gets to read the answer. */
const MAX_DISCARDED_BYTES = 16 * 1024 * 1024;

/** Answers with an error once the body is over, or is too long to wait for. */
function refuse(exchange: Exchange, request: IncomingMessage, error: ApiError): void {
  let discarded = 0;
  request.on("data", (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded > MAX_DISCARDED_BYTES) exchange.fail(error, true);
  });
  request.on("end", () => exchange.fail(error, false));
  request.on("error", () => undefined);
}
