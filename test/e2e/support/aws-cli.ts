/** The real AWS CLI. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const TIMEOUT_MS = 60_000;

export type Answer = Readonly<Record<string, unknown>>;

/** Calls `aws`: `aws stepfunctions ...` on a server, or any service. */
export interface AwsCli {
  /** Rejects with the CLI's own message. */
  (...args: readonly string[]): Promise<Answer>;
  /** The message of a call that must fail. */
  failure(...args: readonly string[]): Promise<string>;
}

/**
 * Fails with a clear message if there is no AWS CLI. `proxy` is the URL of an HTTP proxy that the
 * calls go through.
 */
export async function awsCli(endpoint: string, proxy?: string): Promise<AwsCli> {
  const env = { ...cliEnvironment(), ...(proxy === undefined ? {} : { HTTP_PROXY: proxy }) };
  await run("aws", ["--version"], { env }).catch(() => {
    throw new Error(
      "the AWS CLI is missing; install it with `pip install awscli` (or your package manager)",
    );
  });
  return caller(["stepfunctions"], endpoint, env);
}

/** Calls any service: `aws SERVICE ...`. */
export function awsServiceCli(endpoint: string): AwsCli {
  return caller([], endpoint, cliEnvironment());
}

function caller(first: readonly string[], endpoint: string, env: NodeJS.ProcessEnv): AwsCli {
  const call = async (...args: readonly string[]): Promise<Answer> => {
    const { stdout } = await run("aws", [...first, ...args, "--endpoint-url", endpoint], {
      env,
      timeout: TIMEOUT_MS,
      maxBuffer: 32 * 1024 * 1024,
    });
    return stdout.trim() === "" ? {} : (JSON.parse(stdout) as Answer);
  };
  const failure = async (...args: readonly string[]): Promise<string> => {
    try {
      await call(...args);
    } catch (error) {
      return error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    }
    throw new Error(`aws ${[...first, ...args].join(" ")} succeeded, but had to fail`);
  };
  return Object.assign(call, { failure });
}

/** Where the CLI finds nothing of the person who runs the tests. */
export function cliEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    LANG: "C.UTF-8",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_DEFAULT_OUTPUT: "json",
    AWS_PAGER: "",
    AWS_MAX_ATTEMPTS: "1",
    AWS_EC2_METADATA_DISABLED: "true",
    // No settings of the person who runs the tests.
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  };
}
