import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ShownRequest, ShownResponse } from "../../engine/ports.ts";
import type { Json, JsonObject } from "../../json/json.ts";
import { stringify } from "../../json/stringify.ts";
import {
  httpResource,
  type Outcome,
  recordingLogger,
  runTask,
  taskCall,
} from "../testing/task-harness.ts";
import { createTaskRunner, type FunctionTaskRunner } from "../task-runner.ts";
import { type Connection, NO_PARAMETERS, type OAuthClient } from "./connection.ts";
import { type HttpAccess, parseOpenedTarget } from "./http-access.ts";
import { headerOf, type RecordingServer, recordingServer } from "./testing/recording-server.ts";

const LOCAL: HttpAccess = { loopback: true, opened: [] };
/** Planted in every place that a connection has for secrets; must turn up nowhere but at the API. */
const CANARIES = {
  key: "canary-api-key",
  password: "canary-password",
  client: "canary-client-secret",
  header: "canary-header",
  query: "canary-query",
  body: "canary-body",
  token: "canary-token",
};
const ADDED = {
  headers: [
    ["x-shared", "connection-header"],
    ["x-secret", CANARIES.header],
  ],
  query: [
    ["shared", "connection query"],
    ["connectionOnly", CANARIES.query],
  ],
  body: [
    ["shared", "connection-body"],
    ["connectionOnly", CANARIES.body],
  ],
} as const;

let api: RecordingServer;
let tokens: RecordingServer;
let runner: FunctionTaskRunner;
const { logger, lines } = recordingLogger();

const apiKey: Connection = {
  name: "apikey",
  authorization: { type: "API_KEY", apiKeyName: "x-owned-api-key", apiKeyValue: CANARIES.key },
  parameters: NO_PARAMETERS,
  hosts: undefined,
};
const basic: Connection = {
  name: "basic",
  authorization: { type: "BASIC", username: "owned-user", password: CANARIES.password },
  parameters: ADDED,
  hosts: undefined,
};

function oauth(more: Partial<OAuthClient> = {}): Connection {
  return {
    name: "oauth",
    authorization: {
      type: "OAUTH_CLIENT_CREDENTIALS",
      authorizationEndpoint: `${tokens.url}/oauth`,
      httpMethod: "POST",
      clientId: "owned-client",
      clientSecret: CANARIES.client,
      parameters: {
        headers: [["x-owned-oauth", "token-request"]],
        query: [],
        body: [
          ["grant_type", "client_credentials"],
          ["scope", "owned echo"],
        ],
      },
      ...more,
    },
    parameters: NO_PARAMETERS,
    hosts: undefined,
  };
}

function runnerWith(connections: readonly Connection[], access = LOCAL): FunctionTaskRunner {
  return createTaskRunner({
    functions: [],
    region: "us-west-2",
    accountId: "123456789012",
    environment: { HOME: "/nonexistent" },
    logger,
    httpAccess: access,
    connections,
  });
}

function parameters(connection: string, more: JsonObject = {}): JsonObject {
  return {
    ApiEndpoint: `${api.url}/echo`,
    Method: "POST",
    Authentication: {
      ConnectionArn: `arn:aws:events:us-west-2:123456789012:connection/${connection}/1d296ce9`,
    },
    ...more,
  };
}

function invoke(connection: string, more: JsonObject = {}): Promise<Outcome> {
  const call = { region: "us-west-2" };
  return runTask(runner, taskCall(httpResource(), parameters(connection, more), call));
}

beforeEach(async () => {
  api = await recordingServer();
  tokens = await recordingServer();
  tokens.answer = () => ({
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ access_token: CANARIES.token, token_type: "Bearer", expires_in: 3600 }),
  });
  lines.length = 0;
  runner = runnerWith([apiKey, basic, oauth()]);
});

afterEach(async () => {
  await runner.close();
  await api.close();
  await tokens.close();
});

