import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type HttpAccess, parseOpenedTarget, PUBLIC_ONLY } from "./http-access.ts";
import { createHttpClient, type HttpClientOptions, type HttpRequest } from "./http-client.ts";
import { dnsServer } from "./testing/dns-server.ts";
import {
  headerOf,
  type RecordingServer,
  recordingServer,
  selfSignedIdentity,
} from "./testing/recording-server.ts";

const LOCAL: HttpAccess = { loopback: true, opened: [] };

let server: RecordingServer;
/** TCP sockets that this process has opened as a client. */
let sockets = 0;
const countSocket = (): void => void sockets++;

beforeEach(async () => {
  server = await recordingServer();
  sockets = 0;
  subscribe("net.client.socket", countSocket);
});

afterEach(async () => {
  unsubscribe("net.client.socket", countSocket);
  await server.close();
});

function send(
  url: string,
  options: Partial<HttpClientOptions> & { timeoutMs?: number; signal?: AbortSignal } = {},
  request: Partial<HttpRequest> = {},
) {
  const { timeoutMs, signal = new AbortController().signal, ...rest } = options;
  const client = createHttpClient({ access: LOCAL, ...rest });
  return client.send(
    { method: "GET", url: new URL(url), headers: [], body: undefined, ...request },
    { signal, timeoutMs },
  );
}

function opening(...texts: readonly string[]): HttpAccess {
  const opened = texts.map((text) => {
    const target = parseOpenedTarget(text);
    if ("problem" in target) throw new Error(target.problem);
    return target;
  });
  return { loopback: false, opened };
}

/** PORT is the port of a server on loopback. */
const FORBIDDEN = [
  "https://127.0.0.1:PORT/",
  "http://127.0.0.1:PORT/",
  "https://localhost:PORT/",
  "https://LOCALHOST:PORT/",
  "https://localhost.:PORT/",
  "https://app.localhost:PORT/",
  "https://127.1:PORT/",
  "https://127.0.1:PORT/",
  "https://127.255.255.254:PORT/",
  "https://0x7f.1:PORT/",
  "https://0x7f000001:PORT/",
  "https://0X7F.0.0.0x1:PORT/",
  "https://2130706433:PORT/",
  "https://017700000001:PORT/",
  "https://0177.0.0.01:PORT/",
  "https://127.0.0.1.:PORT/",
  "https://%31%32%37.0.0.1:PORT/",
  "https://１２７.０.０.１:PORT/",
  "https://①②⑦.⓪.⓪.①:PORT/",
  "https://127。0。0。1:PORT/",
  "https://0:PORT/",
  "https://0.0.0.0:PORT/",
  "https://[::1]:PORT/",
  "https://[0:0:0:0:0:0:0:1]:PORT/",
  "https://[::]:PORT/",
  "https://[::ffff:127.0.0.1]:PORT/",
  "https://[::ffff:7f00:1]:PORT/",
  "https://[::FFFF:7F00:0001]:PORT/",
  "https://[::127.0.0.1]:PORT/",
  "https://[::ffff:0:127.0.0.1]:PORT/",
  "https://[64:ff9b::127.0.0.1]:PORT/",
  "https://[64:ff9b:1::7f00:1]:PORT/",
  "https://[2002:7f00:1::]:PORT/",
  "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
  "https://169.254.169.254/latest/meta-data/",
  "http://169.254.169.254/latest/meta-data/",
  "https://0xa9fea9fe/",
  "https://2852039166/",
  "https://[::ffff:169.254.169.254]/",
  "https://[::ffff:a9fe:a9fe]/",
  "https://[fd00:ec2::254]/latest/meta-data/",
  "https://[fe80::1]/",
  "https://169.254.170.2/v2/credentials",
  "https://100.100.100.200/",
  "https://10.0.0.1/",
  "https://10.255.255.255/",
  "https://172.16.0.1/",
  "https://172.31.255.255/",
  "https://192.168.0.1/",
  "https://192.168.1.1:8443/",
  "https://012.0.0.1/",
  "https://[::ffff:10.0.0.1]/",
  "https://[2002:a00:1::]/",
  "https://[64:ff9b::10.0.0.1]/",
  "https://100.64.0.1/",
  "https://192.0.0.1/",
  "https://192.0.2.1/",
  "https://198.18.0.1/",
  "https://198.51.100.7/",
  "https://203.0.113.9/",
  "https://192.88.99.1/",
  "https://224.0.0.1/",
  "https://239.255.255.250/",
  "https://240.0.0.1/",
  "https://255.255.255.255/",
  "https://[fc00::1]/",
  "https://[fd12:3456:789a::1]/",
  "https://[fec0::1]/",
  "https://[ff02::1]/",
  "https://[2001:db8::1]/",
  "https://[100::1]/",
  "https://[4000::1]/",
  "https://user:secret@203.0.113.9/",
  "http://8.8.8.8/",
  "ftp://8.8.8.8/",
  "file:///etc/passwd",
  "gopher://8.8.8.8/",
];

