import { mkdir, mkdtemp, readdir, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { createBuckets } from "../buckets/buckets.ts";
import type { ChildResult, ResultTarget } from "../interpreter/map-data.ts";
import { JsonNumber } from "../json/number.ts";
import { createResultWriters } from "./result-writers.ts";
import { child, CHILD, MACHINE, MAP_RUN, target } from "./testing/child-results.ts";

let directory: string;
beforeEach(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), "stepwell-results-")));
  await mkdir(join(directory, "exports"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const succeeded = child({ output: [1, new JsonNumber("2.0")] });
const failed = child({ status: "FAILED", error: "Refused", cause: "no reason" });
const pending = child({
  status: "PENDING",
  executionArn: "",
  name: "",
  startedAt: undefined,
  stoppedAt: undefined,
});

/** Writes results and gives the files by name, below the folder of the bucket. */
async function write(
  results: readonly ChildResult[],
  changes: Partial<ResultTarget> = {},
  maxFileBytes?: number,
): Promise<Record<string, string>> {
  const buckets = createBuckets({
    directory,
    environment: { HOME: directory },
    region: "us-east-1",
  });
  const files = createResultWriters({ buckets, maxFileBytes }).open(target(changes));
  try {
    for (const result of results) await files.add(result);
    await files.finish();
  } catch (error) {
    await files.abort();
    throw error;
  }
  return contents();
}

async function contents(): Promise<Record<string, string>> {
  const root = join(directory, "exports");
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const found: Record<string, string> = {};
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found[path.slice(root.length + 1)] = await readFile(path, "utf8");
  }
  return found;
}

const FOLDER = "results/tolerance/d0b38e10";

describe("result files", () => {
  it("hold records as AWS writes them", async () => {
    const files = await write([succeeded, failed, pending]);
    expect(files[`${FOLDER}/SUCCEEDED_0.json`]).toBe(
      `[{"ExecutionArn":"${CHILD}","Input":"{\\"n\\":1.0}","InputDetails":{"Included":true},` +
        '"Name":"0368d065","Output":"[1,2.0]","OutputDetails":{"Included":true},"RedriveCount":0,' +
        '"RedriveStatus":"NOT_REDRIVABLE",' +
        '"RedriveStatusReason":"Execution is SUCCEEDED and cannot be redriven",' +
        `"StartDate":"2026-09-23T22:59:01.592Z","StateMachineArn":"${MACHINE}",` +
        '"Status":"SUCCEEDED","StopDate":"2026-09-23T22:59:05.760Z"}]',
    );
    expect(files[`${FOLDER}/FAILED_0.json`]).toBe(
      `[{"Cause":"no reason","Error":"Refused","ExecutionArn":"${CHILD}",` +
        '"Input":"{\\"n\\":1.0}","InputDetails":{"Included":true},"Name":"0368d065",' +
        '"OutputDetails":{"Included":true},"RedriveCount":0,' +
        '"RedriveStatus":"REDRIVABLE_BY_MAP_RUN","StartDate":"2026-09-23T22:59:01.592Z",' +
        `"StateMachineArn":"${MACHINE}","Status":"FAILED","StopDate":"2026-09-23T22:59:05.760Z"}]`,
    );
    expect(files[`${FOLDER}/PENDING_0.json`]).toBe(
      '[{"Input":"{\\"n\\":1.0}","InputDetails":{"Included":true},"Status":"PENDING"}]',
    );
    const size = (name: string): number => Buffer.byteLength(files[`${FOLDER}/${name}`]!);
    expect(files[`${FOLDER}/manifest.json`]).toBe(
      `{"DestinationBucket":"exports","MapRunArn":"${MAP_RUN}","ResultFiles":{` +
        `"FAILED":[{"Key":"${FOLDER}/FAILED_0.json","Size":${size("FAILED_0.json")}}],` +
        `"PENDING":[{"Key":"${FOLDER}/PENDING_0.json","Size":${size("PENDING_0.json")}}],` +
        `"SUCCEEDED":[{"Key":"${FOLDER}/SUCCEEDED_0.json","Size":${size("SUCCEEDED_0.json")}}]}}`,
    );
    expect(Object.keys(files)).toHaveLength(4);
  });

  it("say nothing of redriving an EXPRESS execution", async () => {
    const executionArn = CHILD.replace(":execution:", ":express:");
    const files = await write([child({ ...succeeded, executionArn })]);
    expect(files[`${FOLDER}/SUCCEEDED_0.json`]).not.toContain("RedriveStatus");
  });

  it("count what timed out or was aborted among the failed", async () => {
    const files = await write([child({ status: "TIMED_OUT" }), child({ status: "ABORTED" })]);
    const records = JSON.parse(files[`${FOLDER}/FAILED_0.json`]!) as { Status: string }[];
    expect(records.map(({ Status }) => Status)).toEqual(["TIMED_OUT", "ABORTED"]);
  });

  test.each<[ResultTarget["transformation"], ResultTarget["outputType"], string]>([
    ["COMPACT", "JSON", '[[1,2.0],"x"]'],
    ["COMPACT", "JSONL", '[1,2.0]\n"x"\n'],
    ["FLATTEN", "JSON", '[1,2.0,"x"]'],
    ["FLATTEN", "JSONL", '1\n2.0\n"x"\n'],
  ])("hold outputs: %s, %s", async (transformation, outputType, text) => {
    const files = await write([succeeded, child({ output: "x" }), failed], {
      transformation,
      outputType,
    });
    const suffix = outputType === "JSON" ? "json" : "jsonl";
    expect(files[`${FOLDER}/SUCCEEDED_0.${suffix}`]).toBe(text);
    // Of what failed there is a record all the same.
    expect(files[`${FOLDER}/FAILED_0.${suffix}`]).toContain('"Status":"FAILED"');
  });

  it("are none without results, but for the manifest", async () => {
    const files = await write([]);
    expect(files).toEqual({
      [`${FOLDER}/manifest.json`]:
        `{"DestinationBucket":"exports","MapRunArn":"${MAP_RUN}",` +
        '"ResultFiles":{"FAILED":[],"PENDING":[],"SUCCEEDED":[]}}',
    });
  });

  test.each([
    ["", "d0b38e10/manifest.json"],
    ["a", "a/d0b38e10/manifest.json"],
    ["a/b/", "a/b/d0b38e10/manifest.json"],
  ])("stand below the prefix %j", async (prefix, key) => {
    expect(Object.keys(await write([], { prefix }))).toEqual([key]);
  });

  it.each(["JSON", "JSONL"] as const)(
    "are split before they are too big: %s",
    async (outputType) => {
      const outputs = Array.from({ length: 100 }, (_, index) => "x".repeat(index));
      const results = outputs.map((output) => child({ output }));
      const files = await write(results, { transformation: "COMPACT", outputType }, 300);
      const manifest = JSON.parse(files[`${FOLDER}/manifest.json`]!) as {
        ResultFiles: { SUCCEEDED: { Key: string; Size: number }[] };
      };
      const read = manifest.ResultFiles.SUCCEEDED.flatMap(({ Key, Size }) => {
        const text = files[Key]!;
        expect(Buffer.byteLength(text)).toBe(Size);
        expect(Size).toBeLessThanOrEqual(300);
        return outputType === "JSON"
          ? (JSON.parse(text) as string[])
          : text
              .trimEnd()
              .split("\n")
              .map((line) => JSON.parse(line) as string);
      });
      expect(read).toEqual(outputs);
      expect(manifest.ResultFiles.SUCCEEDED.length).toBeGreaterThan(10);
    },
  );

  it("of a redrive have a folder of their own and name what succeeded before", async () => {
    await write([succeeded, failed]);
    await write([succeeded], { redriveCount: 1 });
    const files = await write([succeeded], { redriveCount: 2 });
    const manifest = JSON.parse(files[`${FOLDER}/Redrive-2/manifest.json`]!) as {
      ResultFiles: { FAILED: unknown[]; SUCCEEDED: { Key: string }[] };
    };
    expect(manifest.ResultFiles.FAILED).toEqual([]);
    expect(manifest.ResultFiles.SUCCEEDED.map(({ Key }) => Key)).toEqual([
      `${FOLDER}/SUCCEEDED_0.json`,
      `${FOLDER}/Redrive-1/SUCCEEDED_0.json`,
      `${FOLDER}/Redrive-2/SUCCEEDED_0.json`,
    ]);
  });

  it("of a redrive do without the files before if these were never written", async () => {
    const files = await write([succeeded], { redriveCount: 3 });
    expect(files[`${FOLDER}/Redrive-3/manifest.json`]).toContain('"SUCCEEDED":[{"Key"');
  });

  it("replace those of an attempt that did not come to its end", async () => {
    await write([succeeded, failed]);
    const files = await write([failed]);
    expect(files[`${FOLDER}/FAILED_0.json`]).toContain("FAILED");
    expect(files[`${FOLDER}/manifest.json`]).toContain('"SUCCEEDED":[]');
  });

  it("leave nothing behind when given up", async () => {
    const buckets = createBuckets({ directory, environment: {}, region: "us-east-1" });
    const files = createResultWriters({ buckets }).open(target());
    await files.add(child({ output: "x".repeat(200_000) }));
    await files.abort();
    expect(await contents()).toEqual({});
  });

  it("name the bucket and the reason when they cannot be written", async () => {
    await expect(write([], { bucket: "none" })).rejects.toMatchObject({
      name: "ResultsUnwritable",
      message: expect.stringMatching(
        /^The results of the Map Run cannot be written to s3:\/\/none\/results\/tolerance: NoSuchBucket: /,
      ),
    });
    await expect(write([failed], { prefix: "../out" })).rejects.toMatchObject({
      name: "ResultsUnwritable",
      message: expect.stringContaining("it contains the part .."),
    });
    expect(await readdir(directory)).toEqual(["exports"]);
  });
});
