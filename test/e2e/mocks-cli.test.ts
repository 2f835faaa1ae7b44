/** Mocked services with the real AWS CLI and the command line: the documentation's examples, crashes, reloading. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { projectRoot } from "../support/source-files.ts";
import { type Answer, type AwsCli, awsCli } from "./support/aws-cli.ts";
import { eventually } from "./support/eventually.ts";
import { historyProblems, lostEvents } from "./support/history-laws.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

const run = promisify(execFile);
const example = join(projectRoot, "examples/refund");
const machineArn = (name: string): string =>
  `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;

interface Event {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly [details: string]: unknown;
}

let folder: TemporaryFolder;
let server: ServerProcess | undefined;
let aws: AwsCli;

/** Nothing of AWS in the environment: no credentials, no endpoints. */
const bare = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };

async function serve(args: readonly string[], settings: object = {}): Promise<void> {
  server = await ServerProcess.start({ args, ...settings });
  aws = await awsCli(server.url);
}

const start = (name: string, testCase: string, ...options: string[]): Promise<Answer> =>
  aws("start-execution", "--state-machine-arn", `${machineArn(name)}#${testCase}`, ...options);

const describeExecution = (arn: unknown): Promise<Answer> =>
  aws("describe-execution", "--execution-arn", String(arn));

const history = async (arn: unknown): Promise<Event[]> =>
  (await aws("get-execution-history", "--execution-arn", String(arn)))["events"] as Event[];

const ended = (arn: unknown): Promise<Answer> =>
  eventually(`end of ${String(arn)}`, async () => {
    const description = await describeExecution(arn);
    return description["status"] === "RUNNING" ? undefined : description;
  });

const types = (events: readonly Event[]): string[] => events.map(({ type }) => type);

const inFolder = (name: string): string => join(folder.path, name);

async function write(name: string, content: object): Promise<string> {
  await writeFile(inFolder(name), JSON.stringify(content));
  return inFolder(name);
}

/** Ends with exit code, standard output and standard error, whatever the code is. */
async function stepwell(
  args: readonly string[],
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const command = [join(projectRoot, "bin/stepwell"), ...args];
  try {
    return { code: 0, ...(await run(process.execPath, command, { env: bare, cwd: projectRoot })) };
  } catch (error) {
    return error as { code: unknown; stdout: string; stderr: string };
  }
}

beforeEach(async () => {
  folder = await temporaryFolder("mocks");
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
  await folder.remove();
});

describe("the documentation of mocks", () => {
  const text = readFileSync(join(projectRoot, "docs/testing-with-mocks.md"), "utf8");

  /** The commands of an indented block (`$ ...`) and what it shows of their output. */
  function block(containing: string): { commands: string; output: string } {
    const blocks = text.match(/(?:^ {4}.*\n)+/gm) ?? [];
    const found = blocks.find((candidate) => candidate.includes(containing)) ?? "";
    const lines = found
      .replace(/^ {4}/gm, "")
      .replace(/\\\n\s*/g, "")
      .trim()
      .split("\n");
    const isCommand = (line: string): boolean => line.startsWith("$ ");
    return {
      commands: lines
        .filter(isCommand)
        .map((line) => line.slice(2))
        .join("\n"),
      output: lines.filter((line) => !isCommand(line)).join("\n"),
    };
  }

  it("shows a run that gives what it shows, without AWS and without waiting", async () => {
    const { commands, output } = block("--virtual-time\n");
    const begun = Date.now();
    const { stdout } = await run("bash", ["-ec", commands], { cwd: projectRoot, env: bare });
    expect(output).toBe('{"receipt":"R-3"}');
    expect(stdout.trim()).toBe(output);
    // Three hours of retries.
    expect(Date.now() - begun).toBeLessThan(60_000);
  });

  it("shows a server, a start and its answer", async () => {
    const [, options = ""] = /bin\/stepwell dev examples\/refund (.*)/.exec(text) ?? [];
    await serve(["dev", "examples/refund", "--data-dir", inFolder("data"), ...options.split(" ")]);
    const { commands, output } = block("export AWS_ENDPOINT_URL_SFN");
    expect(commands).toContain("http://127.0.0.1:8083");
    const { stdout } = await run(
      "bash",
      ["-ec", commands.replace("http://127.0.0.1:8083", server!.url)],
      {
        env: {
          ...bare,
          AWS_ACCESS_KEY_ID: "test",
          AWS_SECRET_ACCESS_KEY: "test",
          AWS_DEFAULT_REGION: "us-east-1",
          AWS_CONFIG_FILE: "/dev/null",
        },
      },
    );
    expect(stdout.trim()).toBe(output);
    expect(await ended(output)).toMatchObject({
      status: "FAILED",
      error: "Rejected",
      stateMachineArn: machineArn("refund"),
    });
  });
});

