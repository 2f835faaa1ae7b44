/** The functions of all `--functions` paths together. */
import { CommandError } from "./command-error.ts";
import type { FunctionConfig } from "../tasks/functions/function-config.ts";
import { loadFunctions } from "../tasks/functions/load-functions.ts";

export interface FunctionSet {
  /** In the order of the paths; of several with one name the first. */
  readonly functions: readonly FunctionConfig[];
  /** What is wrong, each naming file, function, field and cure. */
  readonly problems: readonly string[];
  /** The paths as the user gave them, for messages; undefined: none. */
  readonly source: string | undefined;
}

/** As `readFunctionSet`; throws CommandError with all problems if there are any. */
export async function checkedFunctionSet(paths: readonly string[]): Promise<FunctionSet> {
  const set = await readFunctionSet(paths);
  if (set.problems.length > 0) throw new CommandError(set.problems.join("\nstepwell: "), 2);
  return set;
}

/** Reads the configuration of functions from files and folders. Never rejects. */
export async function readFunctionSet(paths: readonly string[]): Promise<FunctionSet> {
  const functions = new Map<string, FunctionConfig>();
  const problems: string[] = [];
  for (const path of paths) {
    const loaded = await loadFunctions(path);
    problems.push(...loaded.problems);
    for (const config of loaded.functions) {
      if (!functions.has(config.name)) functions.set(config.name, config);
    }
  }
  const source = paths.length === 0 ? undefined : paths.join(", ");
  return { functions: [...functions.values()], problems, source };
}
