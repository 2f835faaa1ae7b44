/** The command that runs a function's process, by the runtime it asks for. */
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import { lambdaServiceFailure } from "../lambda/lambda-failure.ts";
import type { TaskFailure } from "../task-failure.ts";
import { type FunctionConfig, runtimeFamily } from "./function-config.ts";
import { runtimeFile } from "./runtime-file.ts";

export interface Command {
  readonly file: string;
  readonly arguments: readonly string[];
}

/**
 * @param searchPath Value of PATH in which python is looked for.
 * @throws TaskFailure Lambda.InvalidRuntimeException if the interpreter or `bootstrap` is missing.
 */
export function functionCommand(config: FunctionConfig, searchPath: string): Command {
  const family = runtimeFamily(config.runtime);
  if (family === "nodejs") {
    const heap = config.memory === undefined ? [] : [`--max-old-space-size=${config.memory}`];
    return { file: process.execPath, arguments: [...heap, runtimeFile("node-bootstrap.mjs")] };
  }
  if (family === "python") {
    const names = [...new Set([config.runtime, "python3", "python"])];
    for (const name of names) {
      const file = findExecutable(name, searchPath);
      if (file !== undefined) {
        return { file, arguments: [runtimeFile("python_bootstrap.py")] };
      }
    }
    throw missing(config, `none of ${names.join(", ")} is in PATH; install Python 3`);
  }
  if (family === "provided") {
    const file = path.join(config.code, "bootstrap");
    if (isExecutable(file)) return { file, arguments: [] };
    throw missing(config, `${file} is missing or not executable; build it and chmod +x`);
  }
  throw missing(config, "use nodejs20.x, python3.11 or provided.al2023");
}

function missing(config: FunctionConfig, reason: string): TaskFailure {
  return lambdaServiceFailure({
    code: "InvalidRuntimeException",
    message: `Function '${config.name}' with runtime '${config.runtime}' cannot be started: ${reason}`,
    statusCode: 502,
    requestId: "none",
  });
}

function findExecutable(name: string, searchPath: string): string | undefined {
  return searchPath
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
