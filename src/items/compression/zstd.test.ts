import { describe, expect, it, test } from "vitest";
import { unzstd } from "./zstd.ts";

const MB = 1024 * 1024;
const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

/** Made by the zstd library: `{"n":0}` to `{"n":199}`, a line each, with size and checksum. */
const CHECKED = Buffer.from(
  "KLUv/WRiBnUHAOYTKhDQZTiWBUQjUkqZUkrhISR0JgAkACEAI3e5kKKRu1y8aOQuFy4auctFi0bucsGikbvcikbucs" +
    "IgAENgEARjsEabyT6v47ZYBcWExMPRYCwiVjRyl4sqGrnLBRWN3OViigKTkDp9Lv/9nt/jZfJYfNs1PYer1Kn0dVt2" +
    "jRaJQ+FplmTCoIpqSurlarFWUUVEQ0InU4k0CqqhmZH5eDqcTUwJyYjIxVKhBIDHqBB43WbgGdYQEgHiB/78+79///" +
    "ff//7733//++9/P5pI5URYkUqZEC6kSiaCi6TKiLAilYJSrlTcMm7bred4sFN9Ywmz",
  "base64",
);
const LINES = Array.from({ length: 200 }, (_, index) => `{"n":${index}}\n`).join("");
/** Its first 100 bytes, with neither. */
const PLAIN = Buffer.from(
  "KLUv/QAAnQEA4HsibiI6MH0KeyJuIjoxMjM0NTY3ODkxMX0KeyIKAFQoAvKBzEAWkA9kBrKAfCCzy4oS",
  "base64",
);

/** A block: type 0 raw, 1 one byte many times, 2 compressed. */
function block(type: number, size: number, content: Uint8Array, isLast = false): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE((size << 3) | (type << 1) | Number(isLast), 0, 3);
  return Buffer.concat([header, content]);
}

/** A frame with a window of 1 MB. */
function frame(...blocks: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([...MAGIC, 0, 10 << 3]), ...blocks]);
}

async function read(content: Uint8Array, pieceBytes = 7): Promise<Buffer> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < content.length; start += pieceBytes) {
      yield content.subarray(start, start + pieceBytes);
    }
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of unzstd(pieces())) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("zstd", () => {
  it("is decompressed, however it comes", async () => {
    for (const pieceBytes of [1, 5, 1000]) {
      expect((await read(PLAIN, pieceBytes)).toString()).toBe(LINES.slice(0, 100));
      expect((await read(CHECKED, pieceBytes)).toString()).toBe(LINES);
    }
  });

  it("can have several frames, and frames to skip", async () => {
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const two = Buffer.concat([PLAIN, skippable, PLAIN]);
    expect((await read(two)).toString()).toBe(LINES.slice(0, 100).repeat(2));
    expect((await read(new Uint8Array(0))).length).toBe(0);
  });

  it("can have raw and repeated blocks", async () => {
    const content = frame(block(0, 3, Buffer.from("abc")), block(1, 4, Buffer.from("x"), true));
    expect((await read(content)).toString()).toBe("abcxxxx");
  });

  it("does not fill the memory with a few bytes that stand for many", async () => {
    const blocks = Array.from({ length: 2000 }, () => block(1, 128 * 1024, Buffer.from(" ")));
    const content = frame(...blocks, block(0, 0, Buffer.alloc(0), true));
    let bytes = 0;
    for await (const chunk of unzstd(once(content))) {
      expect(chunk.length).toBeLessThanOrEqual(128 * 1024);
      bytes += chunk.length;
    }
    expect(bytes).toBe(250 * MB);
  });

  test.each([
    ["another file", Buffer.from("{}\n{}\n"), "a frame begins with other bytes than it should"],
    ["one that is cut off", PLAIN.subarray(0, PLAIN.length - 1), "it ends too early"],
    ["one without its checksum", CHECKED.subarray(0, CHECKED.length - 4), ""],
    [
      "a big block",
      frame(block(0, 128 * 1024 + 1, Buffer.alloc(0))),
      "a block is larger than 128 KB",
    ],
    ["a big window", Buffer.from([...MAGIC, 0, 18 << 3]), "its window is larger than 128 MB"],
    [
      "a big segment",
      Buffer.from([...MAGIC, 0xe0, 0, 0, 0, 0, 1, 0, 0, 0]),
      "its window is larger",
    ],
    ["a dictionary", Buffer.from([...MAGIC, 1, 0]), "it needs a dictionary"],
    ["a reserved block", frame(block(3, 1, Buffer.from("x"), true)), "invalid block type"],
    ["broken blocks", frame(block(2, 9, Buffer.alloc(9, 0xff), true)), ""],
  ])("refuses %s", async (_, content, reason) => {
    const reading = read(content);
    await expect(reading).rejects.toMatchObject({ name: "FileFault" });
    await expect(reading).rejects.toThrow(`it is not valid zstd data: ${reason}`);
  });
});

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
