import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { AWS_QUOTAS } from "../engine/quotas.ts";
import { limitsWarning, readLimitsFile } from "./limits-file.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stepwell-limits-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function file(text: string): Promise<string> {
  const path = join(folder, "limits");
  await writeFile(path, text);
  return path;
}

it("without a file the limits are AWS's", async () => {
  expect(await readLimitsFile(undefined)).toBe(AWS_QUOTAS);
  expect(await readLimitsFile(await file("# nothing yet\n"))).toBe(AWS_QUOTAS);
  expect(limitsWarning(AWS_QUOTAS)).toBeUndefined();
});

it.each([
  ["JSON", '{"payloadBytes": 1048576, "versions": 5}'],
  ["YAML", "payloadBytes: 1048576 # 1 MiB\nversions: 5\n"],
])("are read from %s", async (_, text) => {
  const limits = await readLimitsFile(await file(text));
  expect(limits).toEqual({ ...AWS_QUOTAS, payloadBytes: 1_048_576, versions: 5 });
  expect(limitsWarning(limits)).toBe(
    "limits above those of AWS, where what needs them does not run: payloadBytes 1048576 (AWS: 262144)",
  );
});

it.each([
  ["payloadByte: 1", 'there is no limit "payloadByte"; did you mean payloadBytes?'],
  ["x: 1", 'there is no limit "x"; known are payloadBytes, '],
  ["tags: many", 'tags must be a whole number from 0 to 1000, got "many"'],
  ["versions: 0", "versions must be a whole number from 1 to 100000, got 0"],
  ["- 1", "must be an object of limits"],
  ["a: [", "Flow sequence"],
  ["#".repeat(70_000), "cannot be read: the file is longer than 65536 bytes"],
])("refuses %s", async (text, problem) => {
  const path = await file(text);
  await expect(readLimitsFile(path)).rejects.toMatchObject({ exitCode: 2 });
  await expect(readLimitsFile(path)).rejects.toThrow(problem);
});

it("names a file that is not there", async () => {
  await expect(readLimitsFile(join(folder, "none"))).rejects.toThrow(
    /--limits .*none: cannot be read/,
  );
});