describe("a server with a mock configuration", () => {
  it("takes it from the environment and names the test cases that there are", async () => {
    await serve(["dev", example, "--data-dir", inFolder("data")], {
      environment: { SFN_MOCK_CONFIG: join(example, "MockConfigFile.json") },
    });
    const input = ["--input", '{"orderId":"12345"}'];
    const { executionArn } = await start("refund", "HappyPath", ...input);
    expect(await ended(executionArn)).toMatchObject({ output: '{"receipt":"R-1"}' });
    const called = types(await history(executionArn)).filter((type) => /^Task(?!State)/.test(type));
    const answered = ["TaskScheduled", "TaskStarted", "TaskSucceeded"];
    const callback = ["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded"];
    expect(called).toEqual([...answered, ...callback, ...answered, ...answered]);
    expect(await start("refund", "Nobody", ...input).catch(String)).toMatch(
      /ValidationException[^]*no test case 'Nobody'[^]*it has HappyPath, BankClosedTwice/,
    );
    expect(await start("refunds", "HappyPath").catch(String)).toMatch(/StateMachineDoesNotExist/);
  });

  it("gives every call its answer through kill -9, and the history of a run without", async () => {
    const mocks = await write("mocks.json", {
      StateMachines: { m: { TestCases: { c: { Call: "call", Ask: "ask" } } } },
      MockedResponses: {
        call: {
          "0": { Throw: { Error: "E0" } },
          "1": { Throw: { Error: "E1" } },
          "2-4": { Return: { StatusCode: 200, Payload: [1, 2] } },
        },
        ask: { "0": { Return: "yes" } },
      },
    });
    const definition = {
      StartAt: "Call",
      States: {
        Call: {
          Type: "Task",
          Resource: "arn:aws:states:::lambda:invoke",
          Parameters: { FunctionName: "nowhere" },
          Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 2, BackoffRate: 1 }],
          Next: "Pause",
        },
        Pause: { Type: "Wait", Seconds: 2, Next: "Ask" },
        Ask: {
          Type: "Task",
          Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          Parameters: { QueueUrl: "q", MessageBody: "b" },
          End: true,
        },
      },
    };
    const settings = ["serve", "--data-dir", inFolder("data"), "--mock-config", mocks];
    await serve(settings);
    const { port } = server!;
    const roleArn = "arn:aws:iam::123456789012:role/r";
    const machine = ["--name", "m", "--definition", JSON.stringify(definition)];
    await aws("create-state-machine", ...machine, "--role-arn", roleArn);
    const { executionArn } = await start("m", "c");
    let before: Event[] = [];
    for (const seen of ["E0", "E1", "WaitStateEntered"]) {
      before = await eventually(seen, async () => {
        const events = await history(executionArn);
        return JSON.stringify(events).includes(seen) ? events : undefined;
      });
      await server!.kill();
      await serve(settings, { port });
      expect(lostEvents(before, await history(executionArn))).toEqual([]);
    }
    expect(await ended(executionArn)).toMatchObject({ status: "SUCCEEDED", output: '"yes"' });
    const events = await history(executionArn);
    expect(historyProblems(events)).toEqual([]);
    const { executionArn: whole } = await start("m", "c");
    await ended(whole);
    expect(types(events)).toEqual(types(await history(whole)));
    expect(types(events).slice(-6)).toEqual([
      "TaskScheduled",
      "TaskStarted",
      "TaskSubmitted",
      "TaskSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ]);

    // A server without the file calls nobody in place of a mock.
    const { executionArn: orphan } = await start("m", "c");
    await eventually("first failure", async () =>
      JSON.stringify(await history(orphan)).includes("E0") ? true : undefined,
    );
    await server!.kill();
    await serve(settings.slice(0, 3), { port });
    const failed = await ended(orphan);
    expect([failed["status"], failed["error"]]).toEqual(["FAILED", "States.Runtime"]);
    expect(failed["cause"]).toMatch(/test case 'c'\. This server has no mock configuration/);
  });

  it("reads the file again under dev when it changes, and keeps it while that is broken", async () => {
    await copyFile(join(example, "refund.asl.json"), inFolder("refund.asl.json"));
    const file = inFolder("mocks.json");
    const text = await readFile(join(example, "MockConfigFile.json"), "utf8");
    await writeFile(file, text);
    await serve(["dev", folder.path, "--mock-config", file]);
    const output = async (): Promise<unknown> => {
      const { executionArn } = await start("refund", "HappyPath", "--input", '{"orderId":"1"}');
      return (await ended(executionArn))["output"];
    };
    expect(await output()).toBe('{"receipt":"R-1"}');
    await writeFile(file, text.replaceAll('"AnOrder":', '"Order":'));
    await eventually("the complaint", () =>
      Promise.resolve(/"AnOrder", which is not in/.test(server!.log) || undefined),
    );
    expect(await output()).toBe('{"receipt":"R-1"}');
    await writeFile(file, text.replace("R-1", "R-9"));
    await eventually("the new answer", async () =>
      (await output()) === '{"receipt":"R-9"}' ? true : undefined,
    );
  });

  it("does not start with a file that cannot be meant", async () => {
    const file = await write("m.json", {
      StateMachines: { refund: { TestCases: { HappyPath: { LoadOrder: "AnOrdr" } } } },
      MockedResponses: { AnOrder: {} },
    });
    const { code, stderr } = await stepwell(["serve", "--port", "0", "--mock-config", file]);
    expect(code).toBe(2);
    const message = /^ {4}m\.json: (.*)$/m.exec(
      readFileSync(join(projectRoot, "docs/testing-with-mocks.md"), "utf8"),
    );
    expect(stderr).toContain(`${file}: ${message?.[1]}`);
  });
});

