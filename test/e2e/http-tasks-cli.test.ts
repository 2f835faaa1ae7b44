/**
 * HTTP tasks with the real AWS CLI: an API and a token server on loopback, connections of a file and of
 * a real work-alike of EventBridge and Secrets Manager, secrets that must not turn up anywhere.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  headerOf,
  type RecordingServer,
  recordingServer,
} from "../../src/tasks/http/testing/recording-server.ts";
import { type AwsCli, awsCli } from "./support/aws-cli.ts";
import { eventually } from "./support/eventually.ts";
import { type NameProxy, nameProxy } from "./support/name-proxy.ts";
import { command, ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

const ROLE = "arn:aws:iam::123456789012:role/r";
const SECRETS = {
  CRM_KEY: "canary-crm-key",
  ERP_SECRET: "canary-erp-secret",
};
const TOKEN = "canary-token";
const PASSWORD = "canary-eventbridge-password";
const CONNECTIONS = (tokenUrl: string): string => `
connections:
  crm:
    type: API_KEY
    apiKeyName: x-api-key
    apiKeyValue: \${env:CRM_KEY}
    queryStringParameters: { tenant: acme }
  erp:
    type: OAUTH_CLIENT_CREDENTIALS
    authorizationEndpoint: ${tokenUrl}/oauth
    clientId: stepwell
    clientSecret: \${env:ERP_SECRET}
`;

let folder: TemporaryFolder;
let api: RecordingServer;
let moto: { readonly url: string; readonly stop: () => void };
let server: ServerProcess;
let proxy: NameProxy;
let aws: AwsCli;
let prefixed: AwsCli;
let machineArn = "";
let connectionsFile = "";

const connection = (name: string): string =>
  `arn:aws:events:us-east-1:123456789012:connection/${name}/81210c42-8af1-456b-9c4a-6ff02fc664ac`;

const state = {
  Type: "Task",
  Resource: "arn:aws:states:::http:invoke",
  Parameters: {
    "ApiEndpoint.$": "$.url",
    Method: "POST",
    InvocationConfig: { "ConnectionArn.$": "$.connection" },
    Headers: { "x-task": "1" },
    "RequestBody.$": "$.body",
  },
  End: true,
};

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A work-alike of AWS's services. */
async function startMoto(): Promise<typeof moto> {
  const port = await freePort();
  const child: ChildProcess = spawn("python3", ["-m", "moto.server", "-p", String(port)], {
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  await eventually("moto answers", () =>
    fetch(`${url}/moto-api/`).then(
      () => true,
      () => undefined,
    ),
  );
  return { url, stop: () => child.kill("SIGKILL") };
}

const run = promisify(execFile);
const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  ...SECRETS,
  AWS_ENDPOINT_URL: moto.url,
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_DEFAULT_REGION: "us-east-1",
});

async function execute(
  input: object,
): Promise<{ status: unknown; events: Record<string, unknown>[] }> {
  const { executionArn } = await aws(
    "start-execution",
    "--state-machine-arn",
    machineArn,
    "--input",
    JSON.stringify(input),
  );
  const described = await eventually("the execution ends", async () => {
    const answer = await aws("describe-execution", "--execution-arn", String(executionArn));
    return answer["status"] === "RUNNING" ? undefined : answer;
  });
  const history = await aws("get-execution-history", "--execution-arn", String(executionArn));
  return { status: described["status"], events: history["events"] as Record<string, unknown>[] };
}

const typesOf = (events: readonly Record<string, unknown>[]): unknown[] =>
  events.map(({ type }) => type);

beforeAll(async () => {
  folder = await temporaryFolder("http-tasks");
  api = await recordingServer();
  api.answer = (request) =>
    request.path === "/oauth"
      ? { body: JSON.stringify({ access_token: TOKEN, expires_in: 3600 }) }
      : { headers: { "Content-Type": "application/json" }, body: '{"ok":true}' };
  moto = await startMoto();
  connectionsFile = join(folder.path, "connections.yaml");
  await writeFile(connectionsFile, CONNECTIONS(api.url));
  server = await ServerProcess.start({
    args: [
      "serve",
      "--data-dir",
      join(folder.path, "data"),
      "--connections",
      connectionsFile,
      "--allow-http-host",
      `127.0.0.1:${api.port}`,
      "--log-level",
      "trace",
      "--execution-logs",
      join(folder.path, "logs"),
    ],
    environment: environment() as Record<string, string>,
  });
  proxy = await nameProxy(server.port);
  aws = await awsCli(server.url);
  prefixed = await awsCli(`http://localhost:${server.port}`, proxy.url);
  const machine = await aws(
    "create-state-machine",
    "--name",
    "call",
    "--role-arn",
    ROLE,
    "--definition",
    JSON.stringify({ StartAt: "Call", States: { Call: state } }),
  );
  machineArn = String(machine["stateMachineArn"]);
});

