/** Finds the functions of `--functions PATH`: a stepwell.yaml, or a folder. */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { FunctionConfig } from "./function-config.ts";
import { inferFunctions } from "./infer-functions.ts";
import { readFunctionsFile } from "./read-functions-file.ts";

export interface LoadedFunctions {
  readonly functions: FunctionConfig[];
  /** What is wrong, naming file, function, field and cure. The other functions can run. */
  readonly problems: string[];
}

const FILE_NAMES = ["stepwell.yaml", "stepwell.yml"];
const MAX_FILE_BYTES = 1024 * 1024;

/**
 * Reads the configuration of functions.
 * @param location A YAML file with `functions:`; or a folder that holds a stepwell.yaml; or a folder
 *   whose sub-folders are one function each.
 */
export async function loadFunctions(location: string): Promise<LoadedFunctions> {
  const place = path.resolve(location);
  const facts = await stat(place).catch(() => undefined);
  if (facts === undefined) {
    return problem(`${location}: no such file or folder; give a stepwell.yaml or a folder`);
  }
  if (!facts.isDirectory()) return readConfiguration(place, facts.size);
  for (const name of FILE_NAMES) {
    const file = path.join(place, name);
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() === true) return readConfiguration(file, found.size);
  }
  return inferFunctions(place);
}

async function readConfiguration(file: string, size: number): Promise<LoadedFunctions> {
  if (size > MAX_FILE_BYTES) {
    return problem(`${file}: larger than 1 MiB; a stepwell.yaml only lists functions, not code`);
  }
  try {
    return await readFunctionsFile(file, await readFile(file, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return problem(`${file}: cannot be read: ${reason}`);
  }
}

function problem(text: string): LoadedFunctions {
  return { functions: [], problems: [text] };
}
