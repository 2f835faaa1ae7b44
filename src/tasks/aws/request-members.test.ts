import { describe, expect, it } from "vitest";
import type { Json } from "../../json/json.ts";
import { parseJson } from "../../json/parse.ts";
import { clientInput, type ClientInput } from "./request-members.ts";
import { findSdkPackage } from "./sdk-package.ts";

async function input(service: string, operation: string, parameters: Json): Promise<ClientInput> {
  const sdk = await findSdkPackage(service);
  const schema = sdk?.operations.get(operation.toLowerCase())?.input();
  if (schema === undefined) throw new Error(`no ${service}:${operation}`);
  return clientInput(schema, parameters);
}

function json(text: string): Json {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

const queue = { QueueUrl: "http://127.0.0.1/q", MessageBody: "text" };

describe("parameters of a task", () => {
  it("get the client's letter case at every depth, keys of maps stay", async () => {
    const parameters = {
      Cluster: "c",
      Overrides: { ContainerOverrides: [{ Name: "n", Environment: [{ Name: "A", Value: "B" }] }] },
    };
    expect(await input("ecs", "runTask", parameters)).toEqual({
      cluster: "c",
      overrides: { containerOverrides: [{ name: "n", environment: [{ name: "A", value: "B" }] }] },
    });
    const attributes = { "lower-key": { DataType: "String", StringValue: "s" } };
    expect(
      (await input("sqs", "sendMessage", { ...queue, MessageAttributes: attributes }))[
        "MessageAttributes"
      ],
    ).toEqual(attributes);
  });

  it("have Java's spelling of members, or the API's", async () => {
    const item = (value: Json): Promise<ClientInput> =>
      input("dynamodb", "putItem", { TableName: "t", Item: { a: value } });
    for (const [java, api] of [
      [{ Ss: ["x"] }, { SS: ["x"] }],
      [{ Nul: true }, { NULL: true }],
      [{ Bool: false }, { BOOL: false }],
      [{ M: { k: { L: [{ Ns: ["1"] }] } } }, { M: { k: { L: [{ NS: ["1"] }] } } }],
    ] as const) {
      expect(await item(java)).toEqual({ TableName: "t", Item: { a: api } });
      expect(await item(api)).toEqual({ TableName: "t", Item: { a: api } });
    }
    const copy = { DestinationBucket: "b", DestinationKey: "k", CopySource: "s/k" };
    expect(await input("s3", "copyObject", copy)).toEqual({
      Bucket: "b",
      Key: "k",
      CopySource: "s/k",
    });
  });

  it.each<[string, Json, string]>([
    [
      "a name in lower case",
      { contentType: "t" },
      `The field "contentType" is not supported by Step Functions. Did you mean 'ContentType'?`,
    ],
    [
      "an unknown name",
      { Bogus: true },
      `The field "Bogus" is not supported by Step Functions. Did you mean 'Bucket'?`,
    ],
    [
      "an unknown name unlike all",
      { CompletelyOther: 1 },
      `The field "CompletelyOther" is not supported by Step Functions`,
    ],
    [
      "a name of the prototype",
      json(`{"__proto__": 1}`),
      `The field "__proto__" is not supported by Step Functions`,
    ],
    ["a number for a text", { Bucket: 123 }, "The value for the field 'Bucket' must be a STRING"],
    [
      "a text for a number",
      { ContentLength: "2" },
      "The value for the field 'ContentLength' must be a NUMBER",
    ],
    [
      "no time",
      { Expires: "tomorrow" },
      "The value for the field 'Expires' must be a TIMESTAMP (ISO 8601, like 2030-01-02T03:04:05Z)",
    ],
    ["a text for a map", { Metadata: "x" }, "The value for the field 'Metadata' must be an OBJECT"],
    [
      "a word for a boolean",
      { BucketKeyEnabled: "TrUe" },
      'Cannot deserialize value of type `java.lang.Boolean` from String "TrUe": only "true" or "false" recognized',
    ],
    [
      "a fraction for a boolean",
      json(`{"BucketKeyEnabled": 1.0}`),
      "Cannot deserialize value of type `java.lang.Boolean` from Floating-point value (token `JsonToken.VALUE_NUMBER_FLOAT`)",
    ],
    [
      "a part of the path that is missing",
      { Bucket: "b" },
      "The field 'Key' is required but was missing",
    ],
  ])("are refused: %s", async (_, parameters, message) => {
    await expect(input("s3", "putObject", parameters)).rejects.toThrow(
      expect.objectContaining({ name: "UnusableParameter", message }) as Error,
    );
  });

  it("are refused where an operation has none", async () => {
    expect(await input("sns", "listTopics", null)).toEqual({});
    await expect(input("sns", "listTopics", [])).rejects.toThrow("must be a JSON object");
  });

  it.each<[Json, boolean | undefined]>([
    [true, true],
    ["true", true],
    [" TRUE ", true],
    ["false", false],
    [1, true],
    [0, false],
    [-1, true],
    ["", undefined],
    ["null", undefined],
    [null, undefined],
  ])("may say a boolean in other ways: %j", async (value, expected) => {
    const parameters = { Bucket: "b", FetchOwner: value };
    expect((await input("s3", "listObjectsV2", parameters))["FetchOwner"]).toBe(expected);
  });

  it("are absent if they are null, but the content of a stream is the text null", async () => {
    const parameters = { Bucket: "b", Key: "k", Body: null, ContentType: null };
    const { Body: body, ...rest } = await input("s3", "putObject", parameters);
    expect(String(body)).toBe("null");
    expect(rest).toEqual({ Bucket: "b", Key: "k" });
  });

  it.each<[Json, string]>([
    ["hello\nπ", '"hello\\nπ"'],
    ["AP9BQgo=", '"AP9BQgo="'],
    [false, "false"],
    [{ Dict: "Value" }, '{"Dict":"Value"}'],
    [json("[1.0]"), "[1.0]"],
  ])("become the JSON text of a stream: %j", async (value, content) => {
    const { Body: body } = await input("s3", "putObject", { Bucket: "b", Key: "k", Body: value });
    expect(String(body)).toBe(content);
  });

  it.each<[Json, string]>([
    ["AP9BQgo=", "AP9BQgo="],
    ['{"a":1}', '{"a":1}'],
    [{ a: 1 }, '{"a":1}'],
  ])("become the bytes of a blob: %j", async (value, content) => {
    const parameters = { StreamName: "s", PartitionKey: "p", Data: value };
    expect(String((await input("kinesis", "putRecord", parameters))["Data"])).toBe(content);
  });

  it("become texts where they are objects, times where they are texts or seconds", async () => {
    const sent = await input("sqs", "sendMessage", { ...queue, MessageBody: { a: [1] } });
    expect(sent["MessageBody"]).toBe('{"a":[1]}');
    const metric = {
      Namespace: "n",
      MetricName: "m",
      Period: 60,
      StartTime: "2026-01-02T03:04:05Z",
      EndTime: 1767323045,
    };
    expect(await input("cloudwatch", "getMetricStatistics", metric)).toMatchObject({
      StartTime: new Date("2026-01-02T03:04:05Z"),
      EndTime: new Date("2026-01-02T03:04:05Z"),
    });
  });

  it("pass documents as they are", async () => {
    const schema = { Json: { properties: { lower: { type: "string" } } } };
    const tool = { ToolSpec: { Name: "t", InputSchema: schema } };
    const parameters = { ModelId: "m", ToolConfig: { Tools: [tool] } };
    expect(await input("bedrockruntime", "converse", parameters)).toEqual({
      modelId: "m",
      toolConfig: {
        tools: [
          {
            toolSpec: {
              name: "t",
              inputSchema: { json: { properties: { lower: { type: "string" } } } },
            },
          },
        ],
      },
    });
  });
});
