/** `stepwell run`: one execution in this process. */
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { dirname, relative, resolve } from "node:path";
import { Command } from "commander";
import { parseDefinition } from "../../asl/parse-definition.ts";
import { readRunMocks } from "../../mocks/run-mocks.ts";
import { parseJson } from "../../json/parse.ts";
import { CommandError, reasonOf } from "../command-error.ts";
import { type Application, openApplication } from "../compose.ts";
import type { Connection } from "../../tasks/http/connection.ts";
import type { OpenedTarget } from "../../tasks/http/http-access.ts";
import { checkedConnections, readConnections } from "../connection-files.ts";
import { readDefinitionFile } from "../definition-file.ts";
import { readLimitsFile } from "../limits-file.ts";
import { checkedFunctionSet } from "../local-functions.ts";
import { createReadableLogger } from "../logger.ts";
import { asLines, type MockFile, readMockContent } from "../mock-config-file.ts";
import { ExecutionProgress } from "../progress/execution-progress.ts";
import { ProgressDisplay } from "../progress/progress-display.ts";
import { defaultRoleArn } from "../project/deploy-machines.ts";
import { findConfiguration, machineName } from "../project/project.ts";
import {
  allowHttpHostOption,
  collect,
  connectionsOption,
  limitsOption,
  regionOption,
  s3DirOption,
} from "../server-options.ts";
import { VirtualTime } from "../virtual-time.ts";
import { diagnosticLine, machineTypeOption, type MachineType } from "./validate.ts";

/** How often the terminal is brought up to date. */
const REFRESH_MS = 100;
const HISTORY_PAGE = 1000;
const ACCOUNT_ID = "123456789012";

interface RunOptions {
  readonly input: string;
  readonly functions: readonly string[];
  readonly connections: readonly string[];
  readonly allowHttpHost: readonly OpenedTarget[];
  readonly name: string | undefined;
  readonly limits: string | undefined;
  readonly region: string;
  readonly s3Dir: string | undefined;
  readonly type: MachineType;
  readonly mocks: string | undefined;
  readonly testCase: string | undefined;
  readonly virtualTime: boolean | undefined;
  readonly color: boolean;
}

/** The test case of a run with mocks, for messages. */
const TEST_CASE = "mocks";

export function runCommand(setExitCode: (code: number) => void): Command {
  return new Command("run")
    .description("Run one execution of a definition here, in memory, and print its output.")
    .argument("<file>", "definition in JSON or YAML; - reads JSON from standard input")
    .option("--input <json>", "input of the execution as JSON, or @FILE", "{}")
    .option(
      "--functions <path>",
      "local Lambda functions: a stepwell.yaml or a folder (repeatable; default: the stepwell.yaml beside the definition)",
      collect,
      [],
    )
    .addOption(connectionsOption())
    .addOption(allowHttpHostOption())
    .option(
      "--mocks <file>",
      "mocked services, JSON or YAML: { STATE: { Return | Throw } }, or a file of Step Functions Local",
    )
    .option("--test-case <name>", "test case of --mocks (default: its only one)")
    .option("--virtual-time", "skip the time of Wait states, retries and time-outs")
    .option("--name <name>", "name of the execution (default: a UUID)")
    .addOption(machineTypeOption())
    .addOption(limitsOption())
    .addOption(regionOption())
    .addOption(s3DirOption())
    .option("--no-color", "no colours (NO_COLOR does the same)")
    .addHelpText(
      "after",
      "\nExample:\n" +
        '  stepwell run order.asl.json --input \'{"orderId":"12345"}\' --functions ./functions\n\n' +
        "The output goes to standard output, progress to standard error. The exit code is 0 if the\n" +
        "execution succeeded, 1 if it failed, 2 if the definition or an option is wrong.",
    )
    .action(async (file: string, options: RunOptions) => {
      setExitCode(await run(file, options));
    });
}

async function run(path: string, options: RunOptions): Promise<number> {
  const definition = await readDefinitionFile(path);
  const { diagnostics } = parseDefinition(definition.text, { type: options.type });
  for (const diagnostic of diagnostics) {
    process.stderr.write(`${diagnosticLine(definition, diagnostic)}\n`);
  }
  if (diagnostics.some(({ severity }) => severity === "ERROR")) return 2;
  const input = await readInput(options.input);
  const display = progressDisplay(options.color);
  const configuration = await configurationBeside(path);
  const stateMachineName = nameOf(path);
  const logger = createReadableLogger("warn", (text) => display.note(text));
  const mocks = await readMocks(options, stateMachineName, (text) => logger.warn(text));
  const virtualTime = options.virtualTime === true ? new VirtualTime(Date.now()) : undefined;
  const application = await openApplication({
    store: { type: "Memory" },
    functions: await checkedFunctionSet(
      options.functions.length > 0 ? options.functions : configuration,
    ),
    http: {
      access: { loopback: true, opened: options.allowHttpHost },
      connections: [
        ...(await checkedConnections(options.connections)),
        ...(await connectionsIn(configuration)),
      ],
    },
    region: options.region,
    accountId: ACCOUNT_ID,
    limits: await readLimitsFile(options.limits),
    s3Dir: options.s3Dir,
    mocks,
    virtualTime,
    logger,
  });
  // Children of a local function must not outlive an interrupted run.
  const interrupted = (): void => {
    void application.close().finally(() => process.exit(130));
  };
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    const machine = await application.call("CreateStateMachine", {
      name: stateMachineName,
      definition: definition.text,
      roleArn: defaultRoleArn(ACCOUNT_ID),
      type: options.type,
    });
    const start = {
      stateMachineArn: `${String(machine["stateMachineArn"])}${mocks === undefined ? "" : `#${TEST_CASE}`}`,
      input,
      ...(options.name === undefined ? {} : { name: options.name }),
    };
    if (options.type === "EXPRESS") {
      return report(await application.call("StartSyncExecution", start));
    }
    const { executionArn } = await application.call("StartExecution", start);
    virtualTime?.asked();
    await follow(application, String(executionArn), display, virtualTime);
    return report(await application.call("DescribeExecution", { executionArn }));
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    await application.close();
  }
}

