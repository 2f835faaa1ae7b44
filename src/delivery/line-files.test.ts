import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { fileName, fileSender, outputSender } from "./line-files.ts";

const made: string[] = [];

function folder(): string {
  made.push(mkdtempSync(join(tmpdir(), "stepwell-lines-")));
  return made.at(-1)!;
}

afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

describe("fileSender", () => {
  it("appends to a file for each log group and makes the folder", async () => {
    const path = join(folder(), "new");
    const sender = fileSender("logs", path);
    await sender.send([
      { file: "/aws/states/a", text: "1" },
      { file: "b", text: "2" },
      { file: "/aws/states/a", text: "3" },
    ]);
    await sender.send([{ file: "b", text: "4" }]);
    expect(readdirSync(path).toSorted()).toEqual(["b.jsonl", "~aws~states~a.jsonl"]);
    expect(readFileSync(join(path, "~aws~states~a.jsonl"), "utf8")).toBe("1\n3\n");
    expect(readFileSync(join(path, "b.jsonl"), "utf8")).toBe("2\n4\n");
  });

  it("loses only the lines of a file that cannot be written", async () => {
    const path = folder();
    mkdirSync(join(path, "a.jsonl"));
    const lines = ["a", "b", "a"].map((file) => ({ file, text: "1" }));
    const sent = await fileSender("logs", path).send(lines);
    expect(sent).toMatchObject({ again: [], lost: 2 });
    expect(sent.reason).toContain("EISDIR");
    expect(readFileSync(join(path, "b.jsonl"), "utf8")).toBe("1\n");
  });

  it("rejects when its folder is a file", async () => {
    const path = folder();
    const inTheWay = join(path, "file");
    writeFileSync(inTheWay, "");
    await expect(fileSender("logs", inTheWay).send([{ file: "a", text: "1" }])).rejects.toThrow(
      /EEXIST|ENOTDIR/,
    );
  });
});

describe("fileName", () => {
  it.each([
    ["/aws/vendedlogs/a-b_c.d#1", "~aws~vendedlogs~a-b_c.d#1.jsonl"],
    ["../../etc/x", "..~..~etc~x.jsonl"],
    ["a~b c", "a%7Eb%20c.jsonl"],
    ["\ud800", "%EF%BF%BD.jsonl"],
  ])("of %s is %s", (name, expected) => {
    expect(fileName(name)).toBe(expected);
  });

  it("is bounded and still tells long names apart", () => {
    const [a, b] = ["a", "b"].map((last) => fileName("x".repeat(500) + last));
    expect(a).not.toBe(b);
    expect(a!.length).toBeLessThan(255);
  });
});

describe("outputSender", () => {
  it("writes lines, and survives that its reader goes away", async () => {
    const output = new PassThrough();
    const sender = outputSender("logs", output);
    await sender.send([
      { file: "a", text: "1" },
      { file: "b", text: "2" },
    ]);
    expect(String(output.read())).toBe("1\n2\n");
    output.destroy(new Error("EPIPE"));
    await expect(sender.send([{ file: "a", text: "3" }])).rejects.toThrow("destroyed");
  });
});
