/** How the processes that evaluate expressions are started. */
import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CHILD_BOUNDS } from "./protocol.ts";

/** Megabytes of values a process may hold; it aborts when it needs more. */
const HEAP = 128;

/** The package's `runtimes` folder, from `src` and `dist` alike. */
const script = fileURLToPath(new URL("../../runtimes/jsonata-evaluator.mjs", import.meta.url));

/** Starts the evaluator's script. */
export function launch(): ChildProcess {
  const library = createRequire(import.meta.url).resolve("jsonata");
  const bounds = JSON.stringify(CHILD_BOUNDS);
  return launchConfined(script, [library, bounds], [script, join(dirname(library), "*")]);
}

/**
 * Starts a script without environment, files other than `readable`, child processes, threads, or code
 * made from texts. Nothing keeps it from the network but that expressions have no way to it.
 */
export function launchConfined(
  path: string,
  args: readonly string[],
  readable: readonly string[],
): ChildProcess {
  return fork(path, args, {
    execArgv: [
      `--max-old-space-size=${HEAP}`,
      "--max-semi-space-size=16",
      "--disallow-code-generation-from-strings",
      "--disable-proto=delete",
      // Patterns that backtrack without end are finished by an engine whose time is linear.
      "--enable-experimental-regexp-engine-on-excessive-backtracks",
      "--no-warnings",
      ...permissions(readable),
    ],
    env: {},
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "json",
  });
}

/** The flags of Node's permission model, whose name has changed. */
function permissions(readable: readonly string[]): string[] {
  const flag = process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
  return [flag, ...readable.map((path) => `--allow-fs-read=${path}`)];
}