/** Those that are wrong, or lack their secret, need not be what this execution uses. */
async function connectionsIn(files: readonly string[]): Promise<readonly Connection[]> {
  const { connections, problems } = await readConnections([], files);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return connections;
}

function progressDisplay(color: boolean): ProgressDisplay {
  const { stderr } = process;
  return new ProgressDisplay(
    {
      terminal: stderr.isTTY,
      colour: color && stderr.isTTY && (process.env["NO_COLOR"] ?? "") === "",
      rows: stderr.rows || 24,
      columns: stderr.columns || 80,
      write: (text) => void stderr.write(text),
    },
    Date.now(),
  );
}

/** Shows progress until the execution has ended. */
async function follow(
  application: Application,
  arn: string,
  display: ProgressDisplay,
  virtualTime: VirtualTime | undefined,
): Promise<void> {
  const progress = new ExecutionProgress();
  let lastEventId = 0;
  try {
    for (;;) {
      const page = { afterId: lastEventId, limit: HISTORY_PAGE, reverse: false };
      const wasStalled = virtualTime?.isStalled === true;
      const history = await application.engine.history(arn, page);
      const events = history?.events ?? [];
      lastEventId = events.at(-1)?.id ?? lastEventId;
      const lines = events.flatMap((event) => progress.apply(event));
      display.update(lines, progress.active(), Date.now());
      if (events.some(({ type }) => /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(type)))
        return;
      if (events.length > 0) continue;
      if (wasStalled) throw new CommandError(stallMessage(progress));
      await pause(REFRESH_MS);
    }
  } finally {
    display.end();
  }
}

function stallMessage(progress: ExecutionProgress): string {
  const states = progress.active().map(({ name }) => name);
  return `the execution waits for a client or a worker, which a run does not have; mock with --mocks: ${states.join(", ")}`;
}

/** The name that a definition's file gives its state machine. */
function nameOf(path: string): string {
  if (path === "-") return "stdin";
  return machineName(path)
    .replaceAll(/[^\w-]/g, "-")
    .slice(0, 80);
}

/** Throws CommandError. */
async function readMocks(
  { mocks: path, testCase }: RunOptions,
  stateMachineName: string,
  warn: (message: string) => void,
): Promise<MockFile | undefined> {
  if (path === undefined) {
    if (testCase === undefined) return undefined;
    throw new CommandError("--test-case chooses from a file; give it with --mocks FILE", 2);
  }
  const content = await readMockContent(path);
  if (!content.ok) throw new CommandError(`--mocks ${content.problem}`, 2);
  const query = { stateMachineName, testCase };
  const { states, problems, warnings } = readRunMocks(content.value, query);
  for (const warning of warnings) warn(`${path}: ${warning}`);
  if (states === undefined) {
    throw new CommandError(`--mocks ${path} is not usable\n${asLines(problems)}`, 2);
  }
  const cases = new Map([[TEST_CASE, states]]);
  return { path, config: { stateMachines: new Map([[stateMachineName, cases]]) } };
}

function report(execution: Readonly<Record<string, unknown>>): number {
  const { status, output, error, cause } = execution;
  if (status === "SUCCEEDED") {
    process.stdout.write(`${String(output)}\n`);
    return 0;
  }
  const name = typeof error === "string" ? ` ${error}` : "";
  process.stderr.write(`${String(status)}${name}\n`);
  if (typeof cause === "string") process.stderr.write(`${cause}\n`);
  return 1;
}

async function readInput(option: string): Promise<string> {
  let text = option;
  if (option.startsWith("@")) {
    text = await readFile(option.slice(1), "utf8").catch((error: unknown) => {
      throw new CommandError(`--input: ${option.slice(1)} cannot be read: ${reasonOf(error)}`, 2);
    });
  }
  const parsed = parseJson(text);
  if (!parsed.ok) {
    throw new CommandError(
      `--input is not JSON: ${parsed.message}; give a JSON text such as '{"orderId":"1"}', or @FILE`,
      2,
    );
  }
  return text;
}

/** The nearest stepwell.yaml: of the definition's folder or of a parent, not above the current one. */
async function configurationBeside(path: string): Promise<string[]> {
  const top = process.cwd();
  let folder = path === "-" ? top : resolve(dirname(path));
  for (;;) {
    const found = await findConfiguration(folder);
    if (found !== undefined) return [found];
    const parent = dirname(folder);
    if (folder === top || parent === folder || relative(top, folder).startsWith("..")) return [];
    folder = parent;
  }
}
