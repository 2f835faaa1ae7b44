/** A folder without a stepwell.yaml: every sub-folder is a function named after it. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import {
  DEFAULT_CONCURRENCY,
  DEFAULT_TIMEOUT_SECONDS,
  type FunctionConfig,
} from "./function-config.ts";
import type { LoadedFunctions } from "./load-functions.ts";

/** Files that tell the runtime, and the handler that goes with them. */
const ENTRIES = [
  { file: "index.mjs", runtime: "nodejs20.x", handler: "index.handler" },
  { file: "index.js", runtime: "nodejs20.x", handler: "index.handler" },
  { file: "index.cjs", runtime: "nodejs20.x", handler: "index.handler" },
  { file: "lambda_function.py", runtime: "python3.11", handler: "lambda_function.lambda_handler" },
  { file: "bootstrap", runtime: "provided.al2023", handler: "bootstrap" },
] as const;

const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const NOT_FUNCTIONS = /^[._]|^node_modules$/;
const MAX_FUNCTIONS = 1_000;

/** What a folder's entry file says: runtime and handler; or why nothing can be said. */
export async function inferRuntime(
  folder: string,
): Promise<{ runtime: string; handler: string } | { problem: string }> {
  const names = new Set(await readdir(folder));
  const found = ENTRIES.filter((entry) => names.has(entry.file));
  const [first] = found;
  if (first === undefined) {
    return { problem: `no ${ENTRIES.map((entry) => entry.file).join(", ")} in ${folder}` };
  }
  if (found.some((entry) => entry.runtime !== first.runtime)) {
    const files = found.map((entry) => entry.file).join(" and ");
    return { problem: `both ${files} in ${folder}: keep one, or say 'runtime' in a stepwell.yaml` };
  }
  return { runtime: first.runtime, handler: first.handler };
}

/** Reads the sub-folders of `folder`; hidden ones, `_…` and node_modules are no functions. */
export async function inferFunctions(folder: string): Promise<LoadedFunctions> {
  const functions: FunctionConfig[] = [];
  const problems: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter(
      (entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !NOT_FUNCTIONS.test(entry.name),
    )
    .map((entry) => entry.name)
    .toSorted();
  if (names.length > MAX_FUNCTIONS) {
    problems.push(`${folder}: more than ${MAX_FUNCTIONS} sub-folders; the others are ignored`);
  }
  for (const name of names.slice(0, MAX_FUNCTIONS)) {
    const code = path.join(folder, name);
    if (!NAME.test(name)) {
      problems.push(
        `${code}: a function's name has 1-64 letters, digits, - and _; rename the folder`,
      );
      continue;
    }
    const inferred = await inferRuntime(code).catch(() => ({ problem: `${code} cannot be read` }));
    if ("problem" in inferred) {
      problems.push(`${folder}: function '${name}': ${inferred.problem}`);
      continue;
    }
    functions.push({
      name,
      ...inferred,
      code,
      environment: {},
      timeoutSeconds: DEFAULT_TIMEOUT_SECONDS,
      memory: undefined,
      concurrency: DEFAULT_CONCURRENCY,
    });
  }
  if (functions.length === 0 && problems.length === 0) {
    problems.push(
      `${folder}: no functions: there is neither a stepwell.yaml nor a sub-folder with ${ENTRIES.map((entry) => entry.file).join(", ")}`,
    );
  }
  return { functions, problems };
}
