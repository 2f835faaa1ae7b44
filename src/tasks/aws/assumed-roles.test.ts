import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AssumedRoles } from "./assumed-roles.ts";
import { createAwsCaller } from "./create-aws-caller.ts";
import { createHttpHandler } from "./http-handler.ts";
import { type FakeService, startFakeService } from "./testing/fake-service.ts";

const ROLE = "arn:aws:iam::210987654321:role/tasks";
const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

function session(key: string, expiration: number): string {
  return (
    "<AssumeRoleResponse><AssumeRoleResult><Credentials>" +
    `<AccessKeyId>${key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t-${key}</SessionToken>` +
    `<Expiration>${new Date(expiration).toISOString()}</Expiration>` +
    "</Credentials></AssumeRoleResult></AssumeRoleResponse>"
  );
}

describe("a task's role", () => {
  let sts: FakeService;
  let now: number;

  beforeEach(async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
    sts = await startFakeService();
    now = START;
  });

  afterEach(async () => {
    await sts.close();
    vi.unstubAllEnvs();
  });

  function roles(environment: Readonly<Record<string, string>>): AssumedRoles {
    return new AssumedRoles({
      region: "us-east-1",
      environment: { AWS_ACCESS_KEY_ID: "test", ...environment },
      handler: createHttpHandler,
      now: () => now,
    });
  }

  it("is assumed once as long as its credentials last", async () => {
    const assumed = roles({ AWS_ENDPOINT_URL_STS: sts.url });
    sts.answer(() => ({ body: session(`K${sts.received.length}`, now + HOUR) }));
    const role = { arn: ROLE, externalId: "arn:aws:states:us-east-1:1:stateMachine:m" };
    expect(await assumed.credentials(role)).toMatchObject({
      accessKeyId: "K1",
      sessionToken: "t-K1",
    });
    now += HOUR - 6 * 60_000;
    expect((await assumed.credentials(role)).accessKeyId).toBe("K1");
    now += 2 * 60_000;
    expect((await assumed.credentials(role)).accessKeyId).toBe("K2");
    expect((await assumed.credentials({ ...role, externalId: undefined })).accessKeyId).toBe("K3");
    const [first = "", , last = ""] = sts.received.map(({ body }) => body);
    const sent = new URLSearchParams(first);
    expect(Object.fromEntries(sent)).toMatchObject({
      Action: "AssumeRole",
      RoleArn: ROLE,
      ExternalId: role.externalId,
    });
    expect(new URLSearchParams(last).has("ExternalId")).toBe(false);
  });

  it("may refuse: then it is asked again at the next call", async () => {
    const assumed = roles({ AWS_ENDPOINT_URL_STS: sts.url });
    const refusal =
      "User: arn:aws:iam::123456789012:role/server is not authorized to perform: sts:AssumeRole on resource: x";
    sts.answer(() => ({
      status: 403,
      body: `<ErrorResponse><Error><Code>AccessDenied</Code><Message>${refusal}</Message></Error></ErrorResponse>`,
    }));
    const role = { arn: ROLE, externalId: undefined };
    await expect(assumed.credentials(role)).rejects.toMatchObject({
      kind: "Role",
      // as users match it in Choice states
      message: `The role arn:aws:iam::123456789012:role/server is not authorized to assume the task state's role, ${ROLE}.`,
    });
    sts.answer(() => ({ body: session("K", now + HOUR) }));
    expect((await assumed.credentials(role)).accessKeyId).toBe("K");
    sts.answer(() => ({ body: "<AssumeRoleResponse/>" }));
    await expect(assumed.credentials({ ...role, arn: `${ROLE}2` })).rejects.toThrow(
      `The task state's role, ${ROLE}2, could not be assumed: STS answered without credentials`,
    );
  });

  it("is for AWS and for work-alikes with an STS, not for other endpoints", () => {
    expect(roles({}).applyTo("SQS")).toBe(true);
    expect(roles({ AWS_ENDPOINT_URL: sts.url }).applyTo("SQS")).toBe(false);
    expect(roles({ AWS_ENDPOINT_URL_SQS: sts.url }).applyTo("SQS")).toBe(false);
    expect(roles({ AWS_ENDPOINT_URL_SQS: sts.url }).applyTo("SNS")).toBe(true);
    const both = roles({ AWS_ENDPOINT_URL: sts.url, AWS_ENDPOINT_URL_STS: sts.url });
    expect(both.applyTo("SQS")).toBe(true);
  });

  it("signs the call", async () => {
    const endpoints = { AWS_ENDPOINT_URL: sts.url, AWS_ENDPOINT_URL_STS: sts.url };
    const environment = { AWS_ACCESS_KEY_ID: "test", ...endpoints };
    const caller = createAwsCaller({ region: "us-east-1", environment });
    sts.answer(({ body }) =>
      body.includes("AssumeRole")
        ? { body: session("ROLEKEY", Date.now() + HOUR) }
        : { body: "{}" },
    );
    const signal = new AbortController().signal;
    const request = { service: "sqs", action: "listQueues", parameters: {}, signal };
    await caller.call({ ...request, roleArn: ROLE, externalId: "x" });
    await caller.call({ ...request, roleArn: ROLE, externalId: "x" });
    await caller.call({ ...request, roleArn: undefined });
    const keys = sts.received.map(
      ({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? "")?.[1],
    );
    expect(keys).toEqual(["test", "ROLEKEY", "ROLEKEY", "test"]);
    expect(sts.received[1]?.headers["x-amz-security-token"]).toBe("t-ROLEKEY");
    caller.close();
  });
});
