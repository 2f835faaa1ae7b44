import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { stringify } from "../../json/stringify.ts";
import { resultOf } from "./result-members.ts";
import { resultStyle } from "./result-style.ts";
import { findSdkPackage } from "./sdk-package.ts";

/** The JSON text of a result, to see the order of its members. */
async function result(
  service: string,
  operation: string,
  output: unknown,
  names: "Api" | "Java" = "Java",
): Promise<string> {
  const sdk = await findSdkPackage(service);
  const schema = sdk?.operations.get(operation.toLowerCase())?.output();
  if (schema === undefined) throw new Error(`no ${service}:${operation}`);
  return stringify(await resultOf(schema, output, resultStyle({ memberNames: names })));
}

describe("the result of a call", () => {
  it("has Java's names in the order of the alphabet, without metadata and absent members", async () => {
    const output = {
      $metadata: { httpStatusCode: 200 },
      MessageId: "1",
      MD5OfMessageBody: "2",
      SequenceNumber: undefined,
      MD5OfMessageAttributes: null,
    };
    expect(await result("sqs", "sendMessage", output)).toBe(
      '{"Md5OfMessageBody":"2","MessageId":"1"}',
    );
    const owner = { Contents: [{ Key: "k", ETag: '"e"', Owner: { ID: "o" } }], KeyCount: 1 };
    expect(await result("s3", "listObjectsV2", owner)).toBe(
      '{"Contents":[{"ETag":"\\"e\\"","Key":"k","Owner":{"Id":"o"}}],"KeyCount":1}',
    );
    expect(await result("ecs", "listClusters", { clusterArns: [] })).toBe('{"ClusterArns":[]}');
  });

  it("finds the names of a kind of structure once, however many there are", async () => {
    const sdk = await findSdkPackage("dynamodb");
    const schema = sdk!.operations.get("query")!.output();
    let named = 0;
    const plain = resultStyle({ memberNames: "Java" });
    const style = {
      ...plain,
      name: (...member: Parameters<typeof plain.name>) => {
        named += 1;
        return plain.name(...member);
      },
    };
    const Items = Array.from({ length: 1_000 }, (_, index) => ({ n: { N: String(index) } }));
    const output = await resultOf(schema, { Items }, style);
    expect(output["Items"]).toEqual(Items);
    expect(named).toBeLessThan(100);
  });

  it("may have the API's names, with a capital", async () => {
    expect(await result("sqs", "sendMessage", { MD5OfMessageBody: "2" }, "Api")).toBe(
      '{"MD5OfMessageBody":"2"}',
    );
    const item = { Item: { a: { L: [{ NULL: true }] } } };
    expect(await result("dynamodb", "getItem", item, "Api")).toBe(JSON.stringify(item));
    const clusters = { clusterArns: ["a"] };
    expect(await result("ecs", "listClusters", clusters, "Api")).toBe('{"ClusterArns":["a"]}');
  });

  it("keeps the keys of maps and Java's names of what is in them", async () => {
    const item = {
      zeta: { S: "1" },
      Alpha: { NULL: true },
      l: { L: [{ SS: ["x"] }, { BOOL: false }] },
    };
    expect(await result("dynamodb", "getItem", { Item: item })).toBe(
      '{"Item":{"zeta":{"S":"1"},"Alpha":{"Nul":true},"l":{"L":[{"Ss":["x"]},{"Bool":false}]}}}',
    );
  });

  it("has times as Java prints them", async () => {
    const bucket = (time: string) => ({ Buckets: [{ CreationDate: new Date(time) }] });
    expect(await result("s3", "listBuckets", bucket("2026-09-23T22:15:03.000Z"))).toBe(
      '{"Buckets":[{"CreationDate":"2026-09-23T22:15:03Z"}]}',
    );
    expect(await result("s3", "listBuckets", bucket("2026-09-23T22:15:03.120Z"))).toBe(
      '{"Buckets":[{"CreationDate":"2026-09-23T22:15:03.120Z"}]}',
    );
  });

  it("has bytes as text, Base64 if they are none", async () => {
    const blob = (bytes: readonly number[]) => ({ CiphertextBlob: Uint8Array.from(bytes) });
    expect(await result("kms", "encrypt", blob([0x41, 0xcf, 0x80]))).toBe(
      '{"CiphertextBlob":"Aπ"}',
    );
    expect(await result("kms", "encrypt", blob([0x00, 0xff, 0x41, 0x42, 0x0a]))).toBe(
      '{"CiphertextBlob":"AP9BQgo="}',
    );
  });

  it("has a stream as text, after all else", async () => {
    const output = {
      Body: Readable.from([Buffer.from([0xcf]), Buffer.from([0x80])]),
      AcceptRanges: "bytes",
      Metadata: {},
    };
    expect(await result("s3", "getObject", output)).toBe(
      '{"AcceptRanges":"bytes","Metadata":{},"Body":"π"}',
    );
    expect(await result("s3", "getObject", { Body: Readable.from([]) })).toBe('{"Body":""}');
    const broken = new Readable({ read: () => broken.destroy(new Error("cut off")) });
    await expect(result("s3", "getObject", { Body: broken })).rejects.toThrow("cut off");
  });

  it("has documents and empty answers as they are", async () => {
    expect(await result("dynamodb", "putItem", { $metadata: {} })).toBe("{}");
    expect(await result("sns", "untagResource", undefined)).toBe("{}");
    const use = { toolUse: { toolUseId: "i", name: "n", input: { lower: [1, null] } } };
    const output = { output: { message: { role: "assistant", content: [use] } } };
    expect(await result("bedrockruntime", "converse", output)).toBe(
      '{"Output":{"Message":{"Content":[{"ToolUse":{"Input":{"lower":[1,null]},"Name":"n","ToolUseId":"i"}}],"Role":"assistant"}}}',
    );
  });
});
