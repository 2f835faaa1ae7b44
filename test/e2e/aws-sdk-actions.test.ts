/**
 * AWS SDK integrations: what a Task state makes of its parameters reaches the service as it would from
 * the AWS CLI, in every protocol of AWS, and answers and errors come back as Step Functions tells them.
 */
import { join } from "node:path";
import {
  CreateStateMachineCommand,
  type SFNClient,
  StartSyncExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comparableRequest } from "./support/aws/comparable-request.ts";
import { JSON_ACTIONS } from "./support/aws/json-actions.ts";
import { JSON_CONTROL_ACTIONS } from "./support/aws/json-control-actions.ts";
import { QUERY_ACTIONS, REST_XML_ACTIONS } from "./support/aws/query-actions.ts";
import {
  cliRequest,
  type ReferenceRequests,
  referenceRequests,
} from "./support/aws/reference-requests.ts";
import { type RequestRecorder, requestRecorder } from "./support/aws/request-recorder.ts";
import { REST_JSON_ACTIONS } from "./support/aws/rest-json-actions.ts";
import { idOf, type SdkAction } from "./support/aws/sdk-action.ts";
import { SERVICE_ERRORS } from "./support/aws/service-errors.ts";
import { roleArn, sdkClient } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

const ACTIONS = [
  ...JSON_ACTIONS,
  ...JSON_CONTROL_ACTIONS,
  ...REST_JSON_ACTIONS,
  ...QUERY_ACTIONS,
  ...REST_XML_ACTIONS,
];
const rows = ACTIONS.map((row) => [idOf(row), row] as const);

/** Each start of the CLI costs most of a second, so only some rows go through it: of every protocol. */
const CLI_ROWS = new Set([
  "dynamodb:putItem",
  "sqs:sendMessage",
  "ecs:registerTaskDefinition",
  "cloudwatchlogs:putLogEvents",
  "batch:submitJob",
  "sesv2:sendEmail",
  "sns:publish",
  "iam:simulatePrincipalPolicy",
  "s3:deleteObjects",
  "route53:changeResourceRecordSets",
]);
/** At a time. */
const CLI_CALLS = 2;

let folder: TemporaryFolder;
let recorder: RequestRecorder;
let server: ServerProcess;
let client: SFNClient;
let reference: ReferenceRequests;
let machines = 0;

interface TaskResult {
  readonly status: string | undefined;
  readonly output: unknown;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

/** Runs one Task state. */
async function runTask(resource: string, parameters: object): Promise<TaskResult> {
  const task = { Type: "Task", Resource: `arn:aws:states:::aws-sdk:${resource}`, End: true };
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({
      name: `action-${machines++}`,
      type: "EXPRESS",
      definition: JSON.stringify({
        StartAt: "Call",
        States: { Call: { ...task, Parameters: parameters } },
      }),
      roleArn,
    }),
  );
  const { status, output, error, cause } = await client.send(
    new StartSyncExecutionCommand({ stateMachineArn, input: "{}" }),
  );
  return {
    status,
    output: output === undefined ? undefined : (JSON.parse(output) as unknown),
    error,
    cause,
  };
}

beforeAll(async () => {
  folder = await temporaryFolder("actions");
  recorder = await requestRecorder();
  [server, reference] = await Promise.all([
    ServerProcess.start({
      args: [
        ...["serve", "--data-dir", join(folder.path, "data"), "--log-level", "warn"],
        ...["--execution-logs", "off", "--status-events", "off"],
      ],
      environment: {
        AWS_ENDPOINT_URL: recorder.url,
        AWS_ENDPOINT_URL_BEDROCK: "http://127.0.0.1:1", // nobody listens there
        AWS_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_CONFIG_FILE: "/dev/null",
        AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      },
    }),
    referenceRequests(ACTIONS),
  ]);
  client = sdkClient(server.url);
});

