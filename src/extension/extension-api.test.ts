import { once } from "node:events";
import { get as httpGet, type IncomingMessage } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EngineWorld } from "../../test/support/engine-world.ts";
import { type HttpServer, startHttpServer } from "../server/http-server.ts";
import { MAX_COUNT } from "./execution-counts.ts";
import { ExtensionApi } from "./extension-api.ts";
import { LiveFeed } from "./live-feed.ts";

const PASS = { StartAt: "P", States: { P: { Type: "Pass", End: true } } };
const WAIT = {
  StartAt: "W",
  States: { W: { Type: "Wait", Seconds: 10, Next: "P" }, P: { Type: "Pass", End: true } },
};

let world: EngineWorld;
let server: HttpServer;
let clients: AbortController;

beforeEach(async () => {
  world = new EngineWorld();
  const feed = new LiveFeed(world.clock);
  world.observer = feed;
  await world.open();
  const log = { error: vi.fn(), warn: vi.fn() };
  const { machines } = world.catalog;
  server = await startHttpServer({
    api: { call: () => Promise.reject(new Error("not asked here")) },
    host: "127.0.0.1",
    port: 0,
    allowHosts: [],
    insecure: false,
    handlers: [new ExtensionApi({ engine: world.engine, machines, feed, log })],
    logger: log,
  });
  clients = new AbortController();
});

afterEach(async () => {
  clients.abort();
  await server.close();
});

interface Message {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: Record<string, unknown>;
}

/** Messages of a stream as they come. */
async function* listen(query = "", headers: Record<string, string> = {}): AsyncGenerator<Message> {
  const { signal } = clients;
  const url = `${server.url}/api/events?${query}`;
  // Unlike fetch it opens no further connection after an abort, which the server would wait for.
  const [response] = (await once(httpGet(url, { signal, headers, agent: false }), "response")) as [
    IncomingMessage,
  ];
  expect(response.headers["content-type"]).toMatch(/^text\/event-stream/);
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) {
    text += String(chunk);
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const lines = new Map(
        text
          .slice(0, end)
          .split("\n")
          .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
      );
      text = text.slice(end + 2);
      const event = lines.get("event");
      if (event === undefined) continue;
      yield { event, id: lines.get("id"), data: JSON.parse(lines.get("data") ?? "{}") };
    }
  }
}

/** The next message of that kind. */
async function next(stream: AsyncGenerator<Message>, event: string): Promise<Message> {
  for (;;) {
    const { value, done } = await stream.next();
    if (done === true) throw new Error(`the stream ended before "${event}"`);
    if (value.event === event) return value;
  }
}

/** Ids of all events until that one. */
async function idsUntil(stream: AsyncGenerator<Message>, last: number): Promise<number[]> {
  const ids: number[] = [];
  while (ids.at(-1) !== last) {
    const { data, id } = await next(stream, "history");
    const events = data["events"] as { id: number }[];
    ids.push(...events.map((event) => event.id));
    expect(id).toBe(String(ids.at(-1)));
  }
  return ids;
}

