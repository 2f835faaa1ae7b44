import { randomBytes } from "node:crypto";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Bucket, BucketObject } from "./bucket.ts";
import { createBuckets } from "./buckets.ts";
import { type BreakingProxy, startBreakingProxy } from "./testing/breaking-proxy.ts";
import { isMotoMissing, type MotoServer, startMoto } from "./testing/moto-server.ts";

const MB = 1024 * 1024;
const { signal } = new AbortController();

let moto: MotoServer;
let proxy: BreakingProxy;
let bucket: Bucket;
/** The same, by way of the proxy. */
let shaky: Bucket;

describe.skipIf(isMotoMissing)("buckets of S3", () => {
  beforeAll(async () => {
    moto = await startMoto();
    proxy = await startBreakingProxy(moto.port);
    await moto.client.send(new CreateBucketCommand({ Bucket: "orders" }));
    bucket = await find("orders");
    shaky = await find("orders", proxy.url);
  }, 60_000);
  afterAll(async () => {
    await proxy.close();
    await moto.close();
  });

  function find(name: string, endpoint?: string): Promise<Bucket> {
    const environment =
      endpoint === undefined ? moto.environment : { AWS_ENDPOINT_URL_S3: endpoint };
    return createBuckets({ directory: undefined, environment, region: "us-east-1" }).find(name);
  }

  async function put(key: string, content: string | Uint8Array): Promise<void> {
    await moto.client.send(new PutObjectCommand({ Bucket: "orders", Key: key, Body: content }));
  }

  async function readAll(object: BucketObject): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of object.bytes()) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  it("give objects, whole and in part", async () => {
    await put("a/b", "hello");
    const object = await bucket.open("a/b", { signal });
    expect(object.size).toBe(5);
    expect((await readAll(object)).toString()).toBe("hello");
    expect(Buffer.from(await object.slice(1, 3)).toString()).toBe("el");
    object.close();
    await put("empty", "");
    expect((await readAll(await bucket.open("empty", { signal }))).length).toBe(0);
  });

  it("say what is missing", async () => {
    await expect(bucket.open("none", { signal })).rejects.toMatchObject({
      name: "BucketError",
      kind: "Missing",
      message: "NoSuchKey: The specified key does not exist.",
    });
    const none = await find("none");
    const missing = {
      kind: "Missing",
      message: "NoSuchBucket: The specified bucket does not exist",
    };
    await expect(none.open("a", { signal })).rejects.toMatchObject(missing);
    await expect(none.upload("a").finish()).rejects.toMatchObject(missing);
    const listing = none.list({ prefix: "", etags: true, signal })[Symbol.asyncIterator]();
    await expect(listing.next()).rejects.toMatchObject(missing);
  });

  it("are listed in pages", async () => {
    for (let start = 0; start < 1100; start += 100) {
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => put(`many/${start + index}`, "x")),
      );
    }
    const pages: number[] = [];
    const keys: string[] = [];
    for await (const page of bucket.list({ prefix: "many/", etags: true, signal })) {
      pages.push(page.length);
      keys.push(...page.map(({ key }) => key));
      expect(page[0]).toMatchObject({ size: 1, storageClass: "STANDARD" });
      expect(page[0]!.etag).toMatch(/^"[0-9a-f]{32}"$/);
    }
    expect(pages).toEqual([1000, 100]);
    expect(keys).toEqual(keys.toSorted());
  });

  it("take small objects at once and big ones in parts", async () => {
    for (const size of [0, 10, 20 * MB + 7]) {
      const content = randomBytes(size);
      const upload = bucket.upload(`up/${size}`);
      for (let start = 0; start < size; start += MB) {
        await upload.write(content.subarray(start, start + MB));
      }
      await upload.finish();
      const { Body, ETag } = await moto.client.send(
        new GetObjectCommand({ Bucket: "orders", Key: `up/${size}` }),
      );
      expect(content.equals(await Body!.transformToByteArray())).toBe(true);
      expect(ETag!.includes("-3")).toBe(size > MB);
    }
  });

  it("keep no parts of an upload that is given up", async () => {
    const upload = bucket.upload("given-up");
    await upload.write(randomBytes(9 * MB));
    const uploads = async (): Promise<number> => {
      const list = new ListMultipartUploadsCommand({ Bucket: "orders" });
      return (await moto.client.send(list)).Uploads?.length ?? 0;
    };
    expect(await uploads()).toBe(1);
    await upload.abort();
    expect(await uploads()).toBe(0);
    await expect(bucket.open("given-up", { signal })).rejects.toMatchObject({ kind: "Missing" });
  });

  it("are read on where a connection broke", async () => {
    const content = randomBytes(8 * MB);
    await put("shaky", content);
    proxy.breakAfter(2 * MB, 3);
    expect(content.equals(await readAll(await shaky.open("shaky", { signal })))).toBe(true);
    expect(proxy.breaksLeft).toBe(0);
  });

  it("are not read on when the object was replaced in between", async () => {
    await put("replaced", randomBytes(8 * MB));
    proxy.breakAfter(6 * MB, 1);
    const object = await shaky.open("replaced", { signal });
    const chunks = object.bytes()[Symbol.asyncIterator]();
    await chunks.next();
    await put("replaced", randomBytes(8 * MB));
    const reading = async (): Promise<void> => {
      while ((await chunks.next()).done !== true);
    };
    await expect(reading()).rejects.toMatchObject({ kind: "Changed" });
  });

  it("are unavailable when nobody answers", async () => {
    const gone = await startBreakingProxy(moto.port);
    await gone.close();
    const unreachable = await find("orders", gone.url);
    await expect(unreachable.open("a/b", { signal })).rejects.toMatchObject({
      kind: "Unavailable",
    });
    await expect(unreachable.upload("x").finish()).rejects.toMatchObject({ kind: "Unavailable" });
  });

  it("stop waiting when the reader goes away", async () => {
    await put("big", randomBytes(8 * MB));
    const abort = new AbortController();
    proxy.breakAfter(2 * MB, 1000);
    const object = await shaky.open("big", { signal: abort.signal });
    const reading = readAll(object);
    abort.abort(new Error("gone"));
    await expect(reading).rejects.toThrow("gone");
    proxy.breakAfter(0, 0);
  });
});
