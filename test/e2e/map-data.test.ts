/** Items and results of distributed Maps in folders, as `stepwell run` has them. */
import { spawn } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../support/source-files.ts";
import { command } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

let folder: TemporaryFolder;
const inFolder = (...names: string[]): string => join(folder.path, ...names);

beforeAll(async () => {
  folder = await temporaryFolder("map-data");
  await mkdir(inFolder("buckets/orders"), { recursive: true });
});
afterAll(() => folder.remove());

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a distributed Map of these fields, whose children give back their input. */
async function run(map: object, s3Dir = inFolder("buckets")): Promise<Ended> {
  const definition = {
    StartAt: "Each",
    States: {
      Each: {
        Type: "Map",
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          StartAt: "Item",
          States: { Item: { Type: "Pass", End: true } },
        },
        End: true,
        ...map,
      },
    },
  };
  await writeFile(inFolder("import.asl.json"), JSON.stringify(definition));
  // No way to S3 but the folder.
  const env = { PATH: process.env["PATH"], HOME: folder.path };
  const args = [command, "run", inFolder("import.asl.json"), "--s3-dir", s3Dir];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: projectRoot, env });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

function reader(Key: string, ReaderConfig: object): object {
  const Resource = "arn:aws:states:::s3:getObject";
  return { Resource, ReaderConfig, Parameters: { Bucket: "orders", Key } };
}

describe("stepwell run --s3-dir", () => {
  it.each<[string, string | Uint8Array, object, object[]]>([
    [
      "a.csv",
      "id,name\n1,x\n2,y\n",
      { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" },
      [
        { id: "1", name: "x" },
        { id: "2", name: "y" },
      ],
    ],
    [
      "a.json",
      '{"in":[{"n":1},{"n":2},{"n":3}]}',
      { InputType: "JSON", ItemsPointer: "/in", MaxItems: 2 },
      [{ n: 1 }, { n: 2 }],
    ],
    ["a.jsonl.gz", gzipSync('{"n":1}\n{"n":2}\n'), { InputType: "JSONL" }, [{ n: 1 }, { n: 2 }]],
  ])("reads items from %s", async (key, content, config, items) => {
    await writeFile(inFolder("buckets/orders", key), content);
    const { code, stdout, stderr } = await run({ ItemReader: reader(key, config) });
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual(items);
  });

  it("reads Parquet, and tells where an item is from", async () => {
    const fixture = join(projectRoot, "src/items/parquet/testing/rows-zstd.parquet");
    await cp(fixture, inFolder("buckets/orders/rows.parquet"));
    const { code, stdout } = await run({
      ItemReader: reader("rows.parquet", { InputType: "PARQUET", MaxItems: 3 }),
      ItemSelector: { "n.$": "$$.Map.Item.Value.n", "source.$": "$$.Map.Item.Source" },
    });
    expect(code).toBe(0);
    const source = "s3://orders/rows.parquet";
    expect(JSON.parse(stdout)).toEqual([0, 1, 2].map((n) => ({ n, source })));
  });

  it("writes results and names their manifest", async () => {
    await writeFile(inFolder("buckets/orders/lines"), "1\n2\n3\n");
    const { code, stdout } = await run({
      ItemReader: reader("lines", { InputType: "JSONL" }),
      ResultWriter: {
        Resource: "arn:aws:states:::s3:putObject",
        Parameters: { Bucket: "orders", Prefix: "out" },
        WriterConfig: { Transformation: "COMPACT", OutputType: "JSONL" },
      },
    });
    expect(code).toBe(0);
    const output = JSON.parse(stdout) as { ResultWriterDetails: { Bucket: string; Key: string } };
    const { Bucket, Key } = output.ResultWriterDetails;
    expect(Bucket).toBe("orders");
    const manifest = JSON.parse(await readFile(inFolder("buckets/orders", Key), "utf8")) as {
      ResultFiles: { SUCCEEDED: { Key: string; Size: number }[] };
    };
    const [file] = manifest.ResultFiles.SUCCEEDED;
    expect(await readFile(inFolder("buckets/orders", file!.Key), "utf8")).toBe("1\n2\n3\n");
  });

  it("fails the execution with what is wrong and where", async () => {
    await writeFile(inFolder("buckets/orders/bad.jsonl"), "1\n2\n{\n");
    const { code, stderr } = await run({ ItemReader: reader("bad.jsonl", { InputType: "JSONL" }) });
    expect(code).toBe(1);
    expect(stderr).toContain("States.ItemReaderFailed");
    expect(stderr).toContain("s3://orders/bad.jsonl: line 3, column ");
  });

  it("refuses what is no folder", async () => {
    const { code, stderr } = await run({ ItemsPath: "$" }, inFolder("none"));
    expect(code).toBe(2);
    expect(stderr).toContain(
      "none is not a folder; give the folder whose sub-folders are your buckets",
    );
  });
});
