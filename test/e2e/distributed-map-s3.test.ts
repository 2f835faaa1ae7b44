/** A Map Run whose 10,000 items are rows of a CSV file in S3, with results that go back there. */
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  DescribeMapRunCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { motoMissing } from "./support/aws/moto-server.ts";
import { ServiceWorld } from "./support/aws/service-world.ts";

const ROWS = 10_000;
const BUCKET = "orders";

const definition = (executionType: string): object => ({
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      Label: "Each",
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        ReaderConfig: { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" },
        Parameters: { Bucket: BUCKET, Key: "in/orders.csv" },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: executionType },
        StartAt: "Check",
        States: {
          Check: {
            Type: "Choice",
            Choices: [{ Variable: "$.quantity", StringEquals: "0", Next: "Refuse" }],
            Default: "Keep",
          },
          Refuse: { Type: "Fail", Error: "NoQuantity" },
          Keep: { Type: "Pass", Parameters: { "id.$": "$.id" }, End: true },
        },
      },
      ToleratedFailurePercentage: 5,
      ResultWriter: {
        Resource: "arn:aws:states:::s3:putObject",
        Parameters: { Bucket: BUCKET, Prefix: `out/${executionType}` },
      },
      End: true,
    },
  },
});

interface Manifest {
  readonly DestinationBucket: string;
  readonly ResultFiles: Record<"SUCCEEDED" | "FAILED" | "PENDING", { readonly Key: string }[]>;
}

interface Written {
  readonly Name: string;
  readonly Input: string;
  readonly Output?: string;
  readonly Error?: string;
  readonly Status: string;
}

describe.skipIf(motoMissing() !== undefined)("10,000 rows of a CSV file in S3", () => {
  let world: ServiceWorld;
  let s3: S3Client;

  async function read<Content>(Key: string): Promise<Content> {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    return JSON.parse((await Body?.transformToString()) ?? "") as Content;
  }

  beforeAll(async () => {
    world = await ServiceWorld.create("map-s3");
    s3 = new S3Client({ ...world.clientSettings, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    // Every fiftieth row is refused.
    const rows = Array.from({ length: ROWS }, (_, id) => `${id},"a, ""b""",${id % 50}`);
    const Body = `id,text,quantity\r\n${rows.join("\r\n")}\r\n`;
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "in/orders.csv", Body }));
  });

  afterAll(async () => {
    s3?.destroy();
    await world?.close();
  });

  it.each(["STANDARD", "EXPRESS"])("run as %s executions", async (type) => {
    const executionArn = await world.start(definition(type));
    const { description, output } = await world.finish(executionArn);
    expect(description.cause).toBeUndefined();
    const { ResultWriterDetails: details } = output as {
      readonly ResultWriterDetails: { readonly Bucket: string; readonly Key: string };
    };
    expect(details.Bucket).toBe(BUCKET);
    expect(details.Key).toMatch(new RegExp(`^out/${type}/[\\w-]+/manifest\\.json$`));
    const { ResultFiles: files, DestinationBucket } = await read<Manifest>(details.Key);
    expect(DestinationBucket).toBe(BUCKET);
    expect(files.PENDING).toEqual([]);
    const results = async (kind: "SUCCEEDED" | "FAILED"): Promise<Written[]> =>
      (await Promise.all(files[kind].map(({ Key }) => read<Written[]>(Key)))).flat();

    const succeeded = await results("SUCCEEDED");
    const ids = succeeded.map(({ Output = "" }) => (JSON.parse(Output) as { id: string }).id);
    expect(new Set(ids).size).toBe(ROWS - ROWS / 50);
    const failed = await results("FAILED");
    expect(failed).toHaveLength(ROWS / 50);
    expect(failed[0]).toMatchObject({ Status: "FAILED", Error: "NoQuantity" });
    const first = { id: "0", text: 'a, "b"', quantity: "0" };
    expect(JSON.parse(failed[0]?.Input ?? "")).toEqual(first);
    expect(new Set([...succeeded, ...failed].map(({ Name }) => Name)).size).toBe(ROWS);

    const { mapRuns } = await world.sfn.send(new ListMapRunsCommand({ executionArn }));
    const mapRunArn = mapRuns?.[0]?.mapRunArn;
    const run = await world.sfn.send(new DescribeMapRunCommand({ mapRunArn }));
    const counts = { total: ROWS, failed: ROWS / 50, succeeded: ROWS - ROWS / 50, pending: 0 };
    expect(run).toMatchObject({ status: "SUCCEEDED", itemCounts: counts, executionCounts: counts });
    expect(run.toleratedFailurePercentage).toBe(5);
    const listed = await world.sfn.send(
      new ListExecutionsCommand({ mapRunArn, statusFilter: "FAILED", maxResults: 1000 }),
    );
    expect(listed.executions).toHaveLength(ROWS / 50);
  });
});
