import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { Bucket, ListedObject } from "./bucket.ts";
import { createBuckets } from "./buckets.ts";
import { sortInTurns } from "./folder/sort-in-turns.ts";

const { signal } = new AbortController();

let directory: string;
let bucket: Bucket;

beforeEach(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), "stepwell-buckets-")));
  await mkdir(join(directory, "orders"));
  bucket = await find("orders");
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function find(name: string): Promise<Bucket> {
  return createBuckets({ directory, environment: { HOME: directory }, region: "us-east-1" }).find(
    name,
  );
}

async function put(key: string, content: string): Promise<void> {
  const upload = bucket.upload(key);
  await upload.write(Buffer.from(content));
  await upload.finish();
}

async function read(key: string): Promise<string> {
  const object = await bucket.open(key, { signal });
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of object.bytes()) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  } finally {
    object.close();
  }
}

async function list(prefix = "", etags = false): Promise<ListedObject[]> {
  const objects: ListedObject[] = [];
  for await (const page of bucket.list({ prefix, etags, signal })) objects.push(...page);
  return objects;
}

async function keys(prefix = ""): Promise<string[]> {
  return (await list(prefix)).map(({ key }) => key);
}

describe("folders as buckets", () => {
  it("hold objects at the paths that are their keys", async () => {
    await put("a/b/c.json", "[1]");
    expect(await readFile(join(directory, "orders/a/b/c.json"), "utf8")).toBe("[1]");
    expect(await read("a/b/c.json")).toBe("[1]");
    const object = await bucket.open("a/b/c.json", { signal });
    expect(object.size).toBe(3);
    expect(Buffer.from(await object.slice(1, 2)).toString()).toBe("1");
    object.close();
  });

  test.each(["other", "..", ".", "a/b", "", "orders/", "link", "orders\0"])(
    "is none: %j",
    async (name) => {
      await symlink(tmpdir(), join(directory, "link"));
      await writeFile(join(directory, "file"), "");
      await expect(find(name)).rejects.toMatchObject({ name: "BucketError", kind: "Missing" });
    },
  );

  it("tells what to do when there is no such bucket", async () => {
    await expect(find("other")).rejects.toThrow(
      `NoSuchBucket: there is no bucket other: make the folder other in ${directory}, ` +
        "or set AWS_ENDPOINT_URL_S3 or AWS credentials to use S3",
    );
  });

  test.each([
    ["../escape", "it contains the part .."],
    ["a/../../escape", "it contains the part .."],
    ["./a", "it contains the part ."],
    ["/etc/passwd", "it begins or ends with / or contains //"],
    ["a//b", "it begins or ends with / or contains //"],
    ["a/", "it begins or ends with / or contains //"],
    ["a\0b", "it contains NUL"],
    ["", "it is empty"],
    ["x".repeat(1025), "it is longer than 1024 bytes"],
    ["x".repeat(250), "a part of it is longer than"],
    [".stepwell-upload~a", "names that begin with .stepwell-upload~ are taken"],
  ])("refuse the key %j", async (key, reason) => {
    await expect(bucket.open(key, { signal })).rejects.toMatchObject({ kind: "Invalid" });
    await expect(bucket.upload(key).write(Buffer.from("x"))).rejects.toThrow(reason);
    expect(await readdir(directory, { recursive: true })).toEqual(["orders"]);
  });

  it("do not follow links out of the bucket", async () => {
    await writeFile(join(directory, "secret"), "secret");
    await mkdir(join(directory, "elsewhere"));
    await symlink(join(directory, "secret"), join(directory, "orders/link"));
    await symlink(join(directory, "elsewhere"), join(directory, "orders/folder"));
    await writeFile(join(directory, "elsewhere/x"), "x");
    await expect(read("link")).rejects.toMatchObject({ kind: "Missing" });
    await expect(read("folder/x")).rejects.toMatchObject({ kind: "Missing" });
    await expect(put("folder/y", "y")).rejects.toMatchObject({ kind: "Denied" });
    await expect(put("folder/new/y", "y")).rejects.toMatchObject({ kind: "Denied" });
    expect(await readdir(join(directory, "elsewhere"))).toEqual(["x"]);
    expect(await keys()).toEqual([]);
  });

  it.skipIf(process.platform === "win32")("have no pipes in them", async () => {
    execFileSync("mkfifo", [join(directory, "orders/pipe")]);
    await expect(read("pipe")).rejects.toMatchObject({ kind: "Missing" });
    expect(await keys()).toEqual([]);
  });

  it("do not write through a link where an upload was left", async () => {
    await writeFile(join(directory, "secret"), "secret");
    await symlink(join(directory, "secret"), join(directory, "orders/.stepwell-upload~a"));
    await put("a", "written");
    expect(await read("a")).toBe("written");
    expect(await readFile(join(directory, "secret"), "utf8")).toBe("secret");
  });

  it("say what is missing in S3's words", async () => {
    await mkdir(join(directory, "orders/folder"));
    for (const key of ["none", "none/none", "folder"]) {
      await expect(bucket.open(key, { signal })).rejects.toMatchObject({
        kind: "Missing",
        message: "NoSuchKey: The specified key does not exist.",
      });
    }
    await expect(bucket.open("a", { signal, versionId: "1" })).rejects.toMatchObject({
      kind: "Invalid",
    });
  });
});

