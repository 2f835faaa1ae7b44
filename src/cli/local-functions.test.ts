import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkedFunctionSet, readFunctionSet } from "./local-functions.ts";

describe("functions of several paths", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "stepwell-functions-"));
    for (const name of ["one/pay", "two/pay", "two/ship"]) {
      await mkdir(join(folder, name), { recursive: true });
      await writeFile(join(folder, name, "index.mjs"), "export const handler = () => 1;");
    }
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("are one set in which the first path wins", async () => {
    const set = await readFunctionSet([join(folder, "one"), join(folder, "two")]);
    expect(set.problems).toEqual([]);
    expect(set.functions.map(({ name, code }) => [name, code])).toEqual([
      ["pay", join(folder, "one/pay")],
      ["ship", join(folder, "two/ship")],
    ]);
  });

  it("are refused with all problems at once", async () => {
    await expect(checkedFunctionSet([join(folder, "nope"), join(folder, "none")])).rejects.toThrow(
      /nope: no such file[^]*none: no such file/,
    );
  });

  it("may be none", async () => {
    expect(await readFunctionSet([])).toEqual({ functions: [], problems: [], source: undefined });
  });
});