describe("the request of an HTTP task", () => {
  it("has what the connection adds over what the state says, as recorded from AWS", async () => {
    const outcome = await invoke("basic", {
      Headers: {
        "X-Shared": "task-case-header",
        "x-shared": "task-header",
        "x-task-only": "task-only",
        "content-type": "application/json",
        "User-Agent": "mine",
        Range: "bytes=1-2",
      },
      QueryParameters: { shared: "task query", taskOnly: "a+b & c" },
      RequestBody: { shared: { nested: "task-body" }, taskOnly: [1, "two"], nested: { a: "b" } },
      Transform: { RequestBodyEncoding: "NONE" },
    });
    expect(outcome.events).toEqual(["started", "succeeded"]);
    const [request] = api.requests;
    expect(request).toMatchObject({
      method: "POST",
      path: `/echo?taskOnly=a%2Bb%20%26%20c&shared=connection%20query&connectionOnly=${CANARIES.query}`,
      body: `{"shared":"connection-body","taskOnly":[1,"two"],"nested":{"a":"b"},"connectionOnly":"${CANARIES.body}"}`,
    });
    const of = (name: string): string | undefined => headerOf(request, name);
    expect(of("authorization")).toBe(
      `Basic ${Buffer.from(`owned-user:${CANARIES.password}`).toString("base64")}`,
    );
    expect(of("x-shared")).toBe("task-case-header,connection-header");
    expect(of("x-task-only")).toBe("task-only");
    expect(of("x-secret")).toBe(CANARIES.header);
    expect(of("content-type")).toBe("application/json");
    expect(of("user-agent")).toBe("Amazon|StepFunctions|HttpInvoke|us-west-2");
    expect(of("range")).toBe("bytes=0-262144");
    expect(of("host")).toBe(`127.0.0.1:${api.port}`);
  });

  it.each([
    ["INDICES", "items%5B0%5D=red%20green&items%5B1%5D=blue%2Bgold"],
    ["REPEAT", "items=red%20green&items=blue%2Bgold"],
    ["COMMAS", "items=red%20green%2Cblue%2Bgold"],
    ["BRACKETS", "items%5B%5D=red%20green&items%5B%5D=blue%2Bgold"],
  ])("encodes lists in a form by %s, as recorded from AWS", async (ArrayFormat, items) => {
    await invoke("basic", {
      Headers: { "content-type": "application/x-www-form-urlencoded" },
      RequestBody: {
        shared: "task-body",
        items: ["red green", "blue+gold"],
        nested: { enabled: true, count: 2 },
      },
      Transform: { RequestBodyEncoding: "URL_ENCODED", RequestEncodingOptions: { ArrayFormat } },
    });
    expect(api.requests[0]?.body).toBe(
      `shared=connection-body&${items}&nested%5Benabled%5D=true&nested%5Bcount%5D=2&connectionOnly=${CANARIES.body}`,
    );
  });

  it("sends an API key, a JSON body with its type, and GET with a body", async () => {
    await invoke("apikey", {
      Method: "GET",
      RequestBody: {},
      QueryParameters: { owned: "get query" },
    });
    expect(api.requests).toMatchObject([
      { method: "GET", path: "/echo?owned=get%20query", body: "{}" },
    ]);
    expect(headerOf(api.requests[0], "x-owned-api-key")).toBe(CANARIES.key);
    expect(headerOf(api.requests[0], "content-type")).toBe("application/json; charset=UTF-8");
  });

  it("has no body and no type without RequestBody", async () => {
    await invoke("apikey", { Method: "DELETE" });
    expect(api.requests[0]).toMatchObject({ method: "DELETE", body: "" });
    expect(headerOf(api.requests[0], "content-type")).toBeUndefined();
  });

  it("appends to the query of the endpoint and drops its fragment", async () => {
    await invoke("apikey", {
      ApiEndpoint: `${api.url}/search?q=a%20b#part`,
      QueryParameters: { tag: ["x", 1], empty: null },
    });
    expect(api.requests[0]?.path).toBe("/search?q=a%20b&tag=x&tag=1&empty=");
  });

  it("sends a text as it is, but cannot merge it", async () => {
    await invoke("apikey", {
      Headers: { "content-type": "text/plain" },
      RequestBody: "owned raw string",
    });
    expect(api.requests[0]?.body).toBe("owned raw string");
    expect(await invoke("basic", { RequestBody: "owned raw string" })).toMatchObject({
      error: "States.Runtime",
      cause: "Cannot merge connection body authorization parameters with request body.",
    });
    expect(api.requests).toHaveLength(1);
  });
});

