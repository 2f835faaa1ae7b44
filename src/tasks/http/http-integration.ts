/** The service integration `arn:aws:states:::http:invoke`. */
import type { HttpTrace, TaskCall } from "../../engine/ports.ts";
import type { Json } from "../../json/json.ts";
import type { ServiceIntegration, TaskProgress } from "../service-integration.ts";
import { answerTooLong } from "../answer-too-long.ts";
import { OpenCalls } from "../linked-abort.ts";
import { TaskFailure } from "../task-failure.ts";
import { type Additions, composeRequest, MAX_BODY_BYTES, NO_ADDITIONS } from "./compose-request.ts";
import { type Connection, connectionFailure, type ConnectionSource } from "./connection.ts";
import { isOneOf } from "./http-access.ts";
import {
  type HttpAnswer,
  type HttpClient,
  HttpClientError,
  type HttpRequest,
} from "./http-client.ts";
import { type HttpTask, readHttpTask } from "./http-task.ts";
import { OAuthTokens } from "./oauth-tokens.ts";
import { answerText, readAnswer } from "./read-answer.ts";

export interface HttpIntegrationOptions {
  readonly client: HttpClient;
  readonly connections: ConnectionSource;
  /** Epoch milliseconds, for the ends of tokens. */
  readonly now: () => number;
}

export function httpIntegration(options: HttpIntegrationOptions): ServiceIntegration {
  const invoke = new HttpInvoke(options);
  const run = (call: TaskCall, progress: TaskProgress): Promise<Json> => invoke.run(call, progress);
  return {
    service: "http",
    actions: new Map([["invoke", { patterns: ["RequestResponse"], run }]]),
    close: () => {
      invoke.close();
      return Promise.resolve();
    },
  };
}

class HttpInvoke {
  readonly #client: HttpClient;
  readonly #connections: ConnectionSource;
  readonly #tokens: OAuthTokens;
  readonly #closing = new AbortController();
  readonly #calls = new OpenCalls();

  constructor({ client, connections, now }: HttpIntegrationOptions) {
    this.#client = client;
    this.#connections = connections;
    this.#tokens = new OAuthTokens(client, now, this.#closing.signal);
  }

  close(): void {
    this.#closing.abort();
    this.#calls.close();
  }

  async run(call: TaskCall, progress: TaskProgress): Promise<Json> {
    const task = readHttpTask(call.parameters);
    progress.started();
    try {
      const connection = await this.#connections.find(task.connectionArn, progress.signal);
      checkHost(connection, task.url);
      const answer = await this.#exchange(task, connection, call.region, progress);
      if (progress.trace !== undefined) showAnswer(progress.trace, task.url, answer);
      return readAnswer(answer);
    } catch (error) {
      throw error instanceof HttpClientError ? asTaskFailure(error, call) : error;
    }
  }

  /** A token that is refused may have been withdrawn before its time: once, a new one is tried. */
  async #exchange(
    task: HttpTask,
    connection: Connection,
    region: string,
    progress: TaskProgress,
  ): Promise<HttpAnswer> {
    const { trace } = progress;
    const { authorization } = connection;
    const send = (token: string): Promise<HttpAnswer> => {
      const additions = additionsOf(connection, token);
      const request = composeRequest(task, additions, region);
      if (trace !== undefined) {
        const shown = trace.revealsSecrets ? request : composeRequest(task, NO_ADDITIONS, region);
        showRequest(trace, shown);
      }
      return this.#calls.run(progress.signal, (signal) =>
        this.#client.send(request, { signal, maxBodyBytes: MAX_BODY_BYTES }),
      );
    };
    if (authorization.type !== "OAUTH_CLIENT_CREDENTIALS") return send("");
    const token = await this.#tokens.get(connection, authorization);
    const answer = await send(token);
    if (answer.statusCode !== 401) return answer;
    return send(await this.#tokens.get(connection, authorization, token));
  }
}

/** Credentials go only where the connection is meant for. */
function checkHost({ name, hosts }: Connection, url: URL): void {
  if (hosts === undefined || isOneOf(hosts, url)) return;
  throw connectionFailure(
    "AccessDenied",
    `The connection '${name}' is not for ${url.host}: it is bound to other hosts`,
  );
}

function additionsOf({ authorization, parameters }: Connection, token: string): Additions {
  switch (authorization.type) {
    case "API_KEY": {
      const { apiKeyName, apiKeyValue } = authorization;
      return { authorization: [apiKeyName, apiKeyValue], parameters };
    }
    case "BASIC": {
      const { username, password } = authorization;
      const text = Buffer.from(`${username}:${password}`, "utf8").toString("base64");
      return { authorization: ["Authorization", `Basic ${text}`], parameters };
    }
    case "OAUTH_CLIENT_CREDENTIALS":
      return { authorization: ["Authorization", `Bearer ${token}`], parameters };
  }
}

function asTaskFailure({ kind, message }: HttpClientError, call: TaskCall): TaskFailure {
  switch (kind) {
    case "Refused":
      return new TaskFailure("States.Http.AccessDenied", message);
    case "Invalid":
      return new TaskFailure("States.Runtime", message);
    case "TooLarge":
      return answerTooLong(call);
    case "TimedOut":
    case "Failed":
      return new TaskFailure("States.Http.Socket", message);
  }
}

function showRequest(trace: HttpTrace, { method, url, headers, body }: HttpRequest): void {
  trace.request({
    protocol: protocolOf(url),
    method,
    url: url.href,
    headers: headerList(headers),
    ...(body === undefined ? {} : { body }),
  });
}

function showAnswer(trace: HttpTrace, url: URL, answer: HttpAnswer): void {
  const body = answer.body.length === 0 ? undefined : answerText(answer);
  trace.response({
    protocol: protocolOf(url),
    statusCode: String(answer.statusCode),
    statusMessage: answer.statusText,
    headers: headerList(answer.headers),
    ...(body === undefined ? {} : { body }),
  });
}

function protocolOf(url: URL): string {
  return url.protocol.slice(0, -1);
}

/** As AWS prints it: `[name: value, name: value]`. */
function headerList(headers: HttpRequest["headers"]): string {
  return `[${headers.map(([name, value]) => `${name}: ${value}`).join(", ")}]`;
}