async function get(path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(server.url + path);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("GET /api/events", () => {
  it("tells of executions that start and end, gathered for a moment", async () => {
    const machine = await world.createMachine("m", PASS);
    const stream = listen();
    const told = next(stream, "changes");
    await vi.waitFor(() => expect(world.observer?.wantsStatus).toBe(true));
    const arn = await world.start(machine, { name: "e" });
    await world.pass(1_000);
    expect((await told).data).toEqual({
      executions: [
        {
          executionArn: arn,
          stateMachineArn: machine.arn,
          name: "e",
          status: "SUCCEEDED",
          startDate: expect.any(Number),
          stopDate: expect.any(Number),
        },
      ],
      resources: [],
      isComplete: true,
    });
  });

  it("says that more happened than it tells", async () => {
    const machine = await world.createMachine("m", PASS);
    const stream = listen();
    const told = next(stream, "changes");
    await vi.waitFor(() => expect(world.observer?.wantsStatus).toBe(true));
    for (let index = 0; index < 201; index += 1) await world.start(machine);
    await world.pass(1_000);
    const { data } = await told;
    expect(data["executions"]).toHaveLength(200);
    expect(data["isComplete"]).toBe(false);
  });

  it("costs nothing while nobody listens", async () => {
    const machine = await world.createMachine("m", PASS);
    const stream = listen();
    const told = next(stream, "changes").catch(() => undefined);
    await vi.waitFor(() => expect(world.observer?.wantsStatus).toBe(true));
    clients.abort();
    await told;
    await vi.waitFor(() => expect(world.observer?.wantsStatus).toBe(false));
    expect(world.observer?.wantsEvents(machine.logging, "arn:e")).toBe(false);
  });

  it("follows the history of one execution as it happens", async () => {
    const arn = await world.start(await world.createMachine("m", WAIT));
    await world.settle();
    const stream = listen(`executionArn=${arn}`);
    expect(await idsUntil(stream, 2)).toEqual([1, 2]);
    await world.pass(10_000);
    expect(await idsUntil(stream, 6)).toEqual([3, 4, 5, 6]);
  });

  it("goes on where the client was when it connects again", async () => {
    const arn = await world.start(await world.createMachine("m", WAIT));
    await world.pass(10_000);
    const afterQuery = listen(`executionArn=${arn}&afterEventId=1`);
    expect(await idsUntil(afterQuery, 6)).toEqual([2, 3, 4, 5, 6]);
    const afterHeader = listen(`executionArn=${arn}&afterEventId=1`, { "last-event-id": "4" });
    expect(await idsUntil(afterHeader, 6)).toEqual([5, 6]);
  });

  it("leaves payloads out if they are not wanted", async () => {
    const arn = await world.start(await world.createMachine("m", PASS), { input: '{"a":1}' });
    await world.settle();
    const stream = listen(`executionArn=${arn}&includeExecutionData=false`);
    const { data } = await next(stream, "history");
    expect(JSON.stringify(data)).not.toContain('"input"');
  });

  it("is over when the server stops", async () => {
    const stream = listen();
    const ended = next(stream, "changes");
    await vi.waitFor(() => expect(world.observer?.wantsStatus).toBe(true));
    await server.close();
    await expect(ended).rejects.toThrow("the stream ended");
  });

  it.each([
    ["executionArn=arn:aws:states:us-east-1:1:execution:m:none", 400, "ExecutionDoesNotExist"],
    ["afterEventId=-1", 400, "ValidationException"],
    ["includeExecutionData=maybe", 400, "ValidationException"],
  ])("refuses %s", async (query, status, name) => {
    const answer = await get(`/api/events?${query}`);
    expect([answer.status, answer.body["__type"]]).toEqual([status, name]);
  });
});

describe("GET /api/execution-history", () => {
  it("gives the events after one, and how many there are", async () => {
    const arn = await world.start(await world.createMachine("m", PASS));
    await world.settle();
    const path = `/api/execution-history?executionArn=${arn}&afterEventId=1&maxResults=2`;
    const { body } = await get(path);
    expect((body["events"] as { id: number }[]).map(({ id }) => id)).toEqual([2, 3]);
    expect(body["lastEventId"]).toBe(4);
  });

  it.each(["", "executionArn=arn:none", "executionArn=a&maxResults=0"])(
    "refuses ?%s",
    async (query) => {
      expect((await get(`/api/execution-history?${query}`)).status).toBe(400);
    },
  );
});

describe("GET /api/execution-counts", () => {
  it("counts by status, up to a bound", async () => {
    const machine = await world.createMachine("m", PASS);
    const waiting = await world.createMachine("w", WAIT);
    for (let index = 0; index < MAX_COUNT + 1; index += 1) await world.start(machine);
    await world.start(waiting);
    await world.settle();
    const none = "arn:aws:states:us-east-1:123456789012:stateMachine:none";
    const query = [machine.arn, waiting.arn, none].map((arn) => `stateMachineArn=${arn}`);
    const zero = { RUNNING: 0, SUCCEEDED: 0, FAILED: 0, TIMED_OUT: 0, ABORTED: 0 };
    expect((await get(`/api/execution-counts?${query.join("&")}`)).body).toEqual({
      counts: {
        [machine.arn]: { ...zero, SUCCEEDED: MAX_COUNT },
        [waiting.arn]: { ...zero, RUNNING: 1 },
      },
      maxCount: MAX_COUNT,
    });
  });

  it("refuses too many state machines", async () => {
    const query = Array.from({ length: 101 }, (_, index) => `stateMachineArn=m${index}`).join("&");
    expect((await get(`/api/execution-counts?${query}`)).status).toBe(400);
  });
});

describe("other paths under /api/", () => {
  it("are not there", async () => {
    expect((await get("/api/nothing")).status).toBe(404);
  });

  it("take only GET", async () => {
    const response = await fetch(`${server.url}/api/events`, { method: "POST", body: "{}" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET"]);
  });

  it("are guarded against foreign pages", async () => {
    const headers = { origin: "https://evil.example" };
    const response = await fetch(`${server.url}/api/execution-counts`, { headers });
    expect(response.status).toBe(403);
  });
});