describe("the answer", () => {
  const answers = async (
    answer: Parameters<typeof plan>[0],
    more: JsonObject = {},
  ): Promise<Outcome> => {
    plan(answer);
    return invoke("apikey", more);
  };
  function plan(answer: ReturnType<RecordingServer["answer"]>): void {
    api.answer = () => answer;
  }

  it("becomes the result, JSON parsed, headers as lists with their letter case", async () => {
    const headers = { "Content-Type": "application/json", "X-Two": ["a", "b"] };
    const outcome = await answers({ headers, body: '{"n": 1.0}', statusText: "Fine" });
    const output = outcome.output as JsonObject;
    expect(stringify(output["ResponseBody"] ?? null)).toBe('{"n":1.0}');
    expect(output).toMatchObject({
      StatusCode: 200,
      StatusText: "Fine",
      Headers: { "Content-Type": ["application/json"], "X-Two": ["a", "b"] },
    });
    expect(Object.keys(output)).toEqual(["Headers", "ResponseBody", "StatusCode", "StatusText"]);
  });

  it.each<[string, string, Json]>([
    ["application/json; charset=utf-8", "[1]", [1]],
    ["application/problem+json", '"x"', "x"],
    ["application/json", "{broken", "{broken"],
    ["text/plain", "[1]", "[1]"],
    ["text/html; charset=iso-8859-1", "\u00e9", "\u00e9"],
  ])("of the type %s has its body as %s", async (type, text, expected) => {
    const body = Buffer.from(text, type.includes("8859") ? "latin1" : "utf8");
    const outcome = await answers({ headers: { "Content-Type": type }, body });
    expect(outcome.output).toMatchObject({ ResponseBody: expected });
  });

  it("has no ResponseBody without a body", async () => {
    const none = await answers({ status: 204 });
    expect(none.output).toMatchObject({ StatusCode: 204, StatusText: "No Content" });
    expect(none.output).not.toHaveProperty("ResponseBody");
    const head = await answers({ body: "x" }, { Method: "HEAD" });
    expect(head.output).not.toHaveProperty("ResponseBody");
  });

  it.each(["application/octet-stream", "image/png", "video/mp4", "audio/ogg"])(
    "of the type %s cannot be used",
    async (type) => {
      expect(await answers({ headers: { "Content-Type": type }, body: "x" })).toMatchObject({
        events: ["started", "failed"],
        error: "States.Runtime",
        cause: `Unsupported response content-type '${type}'. Please see documentation for list of unsupported content-types.`,
      });
    },
  );

  it("cannot be used if it is no text, or too long", async () => {
    expect(await answers({ body: Buffer.from([0xff, 0xfe, 0x80]) })).toMatchObject({
      error: "States.Runtime",
    });
    expect(await answers({ body: "x".repeat(262_145) })).toMatchObject({
      error: "States.DataLimitExceeded",
    });
  });

  it("of any status but 2xx is a failure, its cause the reason phrase", async () => {
    expect(await answers({ status: 403, body: "no!" })).toMatchObject({
      error: "States.Http.StatusCode.403",
      cause: "Forbidden",
    });
    expect(await answers({ status: 302, headers: { Location: "/" } })).toMatchObject({
      error: "States.Http.StatusCode.302",
    });
    const silent = await answers({ status: 418, statusText: "", body: "{}" });
    expect(silent).toMatchObject({ error: "States.Http.StatusCode.418" });
    expect(silent.cause).toBeUndefined();
  });

  it("that does not come is a failure of the socket", async () => {
    await api.close();
    expect(await invoke("apikey")).toMatchObject({ error: "States.Http.Socket" });
    api = await recordingServer();
  });
});

