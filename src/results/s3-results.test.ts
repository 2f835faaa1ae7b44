import {
  CreateBucketCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBuckets } from "../buckets/buckets.ts";
import { isMotoMissing, type MotoServer, startMoto } from "../buckets/testing/moto-server.ts";
import type { Environment } from "../aws/environment.ts";
import type { ResultWriters } from "../engine/ports.ts";
import { createResultWriters } from "./result-writers.ts";
import { child, target } from "./testing/child-results.ts";

const FOLDER = "results/tolerance/d0b38e10";

describe.skipIf(isMotoMissing)("result files in S3", () => {
  let moto: MotoServer;
  beforeAll(async () => {
    moto = await startMoto();
    await moto.client.send(new CreateBucketCommand({ Bucket: "exports" }));
  }, 60_000);
  afterAll(() => moto.close());

  const writers = (endpoint: Environment): ResultWriters =>
    createResultWriters({
      buckets: createBuckets({ directory: undefined, environment: endpoint, region: "us-east-1" }),
    });

  async function text(Key: string): Promise<string> {
    const { Body } = await moto.client.send(new GetObjectCommand({ Bucket: "exports", Key }));
    return Body!.transformToString();
  }

  it("are uploaded in parts and named by the manifest", async () => {
    const files = writers(moto.environment).open(target({ transformation: "COMPACT" }));
    const output = "x".repeat(1_000_000);
    for (let index = 0; index < 20; index += 1) await files.add(child({ output }));
    const { bucket, key } = await files.finish();
    expect({ bucket, key }).toEqual({ bucket: "exports", key: `${FOLDER}/manifest.json` });
    const results = JSON.parse(await text(`${FOLDER}/SUCCEEDED_0.json`)) as string[];
    expect(results).toEqual(Array.from({ length: 20 }, () => output));
    expect(await text(key)).toContain(`"Key":"${FOLDER}/SUCCEEDED_0.json","Size":20000061`);
  });

  it("leave no parts behind when given up", async () => {
    const files = writers(moto.environment).open(target({ uuid: "given-up" }));
    for (let index = 0; index < 10; index += 1)
      await files.add(child({ output: "x".repeat(1_000_000) }));
    await files.abort();
    const list = new ListMultipartUploadsCommand({ Bucket: "exports" });
    expect((await moto.client.send(list)).Uploads ?? []).toEqual([]);
  });

  it("are for later when S3 cannot be reached now, and refused when there is no bucket", async () => {
    const nobody = { AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1" };
    await expect(writers(nobody).open(target()).finish()).rejects.toMatchObject({
      name: "StoreUnavailable",
    });
    const none = writers(moto.environment).open(target({ bucket: "none" }));
    await expect(none.finish()).rejects.toMatchObject({
      name: "ResultsUnwritable",
      message: expect.stringContaining("NoSuchBucket: The specified bucket does not exist"),
    });
  });
});
