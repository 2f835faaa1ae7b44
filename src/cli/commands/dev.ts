/** `stepwell dev`: a server with everything that a folder holds, reloaded on change. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { CommandError } from "../command-error.ts";
import { type Application, openApplication } from "../compose.ts";
import { readConnections } from "../connection-files.ts";
import { readLimitsFile } from "../limits-file.ts";
import { readFunctionSet } from "../local-functions.ts";
import { createLogger } from "../logger.ts";
import { readMockConfigFile, requiredMockFile } from "../mock-config-file.ts";
import { deployMachine, type DeployResult } from "../project/deploy-machines.ts";
import { type Project, readProject } from "../project/project.ts";
import { watchProject, type Watched } from "../project/watch-project.ts";
import { addServerOptions, readServerOptions, type ServerOptions } from "../server-options.ts";
import { serveUntilSignal } from "../serve-until-signal.ts";

export function devCommand(setExitCode: (code: number) => void): Command {
  return addServerOptions(new Command("dev"), "DIR/.stepwell")
    .description("Serve the state machines and functions of a folder; reload them on change.")
    .argument("[dir]", "folder with *.asl.json (or .asl.yaml) files and a stepwell.yaml", ".")
    .addHelpText(
      "after",
      "\nExample:\n" +
        "  stepwell dev examples/order-processing\n\n" +
        "order.asl.json makes the state machine `order`. A stepwell.yaml in the folder names functions,\n" +
        "and type and role of state machines. A definition with errors is reported, and the version\n" +
        "before it stays in service.",
    )
    .action(async (folder: string, values: Record<string, unknown>) => {
      setExitCode(await dev(folder, readServerOptions(values)));
    });
}

async function dev(folder: string, options: ServerOptions): Promise<number> {
  const info = await stat(folder).catch(() => undefined);
  if (info?.isDirectory() !== true) {
    throw new CommandError(`${folder} is not a folder; give the folder of your state machines`, 2);
  }
  const logger = createLogger(options.logLevel);
  const limits = await readLimitsFile(options.limits);
  const project = await readProject(folder);
  const functions = await readFunctionSet(functionPaths(project, options));
  const connections = await readConnections(options.connections, configurationFiles(project));
  for (const problem of [...functions.problems, ...connections.problems]) say(`ERROR ${problem}`);
  const mocks = await requiredMockFile(options.mockConfig, (text) => say(`WARNING ${text}`));
  const application = await openApplication({
    store: { type: "Directory", path: options.dataDir ?? join(folder, ".stepwell") },
    functions,
    http: {
      access: { loopback: true, opened: options.allowHttpHost },
      connections: connections.connections,
    },
    region: options.region,
    accountId: options.accountId,
    s3Dir: options.s3Dir,
    delivery: options.delivery,
    limits,
    mocks,
    logger,
  });
  let mocksText = mocks?.text;
  return serveUntilSignal(application, options, logger, async (url) => {
    const results = await load(application, project, options);
    tellResults(project, results, false);
    if (options.console) say(`Console: ${url}/`);
    tellHowToTry(results, url);
    const watch = watchProject(watched(project, options), async () => {
      const next = await readProject(folder);
      await loadFunctionsAgain(application, functionPaths(next, options));
      await loadConnectionsAgain(application, next, options);
      mocksText = await loadMocksAgain(application, options, mocksText);
      tellResults(next, await load(application, next, options), true);
      watch.replace(watched(next, options));
    });
    return () => watch.close();
  });
}

function configurationFiles({ configurationFile }: Project): string[] {
  return configurationFile === undefined ? [] : [configurationFile];
}

function functionPaths(project: Project, options: ServerOptions): string[] {
  return [...configurationFiles(project), ...options.functions];
}

function watched(project: Project, options: ServerOptions): Watched {
  return {
    folders: project.folders,
    files: [
      ...project.machines.map(({ file }) => file),
      ...functionPaths(project, options),
      ...options.connections,
      ...mockPaths(options),
    ],
  };
}

async function load(
  application: Application,
  project: Project,
  options: ServerOptions,
): Promise<DeployResult[]> {
  const { region, accountId } = options;
  const results: DeployResult[] = [];
  for (const machine of project.machines) {
    results.push(await deployMachine(machine, { call: application.call, region, accountId }));
  }
  return results;
}

async function loadFunctionsAgain(
  application: Application,
  paths: readonly string[],
): Promise<void> {
  const functions = await readFunctionSet(paths);
  for (const problem of functions.problems) say(`ERROR ${problem}`);
  if (functions.problems.length === 0) application.replaceFunctions(functions);
  else say("functions: not loaded; those of before stay in service");
}

async function loadConnectionsAgain(
  application: Application,
  project: Project,
  options: ServerOptions,
): Promise<void> {
  const files = configurationFiles(project);
  const { connections, problems } = await readConnections(options.connections, files);
  for (const problem of problems) say(`ERROR ${problem}`);
  if (problems.length === 0) application.replaceConnections(connections);
  else say("connections: not loaded; those of before stay in service");
}

function mockPaths({ mockConfig }: ServerOptions): string[] {
  return mockConfig === undefined ? [] : [mockConfig];
}

/** Loads the mocks again if the file has another text than `before`; resolves with its text. */
async function loadMocksAgain(
  application: Application,
  { mockConfig }: ServerOptions,
  before: string | undefined,
): Promise<string | undefined> {
  if (mockConfig === undefined) return undefined;
  const { file, text, problems, warnings } = await readMockConfigFile(mockConfig);
  if (text === before) return text;
  for (const problem of problems) say(`ERROR ${problem}`);
  for (const warning of warnings) say(`WARNING ${warning}`);
  if (file === undefined) {
    say("mocks: not loaded; those of before stay in service");
  } else {
    application.replaceMocks(file.config);
    say("mocks: loaded");
  }
  return text;
}

function tellResults(project: Project, results: readonly DeployResult[], again: boolean): void {
  for (const problem of project.problems) say(`ERROR ${problem}`);
  for (const { machine, outcome, messages } of results) {
    if (again && outcome === "Unchanged") continue;
    for (const message of messages) say(message);
    if (outcome === "Failed") {
      say(`${machine.name}: not loaded${again ? "; the version before it stays in service" : ""}`);
    } else if (again) say(`${machine.name}: ${outcome.toLowerCase()}`);
  }
}

function tellHowToTry(results: readonly DeployResult[], url: string): void {
  const loaded = results.filter(({ outcome }) => outcome !== "Failed");
  if (loaded.length === 0) {
    say("No state machine yet: add a file such as hello.asl.json, it is loaded at once.");
    return;
  }
  say("State machines:");
  for (const { machine, arn } of loaded) say(`  ${machine.name} (${machine.type})  ${arn}`);
  const [{ machine, arn }] = loaded as [DeployResult];
  const aws = (command: string): void =>
    say(`  aws stepfunctions ${command} --endpoint-url ${url}`);
  say("");
  say("Try it in another terminal; any credentials do:");
  say("  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1");
  aws(`start-execution --state-machine-arn ${arn} --input '${machine.example ?? "{}"}'`);
  if (machine.type === "STANDARD") {
    aws(`list-executions --state-machine-arn ${arn}`);
    aws("get-execution-history --execution-arn EXECUTION_ARN_OF_THE_ANSWER");
  }
  say("");
}

/** For people; standard output belongs to the ready line. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
