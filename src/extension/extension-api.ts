/** The paths under `/api/`, described in docs/extension-api.md. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { ApiError, errors } from "../api/errors.ts";
import { historyEventOutput } from "../api/history-event-output.ts";
import { outputText } from "../api/output-text.ts";
import type { Output } from "../api/operation.ts";
import { StoreUnavailable } from "../engine/ports.ts";
import { executionCounts } from "./execution-counts.ts";
import type { ExecutionCountsParts } from "./execution-counts.ts";
import { LiveClient } from "./live-client.ts";
import type { LiveClientParts } from "./live-client.ts";

const PREFIX = "/api/";
/** Clients of `/api/events` at the same time. */
const MAX_CLIENTS = 100;
/** Events in one answer of `/api/execution-history`. */
const MAX_EVENTS = 1_000;

export interface ExtensionApiParts extends ExecutionCountsParts, LiveClientParts {
  readonly engine: ExecutionCountsParts["engine"] & LiveClientParts["engine"];
}

type Query = URLSearchParams;

export class ExtensionApi {
  readonly #parts: ExtensionApiParts;
  readonly #clients = new Set<LiveClient>();

  constructor(parts: ExtensionApiParts) {
    this.#parts = parts;
  }

  /** Answers a request that the guard let pass; false: its path is none of these. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const target = request.url ?? "";
    if (!target.startsWith(PREFIX)) return false;
    const { pathname, searchParams } = new URL(target, "http://host");
    request.resume();
    this.#route(request, response, pathname, searchParams).catch((error: unknown) => {
      answerError(response, error instanceof StoreUnavailable ? unavailable(error) : error);
      if (error instanceof ApiError || error instanceof StoreUnavailable) return;
      this.#parts.log.error({ err: error, path: pathname }, "request failed");
    });
    return true;
  }

  /** Ends all streams: their clients connect again to the next server. */
  stop(): void {
    for (const client of this.#clients) client.end();
  }

  async #route(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: Query,
  ): Promise<void> {
    if (request.method !== "GET") {
      response.setHeader("Allow", "GET");
      throw new ApiError("MethodNotAllowed", "the paths under /api/ take GET requests", {}, 405);
    }
    switch (path) {
      case "/api/events":
        return this.#openStream(request, response, query);
      case "/api/execution-counts":
        return answer(
          response,
          await executionCounts(query.getAll("stateMachineArn"), this.#parts),
        );
      case "/api/execution-history":
        return answer(response, await this.#history(query));
      default: {
        const message = "there is nothing at this path; docs/extension-api.md lists what there is";
        throw new ApiError("NotFound", message, {}, 404);
      }
    }
  }

  async #history(query: Query): Promise<Output> {
    const executionArn = query.get("executionArn");
    if (executionArn === null) throw errors.validation("executionArn must be given");
    const afterId = readNumber(query, "afterEventId", 0, Number.MAX_SAFE_INTEGER) ?? 0;
    const limit = readNumber(query, "maxResults", 1, MAX_EVENTS) ?? MAX_EVENTS;
    const page = { afterId, limit, reverse: false };
    const found = await this.#parts.engine.history(executionArn, page);
    if (found === undefined) throw errors.executionDoesNotExist(executionArn);
    const withData = readFlag(query, "includeExecutionData");
    return {
      events: found.events.map((event) => historyEventOutput(event, withData)),
      lastEventId: found.lastId,
    };
  }

  async #openStream(
    request: IncomingMessage,
    response: ServerResponse,
    query: Query,
  ): Promise<void> {
    if (this.#clients.size >= MAX_CLIENTS) {
      const message = `${MAX_CLIENTS} clients listen already; close one or try again later`;
      throw new ApiError("ServiceUnavailable", message, {}, 503);
    }
    const executionArn = query.get("executionArn");
    const header = request.headers["last-event-id"];
    if (typeof header === "string" && header !== "") query.set("afterEventId", header);
    const afterEventId = readNumber(query, "afterEventId", 0, Number.MAX_SAFE_INTEGER) ?? 0;
    const withData = readFlag(query, "includeExecutionData");
    if (executionArn !== null) {
      // A stream that could never tell anything is refused rather than opened.
      const page = { afterId: afterEventId, limit: 1, reverse: false };
      const found = await this.#parts.engine.history(executionArn, page);
      if (found === undefined) throw errors.executionDoesNotExist(executionArn);
    }
    if (response.destroyed) return;
    const wish = executionArn === null ? undefined : { executionArn, afterEventId, withData };
    const client = new LiveClient(response, wish, this.#parts, () => this.#clients.delete(client));
    this.#clients.add(client);
  }
}

function answer(response: ServerResponse, output: Output, status = 200): void {
  if (response.destroyed || response.headersSent) return;
  const text = outputText(output);
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(text);
}

function answerError(response: ServerResponse, error: unknown): void {
  const known =
    error instanceof ApiError
      ? error
      : new ApiError("InternalFailure", "The request failed; see the server's log", {}, 500);
  answer(response, { __type: known.name, message: known.message }, known.status);
}

function unavailable(error: StoreUnavailable): ApiError {
  return errors.serviceUnavailable(error.message);
}

function readNumber(query: Query, name: string, min: number, max: number): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw errors.validation(`${name} must be a whole number from ${min} to ${max}`);
  }
  return value;
}

/** True unless it is `false`. */
function readFlag(query: Query, name: string): boolean {
  const text = query.get(name) ?? "true";
  if (text !== "true" && text !== "false") {
    throw errors.validation(`${name} must be true or false`);
  }
  return text === "true";
}
