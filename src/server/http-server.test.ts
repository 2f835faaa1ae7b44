import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Api } from "../api/api.ts";
import { errors } from "../api/errors.ts";
import type { Output, RequestInfo } from "../api/operation.ts";
import { startHttpServer } from "./http-server.ts";
import type { HttpServer } from "./http-server.ts";
import { MAX_BODY_BYTES } from "./wire.ts";

type Call = (operation: string, input: unknown, request: RequestInfo) => Promise<Output>;

let server: HttpServer;
let call: Call;
let logged: [object, string][];

beforeEach(async () => {
  logged = [];
  call = async (operation, input) => ({ operation, input });
  const api: Api = { call: (...parameters) => call(...parameters) };
  const log = (details: object, message: string): void => void logged.push([details, message]);
  server = await startHttpServer({
    api,
    host: "127.0.0.1",
    port: 0,
    allowHosts: [],
    insecure: false,
    logger: { error: log, warn: log },
  });
});

afterEach(() => server.close());

const HEADERS = {
  "content-type": "application/x-amz-json-1.0",
  "x-amz-target": "AWSStepFunctions.ListStateMachines",
};

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

function send(
  options: { method?: string; path?: string; headers?: Record<string, string | string[]> },
  body: string | Buffer = "{}",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(server.url);
    const request = httpRequest(
      {
        host: "127.0.0.1",
        port,
        method: "POST",
        path: "/",
        headers: HEADERS,
        agent: false,
        ...options,
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode!, headers: response.headers, body: text }),
        );
      },
    );
    request.on("error", reject).end(body);
  });
}

