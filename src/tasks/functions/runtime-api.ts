/**
 * AWS's Lambda Runtime API (2018-06-01) for one function process, on a loopback port of its own:
 * some runtimes take only host and port from AWS_LAMBDA_RUNTIME_API, so a path could not tell
 * processes apart.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Invocation } from "./invocation.ts";

/** What the process on the other side has done. */
export interface RuntimeApiObserver {
  /** It waits for an invocation. */
  ready(): void;
  responded(payload: string): void;
  /** @param payload JSON text with errorType and errorMessage. */
  failed(payload: string): void;
  /** The same before the first invocation: the handler cannot be loaded. */
  initFailed(payload: string): void;
}

const BASE = "/2018-06-01/runtime";

/** 6 MB and 100 bytes, the quota for a synchronous answer. */
const MAX_RESPONSE_BYTES = 6_291_556;

export class RuntimeApi {
  /** `127.0.0.1:port`. */
  readonly address: string;
  readonly #server: Server;
  readonly #observer: RuntimeApiObserver;
  #waiting: ServerResponse | undefined;
  #requestId: string | undefined;

  private constructor(server: Server, observer: RuntimeApiObserver) {
    this.#server = server;
    this.#observer = observer;
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("no port");
    this.address = `127.0.0.1:${address.port}`;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      void this.#answer(request, response);
    });
  }

  static open(observer: RuntimeApiObserver): Promise<RuntimeApi> {
    const server = createServer();
    // A handler may take as long as it likes between two requests on one connection.
    server.keepAliveTimeout = 0;
    server.headersTimeout = 0;
    server.requestTimeout = 0;
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", () => {
        server.off("error", reject);
        resolve(new RuntimeApi(server, observer));
      });
    });
  }

  /** Hands an invocation to the waiting process; false if it does not wait (any more). */
  deliver(invocation: Invocation, deadline: number): boolean {
    const response = this.#waiting;
    if (response === undefined) return false;
    this.#waiting = undefined;
    this.#requestId = invocation.requestId;
    const body = Buffer.from(invocation.payload);
    response.writeHead(200, {
      "Content-Type": "application/json",
      "Content-Length": body.length,
      "Lambda-Runtime-Aws-Request-Id": invocation.requestId,
      "Lambda-Runtime-Deadline-Ms": String(deadline),
      "Lambda-Runtime-Invoked-Function-Arn": invocation.functionArn,
      "Lambda-Runtime-Trace-Id": invocation.traceId,
      ...(invocation.clientContext === undefined
        ? {}
        : { "Lambda-Runtime-Client-Context": invocation.clientContext }),
    });
    response.end(body);
    return true;
  }

  close(): void {
    this.#waiting = undefined;
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Pages in a browser can reach loopback ports; runtimes send neither of these.
    const { origin, host } = request.headers;
    if (origin !== undefined || request.headers["sec-fetch-site"] !== undefined) {
      return refuse(response, 403, "Forbidden", "Not for browsers");
    }
    if (host !== this.address) return refuse(response, 403, "Forbidden", "Unknown host");
    const [, id, kind] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(route(request)) ?? [];
    if (request.method === "GET" && route(request) === "/invocation/next") {
      return this.#next(response);
    }
    if (request.method !== "POST" || (id === undefined && route(request) !== "/init/error")) {
      return refuse(response, 404, "InvalidRoute", `No route ${request.method} ${request.url}`);
    }
    if (id !== undefined && id !== this.#requestId) {
      return refuse(response, 400, "InvalidRequestID", "Invalid request ID");
    }
    const body = await readBody(request);
    if (body === undefined) return;
    if (id === undefined) {
      accept(response);
      this.#observer.initFailed(withErrorType(body.text, request));
      return;
    }
    // A second answer may have been on its way at the same time.
    if (id !== this.#requestId) {
      return refuse(response, 400, "InvalidRequestID", "Invalid request ID");
    }
    this.#requestId = undefined;
    if (body.bytes > MAX_RESPONSE_BYTES) {
      const text = `Response payload size (${body.bytes} bytes) exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`;
      refuse(response, 413, "RequestEntityTooLarge", text);
      const failure = { errorType: "Function.ResponseSizeTooLarge", errorMessage: text };
      this.#observer.failed(JSON.stringify(failure));
      return;
    }
    accept(response);
    if (kind === "response") this.#observer.responded(body.text);
    else this.#observer.failed(withErrorType(body.text, request));
  }

  #next(response: ServerResponse): void {
    if (this.#waiting !== undefined || this.#requestId !== undefined) {
      return refuse(response, 400, "InvalidStateTransition", "The invocation is not answered yet");
    }
    this.#waiting = response;
    response.once("close", () => {
      if (this.#waiting === response) this.#waiting = undefined;
    });
    this.#observer.ready();
  }
}

function route(request: IncomingMessage): string {
  const url = request.url ?? "";
  return url.startsWith(BASE) ? url.slice(BASE.length) : "";
}

/** Reads to the end but keeps no more than the quota. @returns undefined if it was cut off. */
async function readBody(
  request: IncomingMessage,
): Promise<{ bytes: number; text: string } | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= MAX_RESPONSE_BYTES) chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return { bytes, text: Buffer.concat(chunks).toString("utf8") };
}

/** Runtimes may tell the type in a header only. */
function withErrorType(text: string, request: IncomingMessage): string {
  const header = request.headers["lambda-runtime-function-error-type"];
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return text;
    if ("errorType" in value || typeof header !== "string") return text;
    return JSON.stringify({ ...value, errorType: header });
  } catch {
    const errorType = typeof header === "string" ? header : "Runtime.Unknown";
    return JSON.stringify({ errorType, errorMessage: text });
  }
}

function accept(response: ServerResponse): void {
  send(response, 202, { status: "OK" });
}

function refuse(response: ServerResponse, status: number, type: string, message: string): void {
  send(response, status, { errorType: type, errorMessage: message });
}

function send(response: ServerResponse, status: number, value: object): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(body);
}