describe("the listing of a folder", () => {
  it("has S3's order, which is that of the keys' bytes", async () => {
    const names = [
      "a/b",
      "a.txt",
      "a0",
      "a/B",
      "b",
      "B",
      "a-",
      "ü",
      "z",
      "\ue000",
      "😀",
      "a/b.c/d",
    ];
    for (const name of names) await put(name, name);
    const expected = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(await keys()).toEqual(expected);
  });

  it("orders any keys so", () => {
    const texts = fc.array(fc.string({ unit: "grapheme" }), { maxLength: 20 });
    return fc.assert(
      fc.asyncProperty(texts, async (names) => {
        const expected = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(await sortInTurns(names)).toEqual(expected);
      }),
    );
  });

  it("orders hundreds of thousands of keys without holding up everybody else", async () => {
    const names = Array.from({ length: 200_000 }, (_, index) => `${(index * 7919) % 200_003}.json`);
    let turns = 0;
    const count = (): void => {
      turns += 1;
      turning = setImmediate(count);
    };
    let turning = setImmediate(count);
    const sorted = await sortInTurns(names);
    clearImmediate(turning);
    expect(turns).toBeGreaterThan(3);
    expect(sorted).toEqual(names.toSorted());
  });

  it("is of what begins with the prefix", async () => {
    for (const name of ["in/a", "in/b/c", "in2", "i", "out/in/a"]) await put(name, "");
    expect(await keys("in/")).toEqual(["in/a", "in/b/c"]);
    expect(await keys("in")).toEqual(["in/a", "in/b/c", "in2"]);
    expect(await keys("in/b/c")).toEqual(["in/b/c"]);
    for (const prefix of ["none/", "in/a/", "../", "/", "in//", "in/\0/"]) {
      expect(await keys(prefix)).toEqual([]);
    }
  });

  it("has size, date and the MD5 of the content", async () => {
    await put("a", "hello");
    const etag = `"${createHash("md5").update("hello").digest("hex")}"`;
    const [object] = await list("", true);
    expect(object).toMatchObject({ key: "a", size: 5, etag, storageClass: "STANDARD" });
    expect(Math.abs(Date.now() - object!.lastModified)).toBeLessThan(60_000);
    await put("a", "other");
    const [changed] = await list("", true);
    expect(changed!.etag).not.toBe(etag);
  });

  it("comes in pages of 1,000", async () => {
    await Promise.all(
      Array.from({ length: 1001 }, (_, index) =>
        writeFile(join(directory, "orders", String(index)), ""),
      ),
    );
    const lengths: number[] = [];
    for await (const page of bucket.list({ prefix: "", etags: false, signal }))
      lengths.push(page.length);
    expect(lengths).toEqual([1000, 1]);
  });
});

describe("objects of a folder", () => {
  it("appear when they are whole", async () => {
    const upload = bucket.upload("a/b");
    await upload.write(Buffer.from("1"));
    await upload.write(Buffer.from("2"));
    await expect(read("a/b")).rejects.toMatchObject({ kind: "Missing" });
    expect(await keys()).toEqual([]);
    await upload.finish();
    expect(await read("a/b")).toBe("12");
    await upload.abort();
    expect(await read("a/b")).toBe("12");
  });

  it("leave nothing behind when given up", async () => {
    const upload = bucket.upload("a");
    await upload.write(Buffer.from("1"));
    await upload.abort();
    expect(await readdir(join(directory, "orders"))).toEqual([]);
  });

  it("can be empty", async () => {
    const upload = bucket.upload("empty");
    await upload.finish();
    expect(await read("empty")).toBe("");
  });

  it("stay what they were when they are replaced while they are read", async () => {
    await put("a", "old");
    const object = await bucket.open("a", { signal });
    await put("a", "new and longer");
    expect(Buffer.from(await object.slice(0, 3)).toString()).toBe("old");
    object.close();
    const replaced = await bucket.open("a", { signal });
    expect(replaced.version).not.toBe(object.version);
    replaced.close();
  });

  it("are not read on when they are written in place", async () => {
    const path = join(directory, "orders/a");
    await writeFile(path, "0123456789");
    const object = await bucket.open("a", { signal });
    await writeFile(path, "01234");
    await expect(object.slice(0, 10)).rejects.toMatchObject({ kind: "Changed" });
    object.close();
  });
});