describe("in a server nothing but the public internet", () => {
  it.each(FORBIDDEN)("%s is refused without a connection", async (text) => {
    const url = text.replace("PORT", String(server.port));
    await expect(send(url, { access: PUBLIC_ONLY })).rejects.toMatchObject({ kind: "Refused" });
    expect(sockets).toBe(0);
    expect(server.requests).toEqual([]);
  });

  it("is refused by what a name's addresses are, if only one of them is not public", async () => {
    for (const address of ["127.0.0.1", "::1", "10.1.1.1", "169.254.169.254", "::ffff:10.0.0.1"]) {
      const resolve = () => Promise.resolve(["8.8.8.8", address]);
      await expect(
        send("https://internal.example/", { access: PUBLIC_ONLY, resolve }),
      ).rejects.toMatchObject({ kind: "Refused" });
    }
    expect(sockets).toBe(0);
  });

  it("says what opens the target, and not where it is", async () => {
    const resolve = () => Promise.resolve(["10.1.2.3"]);
    const failure = send("https://crm.internal:8443/x?secret=1", { access: PUBLIC_ONLY, resolve });
    await expect(failure).rejects.toThrow(
      "https://crm.internal:8443 is not called: it has an address that is not public (private). " +
        "The operator of this server can open it with --allow-http-host crm.internal:8443",
    );
  });

  it("refuses a name without addresses", async () => {
    const resolve = () => Promise.resolve([]);
    await expect(
      send("https://x.example/", { access: PUBLIC_ONLY, resolve }),
    ).rejects.toMatchObject({ kind: "Refused" });
  });
});

describe("a name that changes its address", () => {
  it("is looked up once, and the connection goes to what was checked", async () => {
    const dns = await dnsServer([["127.0.0.1"], ["192.0.2.1"]]);
    try {
      const { resolve } = dns;
      const answer = await send(`http://rebinding.example:${server.port}/`, { resolve });
      expect(answer.statusCode).toBe(200);
      expect({ asked: dns.asked(), sockets }).toEqual({ asked: 1, sockets: 1 });
      expect(headerOf(server.requests[0], "host")).toBe(`rebinding.example:${server.port}`);
    } finally {
      await dns.close();
    }
  });

  it("never reaches loopback: public first, then private, for twenty rounds", async () => {
    const dns = await dnsServer([
      ["127.0.0.1"],
      ["8.8.8.8", "127.0.0.1"],
      ["10.0.0.1"],
      ["0.0.0.0"],
    ]);
    try {
      const { resolve } = dns;
      for (let round = 0; round < 20; round++) {
        await expect(
          send(`https://rebinding.example:${server.port}/`, { access: PUBLIC_ONLY, resolve }),
        ).rejects.toMatchObject({ kind: "Refused" });
      }
      expect(dns.asked()).toBe(20);
      expect(sockets).toBe(0);
      expect(server.requests).toEqual([]);
    } finally {
      await dns.close();
    }
  });
});

describe("what the operator opened", () => {
  const name = "crm.internal";
  const resolve = () => Promise.resolve(["127.0.0.1"]);

  it.each(["crm.internal", "CRM.Internal", "*.internal", "127.0.0.1", "127.0.0.0/8", "0x7f.1"])(
    "%s lets requests pass, also without TLS",
    async (target) => {
      const access = opening(target);
      const answer = await send(`http://${name}:${server.port}/`, { access, resolve });
      expect(answer.statusCode).toBe(200);
    },
  );

  it("may be limited to a port", async () => {
    for (const host of [name, "127.0.0.1"]) {
      const url = `http://${host}:${server.port}/`;
      const open = opening(`${host}:${server.port}`);
      expect((await send(url, { access: open, resolve })).statusCode).toBe(200);
      const closed = opening(`${host}:${server.port + 1}`);
      await expect(send(url, { access: closed, resolve })).rejects.toMatchObject({
        kind: "Refused",
      });
    }
  });

  it.each(["other.internal", "*.crm.internal", "internal", "10.0.0.0/8", "[::1]"])(
    "%s opens nothing else",
    async (target) => {
      const access = opening(target);
      await expect(
        send(`http://${name}:${server.port}/`, { access, resolve }),
      ).rejects.toMatchObject({ kind: "Refused" });
    },
  );

  it.each(["", "a b", "host:0", "host:99999", "10.0.0.0/33", "x/8", "http://host", "host:port"])(
    "cannot be '%s'",
    (text) => {
      expect(parseOpenedTarget(text)).toHaveProperty("problem");
    },
  );
});

