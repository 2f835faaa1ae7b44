/** The options that `serve` and `dev` share, checked. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { DeliveryTarget, DeliveryTargets } from "../delivery/execution-delivery.ts";
import { type OpenedTarget, parseOpenedTarget } from "../tasks/http/http-access.ts";
import { CommandError } from "./command-error.ts";

/** Levels of the log, from quiet to talkative. */
export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug", "trace"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface ServerOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** Undefined: the command's own default. */
  readonly dataDir: string | undefined;
  readonly region: string;
  readonly accountId: string;
  /** Paths of stepwell.yaml files or folders. */
  readonly functions: readonly string[];
  /** Path of a mock configuration file; undefined: nothing is mocked. */
  readonly mockConfig: string | undefined;
  /** Path of a file with limits; undefined: AWS's. */
  readonly limits: string | undefined;
  /** Paths of files with connections of HTTP tasks. */
  readonly connections: readonly string[];
  /** Where HTTP tasks may go besides. */
  readonly allowHttpHost: readonly OpenedTarget[];
  /** Folder whose sub-folders are S3 buckets; undefined: all buckets are S3's. */
  readonly s3Dir: string | undefined;
  readonly allowHost: readonly string[];
  readonly insecure: boolean;
  readonly logLevel: LogLevel;
  /** Whether the web console is served at `/`. */
  readonly console: boolean;
  /** Where execution logs and status events go. */
  readonly delivery: DeliveryTargets;
}

/** Adds the options to a command. */
export function addServerOptions(command: Command, defaultDataDir: string): Command {
  return command
    .option("--port <number>", "TCP port; 0 takes any free one", parsePort, 8083)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--data-dir <folder>", `where executions are kept (default: ${defaultDataDir})`)
    .addOption(regionOption())
    .option("--account-id <digits>", "account in every ARN", parseAccountId, "123456789012")
    .option(
      "--functions <path>",
      "local Lambda functions: a stepwell.yaml or a folder of functions (repeatable)",
      collect,
      [],
    )
    .addOption(connectionsOption())
    .addOption(allowHttpHostOption())
    .option(
      "--allow-host <name>",
      "accept requests for this host name too, such as a container's (repeatable)",
      collect,
      [],
    )
    .addOption(
      new Option(
        "--mock-config <file>",
        "mocked services as in Step Functions Local; start an execution with ARN#TESTCASE",
      ).env("SFN_MOCK_CONFIG"),
    )
    .addOption(limitsOption())
    .addOption(s3DirOption())
    .option(
      "--execution-logs <target>",
      "write execution logs to a folder or - (standard output); cloudwatch: to AWS; off: nowhere",
      parseLogTarget,
    )
    .option(
      "--status-events <target>",
      "write changes of executions' status to a folder or - (standard output); off: nowhere",
      parseStatusTarget,
    )
    .option("--no-console", "do not serve the web console at /")
    .option("--insecure", "allow an address other than loopback although nobody is authenticated")
    .addOption(
      new Option("--log-level <level>", "how much to log to standard error")
        .choices([...LOG_LEVELS])
        .default("info"),
    )
    .addOption(new Option("--store <url>", "another store").hideHelp());
}

/** What commander collected, as ServerOptions; throws CommandError for what is not to be had. */
export function readServerOptions(values: Readonly<Record<string, unknown>>): ServerOptions {
  if (values["store"] !== undefined) {
    throw new CommandError(
      "--store: another store than the embedded one is not yet in this version; leave the option out and use --data-dir FOLDER",
      2,
    );
  }
  return {
    port: values["port"] as number,
    host: values["host"] as string,
    dataDir: values["dataDir"] as string | undefined,
    region: values["region"] as string,
    accountId: values["accountId"] as string,
    functions: values["functions"] as string[],
    // An empty variable of the environment means none.
    mockConfig: (values["mockConfig"] as string | undefined) || undefined,
    limits: values["limits"] as string | undefined,
    connections: values["connections"] as string[],
    allowHttpHost: values["allowHttpHost"] as OpenedTarget[],
    s3Dir: values["s3Dir"] as string | undefined,
    allowHost: values["allowHost"] as string[],
    insecure: values["insecure"] === true,
    logLevel: values["logLevel"] as LogLevel,
    console: values["console"] !== false,
    delivery: {
      executionLogs: values["executionLogs"] as DeliveryTarget | undefined,
      statusEvents: values["statusEvents"] as DeliveryTarget | undefined,
    },
  };
}

/** `--limits`, which `run` has too. */
export function limitsOption(): Option {
  return new Option(
    "--limits <file>",
    "JSON or YAML with limits other than AWS's, such as payloadBytes: 1048576",
  );
}

/** `--connections`, which `run` has too. */
export function connectionsOption(): Option {
  return new Option(
    "--connections <file>",
    "JSON or YAML with connections: for HTTP tasks, such as a stepwell.yaml (repeatable)",
  )
    .argParser(collect)
    .default([], "");
}

/** `--allow-http-host`, which `run` has too. */
export function allowHttpHostOption(): Option {
  return new Option(
    "--allow-http-host <target>",
    "let HTTP tasks go to this HOST[:PORT], ADDRESS[:PORT] or network, which is not on the public internet (repeatable)",
  )
    .argParser((text: string, previous: readonly OpenedTarget[]) => {
      const target = parseOpenedTarget(text);
      if ("problem" in target) throw new InvalidArgumentError(`${target.problem}.`);
      return [...previous, target];
    })
    .default([], "");
}

/** `--s3-dir`, which `run` has too. */
export function s3DirOption(): Option {
  return new Option(
    "--s3-dir <folder>",
    "folder whose sub-folders are S3 buckets, for the items and results of distributed Maps",
  );
}

/** For repeatable options. */
export function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

function parseLogTarget(text: string): DeliveryTarget {
  return text === "cloudwatch" ? { type: "Aws" } : parseTarget(text);
}

function parseStatusTarget(text: string): DeliveryTarget {
  if (text === "eventbridge") {
    throw new InvalidArgumentError(
      "EventBridge of AWS takes no events of aws.states from others; for a work-alike set AWS_ENDPOINT_URL_EVENTBRIDGE instead, for a folder of that name write ./eventbridge.",
    );
  }
  return parseTarget(text);
}

function parseTarget(text: string): DeliveryTarget {
  if (text === "") throw new InvalidArgumentError("give a folder, - or off.");
  if (text === "-") return { type: "Output" };
  return text === "off" ? { type: "Off" } : { type: "Folder", path: text };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new InvalidArgumentError("give a number from 0 to 65535.");
  }
  return port;
}

const REGION_VARIABLE = "AWS_REGION";

/** Where services of AWS are called, too: so the SDKs' own variable counts. */
export function regionOption(): Option {
  const option = new Option("--region <name>", "region in every ARN, and where AWS is called")
    .argParser(parseRegion)
    .default("us-east-1");
  const isSet = (process.env[REGION_VARIABLE] ?? "") !== "";
  return isSet ? option.env(REGION_VARIABLE) : option;
}

function parseRegion(text: string): string {
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(text)) {
    throw new InvalidArgumentError("give the name of a region such as us-east-1.");
  }
  return text;
}

function parseAccountId(text: string): string {
  if (!/^\d{12}$/.test(text)) {
    throw new InvalidArgumentError("give 12 digits such as 123456789012.");
  }
  return text;
}