describe("a run with mocks", () => {
  const refund = [join(example, "refund.asl.json"), "--input", '{"orderId":"12345"}'];

  it("takes the short form of the documentation, in YAML", async () => {
    const text = readFileSync(join(projectRoot, "docs/testing-with-mocks.md"), "utf8");
    const [, yaml = ""] = /```yaml\n([^]*?)```/.exec(text) ?? [];
    await writeFile(inFolder("mocks.yaml"), yaml);
    const mocks = ["--mocks", inFolder("mocks.yaml"), "--virtual-time"];
    const { code, stdout, stderr } = await stepwell(["run", ...refund, ...mocks]);
    expect([code, stdout]).toEqual([0, '{"receipt":"R-2"}\n']);
    expect(stderr).not.toMatch(/warn/);
  });

  it("warns of results that the service cannot give", async () => {
    const mocks = await write("mocks.json", { LoadOrder: { Return: { Item: "12345" } } });
    const { code, stderr } = await stepwell(["run", ...refund, "--mocks", mocks]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/'LoadOrder' \(arn:aws:states:::dynamodb:getItem\).*'Item'/);
  });

  it("fails where it would need AWS, with a cause that says so", async () => {
    const call = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke" };
    const file = await write("calls.asl.json", {
      StartAt: "A",
      States: {
        A: { ...call, Parameters: { FunctionName: "a" }, Next: "B" },
        B: { ...call, Parameters: { FunctionName: "b" }, End: true },
      },
    });
    const mocks = await write("mocks.json", { A: { Return: {} } });
    const { code, stdout, stderr } = await stepwell(["run", file, "--mocks", mocks]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/✗ B: [^]*AWS_ENDPOINT_URL_LAMBDA/);
  });

  it("ends when only a client could go on, and names the state", async () => {
    const file = await write("ask.asl.json", {
      StartAt: "Ask",
      States: {
        Ask: {
          Type: "Task",
          Resource: "arn:aws:states:us-east-1:123456789012:activity:ask",
          End: true,
        },
      },
    });
    const { code, stderr } = await stepwell(["run", file, "--virtual-time"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/waits for a client or a worker[^]*--mocks: Ask\n$/);
  });
});