describe("a request", () => {
  it("is written as it is given, and the answer given as it is written", async () => {
    server.answer = () => ({
      status: 207,
      statusText: "Some of it",
      headers: { "X-Two": ["a", "b"] },
      body: "é",
    });
    const headers = [
      ["X-Shared", "one"],
      ["x-shared", "two"],
    ] as const;
    const answer = await send(`${server.url}/p?q=1`, {}, { method: "PUT", headers, body: "ü" });
    expect(server.requests).toMatchObject([{ method: "PUT", path: "/p?q=1", body: "ü" }]);
    expect(server.requests[0]?.headers.map(([name]) => name)).toEqual([
      "Host",
      "X-Shared",
      "x-shared",
      "Content-Length",
      "Connection",
    ]);
    expect(answer).toMatchObject({ statusCode: 207, statusText: "Some of it" });
    expect(answer.headers.filter(([name]) => name === "X-Two")).toEqual([
      ["X-Two", "a"],
      ["X-Two", "b"],
    ]);
    expect(answer.body.toString()).toBe("é");
  });

  it("may have a body with GET, and need not have one with POST", async () => {
    await send(server.url, {}, { body: "{}" });
    await send(server.url, {}, { method: "POST" });
    expect(server.requests.map((request) => headerOf(request, "content-length"))).toEqual([
      "2",
      "0",
    ]);
    expect(server.requests.map(({ body }) => body)).toEqual(["{}", ""]);
  });

  it("follows no redirect", async () => {
    server.answer = () => ({ status: 302, headers: { Location: "http://127.0.0.1:1/" } });
    expect((await send(server.url)).statusCode).toBe(302);
    expect(server.requests).toHaveLength(1);
  });

  it("uses no proxy of the environment", async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      HTTP_PROXY: "http://127.0.0.1:1",
      http_proxy: "http://127.0.0.1:1",
      NODE_USE_ENV_PROXY: "1",
    });
    try {
      expect((await send(server.url)).statusCode).toBe(200);
    } finally {
      process.env = before;
    }
  });

  it("goes over TLS, with certificates checked", async () => {
    const identity = selfSignedIdentity();
    const secure = await recordingServer({ identity });
    try {
      expect((await send(secure.url, { ca: identity.cert })).statusCode).toBe(200);
      await expect(send(secure.url)).rejects.toMatchObject({
        kind: "Failed",
        message: expect.stringContaining("self-signed certificate") as string,
      });
      const elsewhere = secure.url.replace("localhost", "127.0.0.1");
      await expect(send(elsewhere, { ca: identity.cert })).rejects.toMatchObject({
        kind: "Failed",
      });
      expect(secure.requests).toHaveLength(1);
    } finally {
      await secure.close();
    }
  });

  it("that cannot be written fails without its values", async () => {
    const failure = send(server.url, {}, { headers: [["X-Key", "secret\r\nX-Evil: 1"]] });
    await expect(failure).rejects.toMatchObject({ kind: "Invalid" });
    await expect(failure).rejects.not.toThrow("secret");
    expect(sockets).toBe(0);
  });

  it("has bounds of time and size", async () => {
    server.answer = () => ({ silent: true });
    await expect(send(server.url, { timeoutMs: 50 })).rejects.toMatchObject({
      kind: "TimedOut",
      message: expect.stringContaining("within 0.05 seconds") as string,
    });
    const neverFound = () => new Promise<never>(() => {});
    await expect(
      send("https://x.example/", { resolve: neverFound, timeoutMs: 50 }),
    ).rejects.toMatchObject({ kind: "TimedOut" });
    server.answer = () => ({ body: "x".repeat(262_144) });
    expect((await send(server.url)).body).toHaveLength(262_144);
    server.answer = () => ({ body: "x".repeat(262_145) });
    await expect(send(server.url)).rejects.toMatchObject({ kind: "TooLarge" });
  });

  it("ends when nobody waits for it any more", async () => {
    const aborter = new AbortController();
    server.answer = () => {
      aborter.abort(new Error("over"));
      return { silent: true };
    };
    await expect(send(server.url, { signal: aborter.signal })).rejects.toThrow("over");
    await expect(send(server.url, { signal: aborter.signal })).rejects.toThrow("over");
    expect(server.requests).toHaveLength(1);
  });

  it("fails when the server would rather speak another protocol", async () => {
    server.answer = () => ({
      status: 101,
      headers: { Connection: "Upgrade", Upgrade: "websocket" },
    });
    const disconnected = new Promise<void>((resolve) => server.whenDisconnected(resolve));
    await expect(send(`${server.url}/`)).rejects.toMatchObject({ kind: "Failed" });
    await disconnected;
  });

  it("that finds nobody fails", async () => {
    const { url } = server;
    await server.close();
    await expect(send(url)).rejects.toMatchObject({
      kind: "Failed",
      message: expect.stringContaining("ECONNREFUSED") as string,
    });
    server = await recordingServer();
  });
});