afterAll(async () => {
  client?.destroy();
  await server?.stop();
  await recorder?.close();
  await folder?.remove();
});

describe("what reaches the service", () => {
  it.each(rows)("%s, as from the AWS CLI", async (id, row) => {
    const earlier = recorder.requests.length;
    recorder.answer = row.answer;
    const result = await runTask(id, row.parameters);
    expect(result).toMatchObject({ status: "SUCCEEDED", error: undefined, cause: undefined });
    const [request, second] = recorder.requests.slice(earlier);
    const expected = reference.requests.get(id);
    if (request === undefined || expected === undefined) throw new Error("no request arrived");
    expect(second).toBeUndefined();
    const given = JSON.stringify(row.parameters);
    expect(comparableRequest(request, given)).toEqual(comparableRequest(expected, given));
    if (row.output !== undefined) expect(result.output).toEqual(row.output);
  });

  it("the same from the `aws` command as from the library that it is made of", async () => {
    const left = ACTIONS.filter((row) => CLI_ROWS.has(idOf(row)));
    expect(left).toHaveLength(CLI_ROWS.size);
    const worker = async (): Promise<void> => {
      for (let row = left.pop(); row !== undefined; row = left.pop()) {
        const id = idOf(row);
        const command = reference.commands.get(id);
        const expected = reference.requests.get(id);
        if (command === undefined || expected === undefined) throw new Error(`no request of ${id}`);
        const given = JSON.stringify(row.parameters);
        const request = comparableRequest(await cliRequest(row, command), given);
        expect({ id, request }).toEqual({ id, request: comparableRequest(expected, given) });
      }
    };
    await Promise.all(Array.from({ length: CLI_CALLS }, worker));
  });

  it("covers enough to say so", () => {
    const services = new Set(ACTIONS.map(({ service }) => service));
    expect(new Set(ACTIONS.map(idOf)).size).toBe(ACTIONS.length);
    expect(ACTIONS.length).toBeGreaterThanOrEqual(60);
    expect(services.size).toBeGreaterThanOrEqual(25);
    expect(
      ACTIONS.filter((row: SdkAction) => row.output !== undefined).length,
    ).toBeGreaterThanOrEqual(15);
  });
});

describe("errors of services", () => {
  it.each(SERVICE_ERRORS)(
    "$resource: $error",
    async ({ resource, parameters, answer, error, cause }) => {
      recorder.answer = answer;
      expect(await runTask(resource, parameters)).toEqual({
        status: "FAILED",
        output: undefined,
        error,
        cause,
      });
    },
  );

  it("a service that cannot be reached", async () => {
    const result = await runTask("bedrock:listFoundationModels", {});
    expect(result).toMatchObject({ status: "FAILED", error: "Bedrock.SdkClientException" });
    expect(result.cause).toMatch(/127\.0\.0\.1:1|ECONNREFUSED|connect/i);
  });

  it("a service whose client is not installed: the cause says what to install", async () => {
    const result = await runTask("polly:describeVoices", { LanguageCode: "en-US" });
    expect(result.status).toBe("FAILED");
    expect(result.cause).toContain("npm install @aws-sdk/client-polly");
  });

  it("an action that the service does not have: the cause names one that it has", async () => {
    const earlier = recorder.requests.length;
    const result = await runTask("sqs:sendMesage", { QueueUrl: "q", MessageBody: "m" });
    expect(result.status).toBe("FAILED");
    expect(result.cause).toContain("sendMessage");
    expect(recorder.requests).toHaveLength(earlier);
  });

  it("parameters that the action does not have", async () => {
    const earlier = recorder.requests.length;
    const result = await runTask("sqs:sendMessage", { QueueUrl: "q", MessageBody: "m", Delay: 3 });
    expect(result).toMatchObject({ status: "FAILED", error: "States.Runtime" });
    expect(result.cause).toContain("Delay");
    expect(recorder.requests).toHaveLength(earlier);
  });
});
