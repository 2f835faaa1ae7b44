/** Answers that S3 itself would not give. */
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Bucket } from "./bucket.ts";
import { createBuckets } from "./buckets.ts";

const { signal } = new AbortController();

let server: Server;
let bucket: Bucket;
let answer: (response: ServerResponse, request: { readonly range: string | undefined }) => void;

beforeEach(async () => {
  server = createServer((request, response) => answer(response, { range: request.headers.range }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const environment = { AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`, HOME: "/nonexistent" };
  bucket = await createBuckets({
    directory: undefined,
    environment,
    region: "us-east-1",
  }).find("orders");
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe("a server that stands for S3", () => {
  it("gives no object twice when it knows no ranges and its connection breaks", async () => {
    const content = Buffer.alloc(200_000, "x");
    answer = (response, { range }) => {
      response.writeHead(200, { "Content-Length": content.length, ETag: '"e"' });
      if (range !== undefined) return response.end(content);
      response.write(content.subarray(0, 100_000), () => response.destroy());
    };
    const object = await bucket.open("a", { signal });
    let length = 0;
    const reading = (async () => {
      for await (const chunk of object.bytes()) length += chunk.length;
    })();
    await expect(reading).rejects.toMatchObject({
      kind: "Invalid",
      message: "the server does not give parts of objects",
    });
    expect(length).toBeLessThanOrEqual(100_000);
  });

  it("is cut off when its listing does not end", async () => {
    let sent = 0;
    answer = (response) => {
      response.on("error", () => {});
      response.writeHead(200, { "Content-Type": "application/xml" });
      const more = (): void => {
        if (response.destroyed || sent > 64 * 1024 * 1024) return void response.end();
        sent += 65_536;
        response.write("x".repeat(65_536), more);
      };
      response.write("<ListBucketResult><Name>", more);
    };
    const listing = bucket.list({ prefix: "", etags: false, signal })[Symbol.asyncIterator]();
    await expect(listing.next()).rejects.toMatchObject({ name: "BucketError", kind: "Invalid" });
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });
});