describe("an OAuth connection", () => {
  const use = (connection: Connection): void => runner.replaceConnections([connection]);

  it("fetches a token as EventBridge does, once for all tasks", async () => {
    await Promise.all([invoke("oauth"), invoke("oauth"), invoke("oauth")]);
    expect(tokens.requests).toHaveLength(1);
    expect(tokens.requests[0]).toMatchObject({
      method: "POST",
      path: "/oauth",
      body: `grant_type=client_credentials&scope=owned%20echo&client_secret=${CANARIES.client}&client_id=owned-client`,
    });
    expect(headerOf(tokens.requests[0], "content-type")).toBe("application/x-www-form-urlencoded");
    expect(headerOf(tokens.requests[0], "x-owned-oauth")).toBe("token-request");
    expect(api.requests.map((request) => headerOf(request, "authorization"))).toEqual(
      Array<string>(3).fill(`Bearer ${CANARIES.token}`),
    );
  });

  it("fetches another one when it has expired", async () => {
    tokens.answer = () => ({ body: JSON.stringify({ access_token: "t", expires_in: "30" }) });
    await invoke("oauth");
    await invoke("oauth");
    expect(tokens.requests).toHaveLength(2);
  });

  it("fetches another one when it is refused, once", async () => {
    let count = 0;
    tokens.answer = () => ({ body: JSON.stringify({ access_token: `t${++count}` }) });
    await invoke("oauth");
    api.answer = (request) =>
      headerOf(request, "authorization") === "Bearer t2" ? { body: "in" } : { status: 401 };
    expect((await invoke("oauth")).output).toMatchObject({ ResponseBody: "in" });
    expect(tokens.requests).toHaveLength(2);
    api.answer = () => ({ status: 401 });
    const before = api.requests.length;
    expect((await invoke("oauth")).error).toBe("States.Http.StatusCode.401");
    expect(api.requests.length - before).toBe(2);
    expect(tokens.requests).toHaveLength(3);
  });

  it("goes on fetching when the task that began it is cancelled", async () => {
    let release = (): void => {};
    const after = new Promise<void>((resolve) => (release = resolve));
    const plan = tokens.answer;
    const asked = new Promise<void>((resolve) => {
      tokens.answer = (request) => {
        resolve();
        return { ...plan(request), after };
      };
    });
    const nothing = { started() {}, submitted() {}, waits() {}, succeeded() {}, failed() {} };
    const cancel = runner.run(taskCall(httpResource(), parameters("oauth")), nothing);
    await asked;
    const second = invoke("oauth");
    cancel();
    release();
    expect((await second).events).toEqual(["started", "succeeded"]);
    expect(tokens.requests).toHaveLength(1);
    expect(api.requests).toHaveLength(1);
  });

  it("asks with GET in the query", async () => {
    const added = { headers: [], query: [["tenant", "a b"]], body: [] } as const;
    use(oauth({ httpMethod: "GET", parameters: added }));
    await invoke("oauth");
    expect(tokens.requests[0]).toMatchObject({
      method: "GET",
      path: `/oauth?tenant=a%20b&grant_type=client_credentials&client_secret=${CANARIES.client}&client_id=owned-client`,
      body: "",
    });
  });

  it.each([
    [{ status: 400, body: "wrong" }, "it answered 400"],
    [{ status: 302 }, "it answered 302"],
    [{ body: "{}" }, "its answer has no access_token"],
    [{ body: "token" }, "its answer has no access_token"],
  ])("without a token fails the task, and the next one tries again", async (answer, reason) => {
    tokens.answer = () => answer;
    for (const times of [1, 2]) {
      expect(await invoke("oauth")).toMatchObject({
        error: "Events.ConnectionResource.InvalidConnectionState",
        cause: `The connection 'oauth' got no token from its authorization endpoint: ${reason}`,
      });
      expect(tokens.requests).toHaveLength(times);
    }
    expect(api.requests).toEqual([]);
  });
});

it("is ended when the server closes, without a report", async () => {
  const arrived = new Promise<void>((resolve) => {
    api.answer = () => {
      resolve();
      return { silent: true };
    };
  });
  const outcomes: unknown[] = [];
  void invoke("apikey").then((outcome) => outcomes.push(outcome));
  await arrived;
  const ended = new Promise<void>((resolve) => api.whenDisconnected(resolve));
  await runner.close();
  await ended;
  expect(outcomes).toEqual([]);
});

describe("what is refused", () => {
  it("a connection that does not exist", async () => {
    expect(await invoke("crm")).toMatchObject({
      error: "Events.ConnectionResource.ResourceNotFound",
      cause:
        "Connection 'crm' does not exist. The local connections are: apikey, basic, oauth; " +
        "name it under connections: in a file and give that with --connections FILE",
    });
  });

  it("a host that the connection is not for: its credentials stay here", async () => {
    const target = parseOpenedTarget("api.example.com");
    runner.replaceConnections([{ ...apiKey, hosts: "problem" in target ? [] : [target] }]);
    expect(await invoke("apikey")).toMatchObject({
      error: "Events.ConnectionResource.AccessDenied",
      cause: `The connection 'apikey' is not for 127.0.0.1:${api.port}: it is bound to other hosts`,
    });
    expect(api.requests).toEqual([]);
  });

  it("loopback, unless it is open, also for the fetching of tokens", async () => {
    await runner.close();
    runner = runnerWith([apiKey, oauth()], { loopback: false, opened: [] });
    for (const connection of ["apikey", "oauth"]) {
      const outcome = await invoke(connection);
      expect(outcome.error).toBe("States.Http.AccessDenied");
      expect(outcome.cause).toContain("--allow-http-host 127.0.0.1:");
    }
    expect([...api.requests, ...tokens.requests]).toEqual([]);
  });
});

