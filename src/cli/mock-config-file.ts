/** `--mock-config FILE`: mocked services in the format of Step Functions Local, as JSON or YAML. */
import { readFile, stat } from "node:fs/promises";
import { parseJson } from "../json/parse.ts";
import type { Json } from "../json/json.ts";
import type { MockConfig } from "../mocks/mock-config.ts";
import { readMockConfig } from "../mocks/read-mock-config.ts";
import { CommandError, reasonOf } from "./command-error.ts";
import { definitionFile, DefinitionFileError } from "./definition-file.ts";

/** Bounds what is kept in memory; room for sixty payloads of the greatest length. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** Mocks and where they come from. */
export interface MockFile {
  readonly path: string;
  readonly config: MockConfig;
  /** What the file holds, as JSON text. */
  readonly text?: string | undefined;
}

/** What became of a file: its mocks, or what is wrong with it. Each message begins with the path. */
export interface MockFileReading {
  /** Undefined: there are problems. */
  readonly file: MockFile | undefined;
  /** What the file holds, as JSON text; "" if it cannot be read. */
  readonly text: string;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Reads a configuration; problems are values. */
export async function readMockConfigFile(path: string): Promise<MockFileReading> {
  const content = await readMockContent(path);
  if (!content.ok) return { file: undefined, text: "", problems: [content.problem], warnings: [] };
  const { config, problems, warnings } = readMockConfig(content.value);
  const told = (text: string): string => `${path}: ${text}`;
  return {
    file: config && { path, config, text: content.text },
    text: content.text,
    problems: problems.map(told),
    warnings: warnings.map(told),
  };
}

/**
 * The configuration for a server that starts: undefined without a path. Throws CommandError that lists
 * all problems; warnings go to `warn`.
 */
export async function requiredMockFile(
  path: string | undefined,
  warn: (message: string) => void,
): Promise<MockFile | undefined> {
  if (path === undefined) return undefined;
  const { file, problems, warnings } = await readMockConfigFile(path);
  for (const warning of warnings) warn(warning);
  if (file === undefined)
    throw new CommandError(`the mocks are not usable\n${asLines(problems)}`, 2);
  return file;
}

/** The JSON value that a JSON or YAML file says; the problem names the path. */
export async function readMockContent(
  path: string,
): Promise<
  | { readonly ok: true; readonly value: Json; readonly text: string }
  | { readonly ok: false; readonly problem: string }
> {
  const refuse = (problem: string) => ({ ok: false, problem: `${path}: ${problem}` }) as const;
  let text: string;
  try {
    if ((await stat(path)).size > MAX_FILE_BYTES) {
      return refuse(`is longer than ${MAX_FILE_BYTES} bytes; split it by state machine`);
    }
    text = definitionFile(path, await readFile(path, "utf8")).text;
  } catch (error) {
    if (error instanceof DefinitionFileError) return refuse(`is not YAML: ${error.message}`);
    return refuse(`cannot be read: ${reasonOf(error)}`);
  }
  const parsed = parseJson(text);
  return parsed.ok
    ? { ok: true, value: parsed.value, text }
    : refuse(`is not JSON: ${parsed.message}`);
}

/** Messages, one a line. */
export function asLines(messages: readonly string[]): string {
  return messages.map((message) => `  ${message}`).join("\n");
}