afterAll(async () => {
  await proxy?.close();
  await server?.stop();
  moto?.stop();
  await api?.close();
  await folder?.remove();
});

describe("an HTTP task", () => {
  it("calls the API with the connection of a file", async () => {
    const { status, events } = await execute({
      url: `${api.url}/v1/orders`,
      connection: connection("crm"),
      body: { n: 1 },
    });
    expect(status).toBe("SUCCEEDED");
    expect(typesOf(events)).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "TaskScheduled",
      "TaskStarted",
      "TaskSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ]);
    const details = events[4]?.["taskSucceededEventDetails"] as Record<string, string>;
    expect(details).toMatchObject({ resourceType: "http", resource: "invoke" });
    expect(JSON.parse(details["output"] ?? "")).toMatchObject({
      StatusCode: 200,
      StatusText: "OK",
      ResponseBody: { ok: true },
      Headers: { "Content-Type": ["application/json"] },
    });
    const request = api.requests.at(-1);
    expect(request).toMatchObject({ path: "/v1/orders?tenant=acme", body: '{"n":1}' });
    expect(headerOf(request, "x-api-key")).toBe(SECRETS.CRM_KEY);
    expect(headerOf(request, "user-agent")).toBe("Amazon|StepFunctions|HttpInvoke|us-east-1");
  });

  it("fetches a token", async () => {
    await execute({ url: `${api.url}/x`, connection: connection("erp"), body: null });
    expect(headerOf(api.requests.at(-1), "authorization")).toBe(`Bearer ${TOKEN}`);
  });

  it("uses a connection of EventBridge with its secret of Secrets Manager", async () => {
    const parameters = { BasicAuthParameters: { Username: "me", Password: PASSWORD } };
    const { stdout } = await run(
      "aws",
      [
        ...["events", "create-connection", "--name", "remote", "--authorization-type", "BASIC"],
        ...["--auth-parameters", JSON.stringify(parameters)],
      ],
      { env: environment() },
    );
    const arn = (JSON.parse(stdout) as { ConnectionArn: string }).ConnectionArn;
    const { status } = await execute({ url: `${api.url}/y`, connection: arn, body: {} });
    expect(status).toBe("SUCCEEDED");
    const expected = Buffer.from(`me:${PASSWORD}`).toString("base64");
    expect(headerOf(api.requests.at(-1), "authorization")).toBe(`Basic ${expected}`);
    const missing = await execute({
      url: api.url,
      connection: connection("nowhere"),
      body: {},
    });
    expect(typesOf(missing.events).slice(-2)).toEqual(["TaskFailed", "ExecutionFailed"]);
    expect(missing.events.at(-1)?.["executionFailedEventDetails"]).toMatchObject({
      error: "Events.ConnectionResource.ResourceNotFound",
    });
  });

  it("goes nowhere else: the server itself, other ports, the metadata of a cloud", async () => {
    const count = api.requests.length;
    for (const url of [server.url, "http://169.254.169.254/", `https://localhost:${server.port}`]) {
      const { events } = await execute({ url, connection: connection("crm"), body: {} });
      expect(events.at(-1)?.["executionFailedEventDetails"]).toMatchObject({
        error: "States.Http.AccessDenied",
        cause: expect.stringContaining("--allow-http-host") as string,
      });
    }
    expect(api.requests).toHaveLength(count);
  });

  it("that cannot be started is not scheduled", async () => {
    const { events } = await execute({ url: "no url", connection: connection("crm"), body: {} });
    expect(typesOf(events)).toEqual(["ExecutionStarted", "TaskStateEntered", "ExecutionFailed"]);
    const failure = await aws.failure(
      "create-state-machine",
      "--name",
      "broken",
      "--role-arn",
      ROLE,
      "--definition",
      JSON.stringify({
        StartAt: "Call",
        States: {
          Call: { ...state, Parameters: { ApiEndpoint: "https://a.example", Method: "X" } },
        },
      }),
    );
    expect(failure).toContain("The field 'InvocationConfig' is required but was missing");
  });
});