describe("TestState", () => {
  async function traced(
    connection: string,
    revealsSecrets: boolean,
    more: JsonObject = {},
  ): Promise<{ request: ShownRequest; response: ShownResponse | undefined }> {
    let request: ShownRequest | undefined;
    let response: ShownResponse | undefined;
    const trace = {
      revealsSecrets,
      request: (shown: ShownRequest) => (request = shown),
      response: (shown: ShownResponse) => (response = shown),
    };
    await runTask(
      runner,
      taskCall(httpResource(), parameters(connection, more), { region: "us-west-2" }),
      trace,
    );
    if (request === undefined) throw new Error("no request was shown");
    return { request, response };
  }
  const more: JsonObject = {
    Headers: { definitionHeader: "h1" },
    QueryParameters: { shared: "q1" },
    RequestBody: { message: "Hello" },
  };

  it("shows the request without what the connection adds", async () => {
    const { request, response } = await traced("basic", false, more);
    expect(request).toEqual({
      protocol: "http",
      method: "POST",
      url: `${api.url}/echo?shared=q1`,
      headers:
        "[definitionHeader: h1, Content-Type: application/json; charset=UTF-8, " +
        "User-Agent: Amazon|StepFunctions|HttpInvoke|us-west-2, Range: bytes=0-262144]",
      body: '{"message":"Hello"}',
    });
    expect(response).toMatchObject({
      protocol: "http",
      statusCode: "200",
      statusMessage: "OK",
      headers: expect.stringMatching(/^\[Content-Type: application\/json, /) as string,
      body: expect.stringContaining('"method":"POST"') as string,
    });
  });

  it("shows all of it on demand", async () => {
    const { request } = await traced("basic", true, more);
    expect(request.headers).toMatch(/^\[definitionHeader: h1, Authorization: Basic /);
    expect(request.headers).toContain(`x-secret: ${CANARIES.header}`);
    expect(request.url).toContain(`connectionOnly=${CANARIES.query}`);
    expect(request.body).toContain(CANARIES.body);
  });

  it("shows the answer of a failure, too", async () => {
    api.answer = () => ({ status: 404, body: "nothing here" });
    const { response } = await traced("apikey", false);
    expect(response).toMatchObject({ statusCode: "404", body: "nothing here" });
  });
});

describe("secrets of connections", () => {
  it("turn up in no log, outcome or masked trace", async () => {
    const shown: unknown[] = [];
    const trace = {
      revealsSecrets: false,
      request: (request: ShownRequest) => shown.push(request),
      response: () => {},
    };
    const run = async (connection: string, more: JsonObject = {}): Promise<void> => {
      const call = taskCall(httpResource(), parameters(connection, more));
      shown.push(await runTask(runner, call, trace));
    };
    const evil: Connection = {
      ...apiKey,
      name: "evil",
      authorization: { ...apiKey.authorization, apiKeyValue: `${CANARIES.key}\r\n` } as never,
    };
    runner.replaceConnections([apiKey, basic, oauth(), evil]);
    api.answer = () => ({ body: "fine" });
    for (const name of ["apikey", "basic", "oauth", "evil"]) await run(name);
    api.answer = () => ({ status: 401 });
    for (const name of ["apikey", "basic", "oauth"]) await run(name);
    await run("basic", { RequestBody: "text" });
    tokens.answer = () => ({ status: 500, body: CANARIES.client });
    runner.replaceConnections([oauth({ clientId: "another" })]);
    await run("oauth");
    runner.replaceConnections([
      oauth({ authorizationEndpoint: `${tokens.url}/x?s=${CANARIES.query}` }),
    ]);
    await tokens.close();
    await run("oauth");
    tokens = await recordingServer();
    const text = JSON.stringify({ shown, lines });
    const encoded = Buffer.from(`owned-user:${CANARIES.password}`).toString("base64");
    const found = [...Object.values(CANARIES), encoded].filter((canary) => text.includes(canary));
    expect(found).toEqual([]);
    // They did arrive where they belong.
    const arrived = JSON.stringify(api.requests);
    expect(arrived).toContain(CANARIES.key);
    expect(arrived).toContain(encoded);
  });
});
