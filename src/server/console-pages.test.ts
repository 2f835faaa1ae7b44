import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConsoleFiles } from "./console-files.ts";
import { ConsolePages } from "./console-pages.ts";
import { type HttpServer, startHttpServer } from "./http-server.ts";

const SCRIPT = "console.log(1);".repeat(100);

let folder: string;
let server: HttpServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stepwell-pages-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), '<meta content="__CSP_NONCE__"><p>Hello</p>');
  await writeFile(join(folder, "assets", "app-1.js"), SCRIPT);
  await writeFile(join(folder, "assets", "app-1.js.gz"), gzipSync(SCRIPT));
  await writeFile(join(folder, "favicon.svg"), "<svg/>");
  await writeFile(join(folder, "secret.bin"), "not a file of the console");
  const files = ConsoleFiles.open(folder);
  const quiet = { error: () => {}, warn: () => {} };
  server = await startHttpServer({
    api: { call: async () => ({ answered: true }) },
    host: "127.0.0.1",
    port: 0,
    allowHosts: [],
    insecure: false,
    handlers: [new ConsolePages(files!)],
    logger: quiet,
  });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: Buffer;
}

/** As it is: nothing is unpacked, no path is tidied up. */
function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  const { port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    })
      .on("error", reject)
      .end();
  });
}

const BROWSER = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

describe("the console's page", () => {
  it("stands at / and carries the nonce of its Content-Security-Policy", async () => {
    const { status, headers, body } = await get("/");
    const policy = String(headers["content-security-policy"]);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "none";
    expect(status).toBe(200);
    expect(body.toString()).toBe(`<meta content="${nonce}"><p>Hello</p>`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
  });

  it("has another nonce each time", async () => {
    const [first, second] = await Promise.all([get("/"), get("/")]);
    expect(first.body.equals(second.body)).toBe(false);
  });

  it("stands at every path that a browser opens", async () => {
    const path = "/executions/arn:aws:states:us-east-1:123456789012:execution:m:e%2F1?tab=x";
    expect((await get(path, BROWSER)).status).toBe(200);
  });

  it.each(["/state-machines", "/assets/gone-1.js"])(
    "does not stand at %s for a program",
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it("does not stand for a script that is gone", async () => {
    expect((await get("/assets/gone-1.js", BROWSER)).status).toBe(404);
  });

  it("leaves the API as it is", async () => {
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AWSStepFunctions.ListStateMachines",
    };
    expect((await get("/", headers, "POST")).body.toString()).toBe('{"answered":true}');
    expect((await get("/", {}, "PUT")).status).toBe(405);
  });

  it("is refused to foreign pages and hosts", async () => {
    expect((await get("/", { origin: "https://evil.example" })).status).toBe(403);
    expect((await get("/", { host: "evil.example" })).status).toBe(403);
  });
});

describe("a file of the console", () => {
  it("is kept for ever if its name changes with its content", async () => {
    const { headers, body } = await get("/assets/app-1.js");
    expect(headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    });
    expect(body.toString()).toBe(SCRIPT);
  });

  it("is sent as the build has compressed it", async () => {
    const { headers, body } = await get("/assets/app-1.js", { "accept-encoding": "br, gzip" });
    expect(headers).toMatchObject({ "content-encoding": "gzip", vary: "Accept-Encoding" });
    expect(body.equals(gzipSync(SCRIPT))).toBe(true);
    const refused = await get("/assets/app-1.js", { "accept-encoding": "gzip;q=0, identity" });
    expect(refused.headers["content-encoding"]).toBeUndefined();
  });

  it("is asked for again with its ETag, and not sent twice", async () => {
    const { headers } = await get("/favicon.svg");
    expect(headers["cache-control"]).toBe("no-cache");
    const again = await get("/favicon.svg", { "if-none-match": String(headers["etag"]) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it("is described without being sent", async () => {
    const { headers, body } = await get("/assets/app-1.js", {}, "HEAD");
    expect([headers["content-length"], body.length]).toEqual([String(SCRIPT.length), 0]);
  });

  it.each([
    "/../package.json",
    "/assets/../../package.json",
    "/%2e%2e/package.json",
    "/assets/..%2f..%2fpackage.json",
    "/secret.bin",
    "/assets",
    "/%",
  ])("is nothing outside: %s", async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});
