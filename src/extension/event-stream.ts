/** One client of server-sent events. */
import type { ServerResponse } from "node:http";
import type { Output } from "../api/operation.ts";
import { outputText } from "../api/output-text.ts";

/** A comment as often as this keeps proxies from taking the connection for dead, and finds dead clients. */
const HEARTBEAT_MS = 15_000;
/** How long browsers wait before they connect again. */
const RETRY_MS = 1_000;

/**
 * Writes events to a response. It keeps nothing itself: while the client does not read
 * (`isBlocked`), its users hold back, and send what was missed after `drained`.
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #heartbeat: NodeJS.Timeout;
  #isBlocked = false;

  /** `drained`: the client reads again. `closed`: it is gone; called once. */
  constructor(response: ServerResponse, drained: () => void, closed: () => void) {
    this.#response = response;
    response.writeHead(200, {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    });
    response.on("drain", () => {
      this.#isBlocked = false;
      drained();
    });
    this.#heartbeat = setInterval(() => this.#write(":\n\n"), HEARTBEAT_MS);
    this.#heartbeat.unref();
    response.once("close", () => {
      clearInterval(this.#heartbeat);
      closed();
    });
    this.#write(`retry: ${RETRY_MS}\n\n`);
  }

  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  /** `id`: what a client that connects again gives as Last-Event-ID. */
  send(event: string, data: Output, id?: number): void {
    const head = id === undefined ? "" : `id: ${id}\n`;
    this.#write(`${head}event: ${event}\ndata: ${outputText(data)}\n\n`);
  }

  end(): void {
    this.#response.end();
  }

  #write(text: string): void {
    if (this.#response.destroyed || this.#response.writableEnded) return;
    if (!this.#response.write(text)) this.#isBlocked = true;
  }
}
