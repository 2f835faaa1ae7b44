/** A web page must not be able to drive a developer's server; bad requests get clear answers. */
import { connect } from "node:net";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CreateStateMachineCommand, ListStateMachinesCommand } from "@aws-sdk/client-sfn";
import { roleArn, sdkClient } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

let folder: TemporaryFolder;
let server: ServerProcess;

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const GOOD = {
  "content-type": "application/x-amz-json-1.0",
  "x-amz-target": "AWSStepFunctions.ListStateMachines",
};

function send(
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = "{}",
  method = "POST",
  path = "/",
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const call = request(
      { host: "127.0.0.1", port: server.port, method, path, headers, agent: false },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
        response.on("error", reject);
      },
    );
    call.on("error", reject);
    call.end(body);
  });
}

/** What the server answers to bytes as they are. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => (answer += chunk));
    socket.on("close", () => resolve(answer)).on("error", reject);
    socket.setTimeout(10_000, () => socket.destroy());
  });
}

beforeAll(async () => {
  folder = await temporaryFolder("safety");
  server = await ServerProcess.start({
    args: ["serve", "--data-dir", join(folder.path, "data"), "--allow-host", "stepwell.test"],
  });
});

afterAll(async () => {
  await server?.stop();
  await folder?.remove();
});

describe("the server", () => {
  it.each([
    "127.0.0.1",
    "localhost",
    "localhost:8083",
    "stepwell.test",
    "sync-localhost:1",
    "[::1]:8083",
  ])("answers to its own host name %s", async (host) => {
    expect((await send({ ...GOOD, host })).status).toBe(200);
  });

  it.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:8083",
    "10.0.0.1",
    "stepwell.test.evil",
  ])("refuses the foreign host %s", async (host) => {
    const reply = await send({ ...GOOD, host });
    expect(reply.status).toBe(403);
    expect(reply.body).toContain("--allow-host");
  });

  it.each(["https://evil.example", "null", "http://127.0.0.1:1"])(
    "refuses requests of the origin %s",
    async (origin) => {
      expect((await send({ ...GOOD, origin })).status).toBe(403);
    },
  );

  it("refuses what browsers mark as cross-site", async () => {
    expect((await send({ ...GOOD, "sec-fetch-site": "cross-site" })).status).toBe(403);
  });

  it("grants no cross-origin preflight", async () => {
    const reply = await send(
      { origin: "https://evil.example", "access-control-request-method": "POST" },
      "",
      "OPTIONS",
    );
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(Object.keys(reply.headers).filter((name) => name.startsWith("access-control"))).toEqual(
      [],
    );
  });

  it.each([
    "text/plain",
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
  ])("refuses the content type %s, which a page can send without asking", async (type) => {
    expect((await send({ ...GOOD, "content-type": type })).status).toBe(415);
  });

  it("refuses a body over the limit and goes on", async () => {
    const reply = await send(GOOD, Buffer.alloc(3 * 1024 * 1024, " ")).catch(
      (error: unknown) => error,
    );
    // The server may close the connection while the client still writes.
    if (!(reply instanceof Error)) expect((reply as Reply).status).toBe(413);
    expect((await send(GOOD)).status).toBe(200);
  });

  it.each([
    ["not JSON", "{nope"],
    ["not an object", "[1]"],
    ["invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ["NaN", '{"maxResults":NaN}'],
    ["a wrong type", '{"maxResults":"many"}'],
    ["deep nesting", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
  ])("answers a body that is %s with a client error", async (_name, body) => {
    const reply = await send(GOOD, body);
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.body)).toHaveProperty("__type");
  });

  it("names an operation that does not exist", async () => {
    const reply = await send({ ...GOOD, "x-amz-target": "AWSStepFunctions.MakeCoffee" });
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.body)).toMatchObject({ __type: "UnknownOperationException" });
  });

  it.each([
    ["two Host headers", "POST / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n"],
    ["an absolute target", "POST http://localhost/ HTTP/1.1\r\nHost: localhost\r\n"],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n",
    ],
    ["headers without end", `POST / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(40_000)}\r\n`],
  ])("refuses a request with %s", async (_name, head) => {
    expect(await sendRaw(`${head}Connection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it("keeps hostile member names as data", async () => {
    const client = sdkClient(server.url);
    const definition =
      '{"StartAt":"__proto__","States":{"__proto__":{"Type":"Pass","Result":{"__proto__":{"x":1}},"End":true}}}';
    await client
      .send(new CreateStateMachineCommand({ name: "hostile", definition, roleArn }))
      .catch(() => undefined);
    await expect(client.send(new ListStateMachinesCommand({}))).resolves.toBeDefined();
    client.destroy();
  });

  it("listens on loopback only, unless --insecure says otherwise", async () => {
    const started = ServerProcess.start({
      args: ["serve", "--host", "0.0.0.0", "--data-dir", join(folder.path, "other")],
    });
    await expect(started).rejects.toThrow(/--insecure/);
  });

  it("is still well", async () => {
    const reply = await send({}, "", "GET", "/health");
    expect(reply.status).toBe(200);
  });
});
