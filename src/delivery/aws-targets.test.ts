import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CloudWatchLogs } from "./cloudwatch-logs.ts";
import type { LogEntry } from "./cloudwatch-logs.ts";
import { EventBridge } from "./event-bridge.ts";
import type { StatusEvent } from "./status-event.ts";
import { AwsFixture } from "./testing/aws-fixture.ts";

const AT = Date.UTC(2026, 10, 23, 7, 55, 12);
const PROBE = "log_stream_created_by_aws_to_validate_log_delivery_subscriptions";
const REGION = "us-east-1";

let aws: AwsFixture;
let environment: { AWS_ENDPOINT_URL: string };

beforeEach(async () => {
  aws = new AwsFixture();
  environment = { AWS_ENDPOINT_URL: await aws.open() };
  // The SDK reads the process's own.
  vi.stubEnv("AWS_ENDPOINT_URL", environment.AWS_ENDPOINT_URL);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await aws.close();
});

function entry(text: string, more: Partial<LogEntry> = {}): LogEntry {
  return { group: "g", region: REGION, stateMachineName: "m", at: AT, text, ...more };
}

describe("CloudWatchLogs", () => {
  let logs: CloudWatchLogs;
  beforeEach(() => {
    logs = new CloudWatchLogs({ environment, id: "0123abcd" });
  });
  afterEach(() => logs.close());

  it("makes AWS's streams once and puts records in the order of time", async () => {
    aws.answer = ({ input }) =>
      input["logStreamName"] === PROBE
        ? { status: 400, body: { __type: "ResourceAlreadyExistsException" } }
        : { status: 200, body: {} };
    const sent = await logs.send([entry("b", { at: AT + 1 }), entry("a")]);
    expect(sent).toEqual({ again: [], lost: 0, reason: undefined });
    const logStreamName = "states/m/2026-11-23-07-55/0123abcd";
    expect(aws.requests).toEqual([
      { operation: "CreateLogStream", input: { logGroupName: "g", logStreamName: PROBE } },
      { operation: "CreateLogStream", input: { logGroupName: "g", logStreamName } },
      {
        operation: "PutLogEvents",
        input: {
          logGroupName: "g",
          logStreamName,
          logEvents: [
            { timestamp: AT, message: "a" },
            { timestamp: AT + 1, message: "b" },
          ],
        },
      },
    ]);
    await logs.send([entry("c")]);
    expect(aws.operations.slice(3)).toEqual(["PutLogEvents"]);
  });

  it("takes a new stream on another day", async () => {
    await logs.send([entry("a"), entry("b", { at: AT + 86_400_000 })]);
    const puts = aws.requests.filter(({ operation }) => operation === "PutLogEvents");
    expect(puts.map(({ input }) => input["logStreamName"])).toEqual([
      "states/m/2026-11-23-07-55/0123abcd",
      "states/m/2026-11-24-07-55/0123abcd",
    ]);
  });

  it("loses the records of a log group that does not exist, and no others", async () => {
    aws.answer = ({ input }) =>
      input["logGroupName"] === "gone"
        ? { status: 400, body: { __type: "ResourceNotFoundException", message: "no group" } }
        : { status: 200, body: {} };
    const sent = await logs.send([entry("a", { group: "gone" }), entry("b")]);
    expect(sent).toEqual({
      again: [],
      lost: 1,
      reason: "gone: ResourceNotFoundException: no group",
    });
    expect(aws.operations.at(-1)).toBe("PutLogEvents");
  });

  it("wants another try after throttling", async () => {
    aws.answer = () => ({ status: 400, body: { __type: "ThrottlingException", message: "slow" } });
    const sent = await logs.send([entry("a")]);
    expect(sent).toMatchObject({ again: [{ text: "a" }], lost: 0 });
  });

  it("does not ask for every log group when nobody answers", async () => {
    await aws.close();
    const sent = await logs.send([entry("a"), entry("b", { group: "h" })]);
    expect(sent.again.map(({ text }) => text)).toEqual(["a", "b"]);
    expect(sent.reason).toContain("ECONNREFUSED");
    await aws.open();
  });
});

describe("EventBridge", () => {
  const event = (n: number): StatusEvent => ({ executionArn: `arn:${n}`, at: AT, detail: "{}" });
  let bus: EventBridge;
  beforeEach(() => {
    bus = new EventBridge({ environment, region: REGION });
  });
  afterEach(() => bus.close());

  it("puts ten events at a time to the default bus", async () => {
    const sent = await bus.send(Array.from({ length: 12 }, (_, n) => event(n)));
    expect(sent).toEqual({ again: [], lost: 0, reason: undefined });
    const entries = aws.requests.map(({ input }) => input["Entries"] as object[]);
    expect(entries.map(({ length }) => length)).toEqual([10, 2]);
    expect(entries[1]?.[1]).toEqual({
      Source: "aws.states",
      DetailType: "Step Functions Execution Status Change",
      Time: AT / 1_000,
      Resources: ["arn:11"],
      Detail: "{}",
    });
  });

  it("tells entries that were refused from those to try again", async () => {
    const Entries = [
      { EventId: "1" },
      { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "not yours" },
      { ErrorCode: "ThrottlingException", ErrorMessage: "slow" },
    ];
    aws.answer = () => ({ status: 200, body: { FailedEntryCount: 2, Entries } });
    expect(await bus.send([event(0), event(1), event(2)])).toEqual({
      again: [event(2)],
      lost: 1,
      reason: "NotAuthorizedForSourceException: not yours",
    });
  });
});
