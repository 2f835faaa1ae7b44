/** One request and its answer. */
import type { ServerResponse } from "node:http";
import type { ApiError } from "../api/errors.ts";
import { STOPPING } from "../api/operation.ts";
import type { RequestInfo } from "../api/operation.ts";
import { watchDelivery } from "./delivery.ts";
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
    if (this.#isStopped) controller.abort(STOPPING);
    else if (this.#response.destroyed) controller.abort();
    watchDelivery(this.#response, () => controller.abort());
    return controller;
  }

  /** Ends a long poll. */
  stop(): void {
    this.#isStopped = true;
    this.#controller?.abort(STOPPING);
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