describe("TestState", () => {
  const test = (...options: readonly string[]): ReturnType<AwsCli> =>
    prefixed(
      "test-state",
      "--definition",
      JSON.stringify(state),
      "--role-arn",
      ROLE,
      "--input",
      JSON.stringify({ url: `${api.url}/t`, connection: connection("crm"), body: { a: 1 } }),
      "--inspection-level",
      "TRACE",
      ...options,
    );

  it("shows the request, and secrets only on demand", async () => {
    const masked = await test();
    expect(masked).toMatchObject({
      status: "SUCCEEDED",
      inspectionData: {
        request: {
          protocol: "http",
          method: "POST",
          url: `${api.url}/t`,
          headers:
            "[x-task: 1, Content-Type: application/json; charset=UTF-8, " +
            "User-Agent: Amazon|StepFunctions|HttpInvoke|us-east-1, Range: bytes=0-262144]",
          body: '{"a":1}',
        },
        response: { protocol: "http", statusCode: "200", statusMessage: "OK", body: '{"ok":true}' },
      },
    });
    expect(JSON.stringify(masked)).not.toContain("canary");
    expect(JSON.stringify(await test("--reveal-secrets"))).toContain(
      `x-api-key: ${SECRETS.CRM_KEY}`,
    );
  });
});

it("sends a request that was under way at a crash again, with the same parameters", async () => {
  const settings = {
    args: [
      ...["serve", "--data-dir", join(folder.path, "crashed"), "--connections", connectionsFile],
      ...["--allow-http-host", "127.0.0.1"],
    ],
    environment: environment() as Record<string, string>,
  };
  const crashed = await ServerProcess.start(settings);
  const before = api.requests.length;
  const answer = api.answer;
  api.answer = () => ({ silent: true });
  const cli = await awsCli(crashed.url);
  const Headers = { "idempotency-key.$": "States.UUID()" };
  const call = { ...state, Parameters: { ...state.Parameters, Headers } };
  const definition = JSON.stringify({ StartAt: "Call", States: { Call: call } });
  const machine = ["--name", "again", "--role-arn", ROLE, "--definition", definition];
  const { stateMachineArn } = await cli("create-state-machine", ...machine);
  const input = { url: api.url, connection: connection("crm"), body: {} };
  const { executionArn } = await cli(
    "start-execution",
    ...["--state-machine-arn", String(stateMachineArn), "--input", JSON.stringify(input)],
  );
  await eventually("the request arrives", () => api.requests[before]);
  await crashed.kill();
  api.answer = answer;
  const restarted = await ServerProcess.start(settings);
  try {
    const again = await awsCli(restarted.url);
    await eventually("the execution succeeds", async () => {
      const { status } = await again("describe-execution", "--execution-arn", String(executionArn));
      return status === "SUCCEEDED" ? true : undefined;
    });
  } finally {
    await restarted.stop();
  }
  const keys = api.requests.slice(before).map((request) => headerOf(request, "idempotency-key"));
  expect(keys).toHaveLength(2);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[1]).toBe(keys[0]);
});

it("keeps secrets out of the log, the execution logs and the database", async () => {
  const log = server.log;
  await server.stop();
  const texts = [log];
  for (const entry of await readdir(folder.path, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) texts.push(await readFile(join(entry.parentPath, entry.name), "latin1"));
  }
  expect(texts.length).toBeGreaterThan(2);
  const encoded = Buffer.from(`me:${PASSWORD}`).toString("base64");
  for (const secret of [...Object.values(SECRETS), TOKEN, PASSWORD, encoded]) {
    expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  }
});

it("stepwell run reaches loopback, and says what a connection lacks", async () => {
  const file = join(folder.path, "call.asl.json");
  await writeFile(file, JSON.stringify({ StartAt: "Call", States: { Call: state } }));
  const input = JSON.stringify({ url: api.url, connection: connection("crm"), body: {} });
  const args = [command, "run", file, "--input", input, "--connections", connectionsFile];
  const { stdout } = await run(process.execPath, args, { env: environment() });
  expect(JSON.parse(stdout)).toMatchObject({ ResponseBody: { ok: true } });
  const { CRM_KEY: _, ...without } = environment();
  await expect(run(process.execPath, args, { env: without })).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /connections\.yaml:6: connections\.crm\.apiKeyValue needs the environment variable CRM_KEY, which is not set/,
    ) as string,
  });
});