/** Sends raw bytes and gives all that comes back until the server closes the connection. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => socket.write(text));
    let received = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      received += chunk;
    });
    socket.on("close", () => resolve(received)).on("error", reject);
  });
}

describe("an API request", () => {
  it("is answered in AWS JSON", async () => {
    const answer = await send({}, '{"maxResults":1}');
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      "content-type": "application/x-amz-json-1.0",
      "x-amzn-requestid": expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(JSON.parse(answer.body)).toEqual({
      operation: "ListStateMachines",
      input: { maxResults: 1 },
    });
  });

  it("brings its trace header", async () => {
    call = async (_operation, _input, { traceHeader }) => ({ traceHeader });
    const answer = await send({ headers: { ...HEADERS, "X-Amzn-Trace-Id": "Root=1-2-3" } });
    expect(JSON.parse(answer.body)).toEqual({ traceHeader: "Root=1-2-3" });
  });

  it("shows an error of the API", async () => {
    call = async () => {
      throw errors.resourceNotFound("x");
    };
    const answer = await send({});
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({
      __type: "ResourceNotFound",
      message: "Resource not found: 'x'",
      resourceName: "x",
    });
  });

  it("says when to come back if the store is away", async () => {
    call = async () => {
      throw errors.serviceUnavailable("the disk is full");
    };
    const answer = await send({});
    expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
    expect(JSON.parse(answer.body)).toMatchObject({ __type: "ServiceUnavailable" });
  });

  it("that meets a fault tells nothing of it, but the log does", async () => {
    call = async () => {
      throw new TypeError("secret detail");
    };
    const answer = await send({});
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.body)).toMatchObject({ __type: "InternalFailure" });
    expect(answer.body).not.toContain("secret");
    expect(logged).toEqual([
      [
        { err: expect.any(TypeError), requestId: answer.headers["x-amzn-requestid"] },
        "request failed",
      ],
    ]);
  });

  it("without a known target is refused", async () => {
    for (const target of ["", "Other.ListStateMachines"]) {
      const answer = await send({ headers: { ...HEADERS, "x-amz-target": target } });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ __type: "UnknownOperationException" });
    }
  });

  it.each([["{"], ["[1e400"], [Buffer.from([0xff])], ['{"a":"\\ud800"}']])(
    "with a bad body is refused: %s",
    async (body) => {
      const answer = await send({}, body);
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ __type: "SerializationException" });
    },
  );
});

describe("bodies", () => {
  const tooLarge = Buffer.alloc(MAX_BODY_BYTES + 1, 0x20);

  it("may be as long as the limit", async () => {
    expect((await send({}, Buffer.concat([Buffer.from("{}"), tooLarge.subarray(3)]))).status).toBe(
      200,
    );
  });

  it.each([
    ["with a length", { "content-length": String(tooLarge.length) }],
    ["in chunks", { "transfer-encoding": "chunked" }],
  ])("that are longer are refused, %s", async (_, headers) => {
    const answer = await send({ headers: { ...HEADERS, ...headers } }, tooLarge);
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ __type: "RequestEntityTooLargeException" });
  });

  it("are refused encoded", async () => {
    const answer = await send({ headers: { ...HEADERS, "content-encoding": "gzip" } });
    expect(answer.status).toBe(415);
  });
});

describe("what is no API request", () => {
  it("GET /health says that the server is there", async () => {
    expect(await send({ method: "GET", path: "/health", headers: {} }, "")).toMatchObject({
      status: 200,
      body: '{"status":"ok"}',
    });
  });

  it.each([
    ["GET", "/", 405],
    ["PUT", "/", 405],
    ["OPTIONS", "/", 405],
    ["POST", "/x", 404],
    ["GET", "/favicon.ico", 404],
  ])("%s %s is answered %i and without CORS headers", async (method, path, status) => {
    const answer = await send({ method, path }, "");
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.headers).filter((name) => name.includes("access-control"))).toEqual(
      [],
    );
  });

  it("a form of a web page has no effect", async () => {
    let calls = 0;
    call = async () => {
      calls += 1;
      return {};
    };
    for (const headers of [
      { "content-type": "text/plain" },
      { "content-type": "application/x-www-form-urlencoded" },
      { ...HEADERS, origin: "https://evil.example" },
      { ...HEADERS, "sec-fetch-site": "cross-site" },
      { ...HEADERS, host: "evil.example" },
    ]) {
      expect((await send({ headers })).status).toBeGreaterThanOrEqual(403);
    }
    expect(calls).toBe(0);
  });

  it.each([
    ["an absolute target", "POST http://127.0.0.1/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"],
    ["two hosts", "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n"],
    ["two targets", "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Amz-Target: a\r\nx-amz-target: b\r\n"],
    ["no host", "POST / HTTP/1.1\r\n"],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n",
    ],
    ["two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n"],
    ["no HTTP", "\u0016\u0003\u0001\r\n"],
    ["a bad header", "POST / HTTP/1.1\r\nHost : 127.0.0.1\r\n"],
  ])("bad HTTP is refused: %s", async (_, head) => {
    const answer = await sendRaw(`${head}Connection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("headers beyond 16 KiB are refused", async () => {
    const head = `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ${"a".repeat(16 * 1024)}\r\n\r\n`;
    expect(await sendRaw(head)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe("a long poll", () => {
  const POLL =
    "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.0\r\n" +
    "X-Amz-Target: AWSStepFunctions.GetActivityTask\r\nContent-Length: 2\r\n\r\n{}";

  /** Begins a poll on a socket and resolves when the API was called. */
  function poll(answer: (request: RequestInfo) => Promise<Output>): Promise<Socket> {
    return new Promise((resolve) => {
      const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () =>
        socket.write(POLL),
      );
      call = (_operation, _input, request) => {
        resolve(socket);
        return answer(request);
      };
    });
  }

  const aborted = (request: RequestInfo): Promise<void> =>
    new Promise((resolve) => {
      request.signal.addEventListener("abort", () => resolve());
    });

  it("hears when the client goes", async () => {
    let tell: (text: string) => void;
    const told = new Promise<string>((resolve) => {
      tell = resolve;
    });
    const socket = await poll(async (request) => {
      await aborted(request);
      tell("aborted");
      return {};
    });
    socket.destroy();
    expect(await told).toBe("aborted");
  });

  it("hears after its answer if that could not be sent", async () => {
    let answer: () => void;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let told: Promise<void> | undefined;
    const socket = await poll(async (request) => {
      told = aborted(request);
      await answered;
      // More than a connection takes at once.
      return { taskToken: "t".repeat(8 * 1024 * 1024) };
    });
    // In one turn, so that the server answers before it can know that the client is gone.
    socket.destroy();
    answer!();
    await told;
    expect(told).toBeDefined();
  });

  it(
    "does not wait for connections that never asked for anything",
    { timeout: 4_000 },
    async () => {
      const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
      const closed = new Promise((resolve) => socket.once("close", resolve));
      await new Promise((resolve) => socket.once("connect", resolve));
      // Answered: so the server knows of the connection before.
      await send({});
      await server.close();
      await closed;
      expect(socket.destroyed).toBe(true);
    },
  );

  it("hears nothing after an answer that arrived", async () => {
    let signal: AbortSignal | undefined;
    call = async (_operation, _input, request) => {
      ({ signal } = request);
      return { taskToken: "t" };
    };
    expect((await send({})).body).toBe('{"taskToken":"t"}');
    await server.close();
    expect(signal?.aborted).toBe(false);
  });

  it("is answered with nothing when the server closes", async () => {
    const socket = await poll(async (request) => {
      await aborted(request);
      return {};
    });
    let received = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      received += chunk;
    });
    const ended = new Promise((resolve) => socket.on("close", resolve));
    await server.close();
    await ended;
    expect(received).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(received).toMatch(/Connection: close/);
    expect(received).toMatch(/\r\n\r\n\{\}$/);
  });
});

describe("closing", () => {
  it("lets requests that run come to their end", async () => {
    let finish = (): void => undefined;
    const started = new Promise<void>((resolve) => {
      call = () => {
        resolve();
        return new Promise((answer) => {
          finish = () => answer({ done: true });
        });
      };
    });
    const answer = send({});
    await started;
    const closing = server.close();
    finish();
    expect((await answer).body).toBe('{"done":true}');
    await closing;
    await expect(send({})).rejects.toThrow("ECONNREFUSED");
  });
});

describe("starting", () => {
  it("refuses an address that others reach", async () => {
    const options = {
      port: 0,
      allowHosts: [],
      logger: { error: () => undefined, warn: () => undefined },
    };
    const api: Api = { call: async () => ({}) };
    await expect(
      startHttpServer({ ...options, api, host: "0.0.0.0", insecure: false }),
    ).rejects.toThrow("--insecure");
  });

  it("rejects if the port is taken", async () => {
    const { port } = new URL(server.url);
    const api: Api = { call: async () => ({}) };
    const logger = { error: () => undefined, warn: () => undefined };
    await expect(
      startHttpServer({
        api,
        host: "127.0.0.1",
        port: Number(port),
        allowHosts: [],
        insecure: false,
        logger,
      }),
    ).rejects.toThrow("EADDRINUSE");
  });
});
