/** One request and its answer. */
import type { ServerResponse } from "node:http";
import type { ApiError } from "../api/errors.ts";
import type { RequestInfo } from "../api/operation.ts";
import { JSON_1_0 } from "./guard.ts";
import { errorBody } from "./wire.ts";

/** Seconds after which a client may try again when the server cannot serve now. */
const RETRY_AFTER_S = "1";

export class Exchange implements RequestInfo {
  readonly requestId: string;
  traceHeader: string | undefined;
  readonly #response: ServerResponse;
  #controller: AbortController | undefined;
  #isStopped = false;

  constructor(requestId: string, response: ServerResponse) {
    this.requestId = requestId;
    this.traceHeader = undefined;
    this.#response = response;
  }

  /** Made when it is first asked for: only long polls need it. */
  get signal(): AbortSignal {
    this.#controller ??= this.#watch();
    return this.#controller.signal;
  }

  #watch(): AbortController {
    const controller = new AbortController();
    const response = this.#response;
    const { socket } = response;
    if (this.#isStopped || response.destroyed) controller.abort();
    // "finish" comes after a failed write, too; then the connection has the error.
    let isSent = false;
    response.once("finish", () => {
      isSent = socket !== null && !socket.destroyed && socket.errored === null;
    });
    response.once("close", () => {
      if (!isSent) controller.abort();
    });
    return controller;
  }

  /** Ends a long poll. */
  stop(): void {
    this.#isStopped = true;
    this.#controller?.abort();
  }

  setHeader(name: string, value: string): void {
    this.#response.setHeader(name, value);
  }

  /** `isLast`: the connection is closed afterwards. */
  answer(status: number, body: string, isLast = false): void {
    const response = this.#response;
    if (response.destroyed || response.headersSent) return;
    if (isLast) response.setHeader("Connection", "close");
    response.writeHead(status, {
      "x-amzn-RequestId": this.requestId,
      "Content-Type": JSON_1_0,
      "Content-Length": Buffer.byteLength(body),
    });
    response.end(body);
  }

  fail(error: ApiError, isLast: boolean): void {
    if (this.#response.headersSent) return;
    if (error.status === 503) this.#response.setHeader("Retry-After", RETRY_AFTER_S);
    this.answer(error.status, errorBody(error), isLast);
  }
}
