/** A state machine definition in a file, as JSON or YAML, with the way back from a diagnostic to a line. */
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { locate, type Position } from "../asl/position.ts";
import { CommandError, reasonOf } from "./command-error.ts";

/** Largest file that is read; a definition has at most 1 MiB. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

export interface DefinitionFile {
  /** As the user named it; `<stdin>` for `-`. */
  readonly file: string;
  /** The definition as JSON text: the file's own text, or what the YAML says. */
  readonly text: string;
  /** Where a diagnostic's location is in the file; the nearest enclosing value if it is not there. */
  locate(location: string | undefined): Position;
}

/** Problems that keep a file from being read as a definition at all. */
export class DefinitionFileError extends CommandError {
  readonly position: Position | undefined;

  constructor(message: string, position?: Position) {
    super(message, 2);
    this.position = position;
  }
}

/** Reads a file, or standard input for `-`. Throws DefinitionFileError. */
export async function readDefinitionFile(path: string): Promise<DefinitionFile> {
  const text = path === "-" ? await readStandardInput() : await readText(path);
  return definitionFile(path === "-" ? "<stdin>" : path, text);
}

/** A definition's text as a file of that name: YAML for .yaml and .yml, otherwise JSON. */
export function definitionFile(file: string, text: string): DefinitionFile {
  const clean = text.startsWith("\uFEFF") ? text.slice(1) : text;
  return /^\.ya?ml$/i.test(extname(file))
    ? yamlDefinition(file, clean)
    : { file, text: clean, locate: (location) => locate(clean, location) };
}

function yamlDefinition(file: string, text: string): DefinitionFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problem = document.errors[0];
  if (problem !== undefined) {
    throw new DefinitionFileError(
      problem.message.split("\n")[0] ?? "not YAML",
      at(lines, problem.pos[0]),
    );
  }
  let json: string | undefined;
  try {
    json = JSON.stringify(document.toJS({ maxAliasCount: 100 }), undefined, 2);
  } catch (error) {
    throw new DefinitionFileError(reasonOf(error));
  }
  return {
    file,
    text: json ?? "null",
    locate: (location) => {
      const root = document.contents;
      return at(
        lines,
        find(root, root?.range?.[0] ?? 0, location === "/" ? "" : (location ?? "")).offset,
      );
    },
  };
}

interface Found {
  readonly offset: number;
  /** How much of the location leads nowhere. */
  readonly left: number;
}

/** Follows a location (`/States/A/Choices[0]`) as far as it leads. Names may hold `/`: every way is tried. */
function find(node: unknown, offset: number, location: string): Found {
  let best: Found = { offset, left: location.length };
  for (const child of children(node)) {
    const rest = location.slice(child.step.length);
    if (!location.startsWith(child.step) || !/^(?:$|[/[])/.test(rest)) continue;
    const found = find(child.node, child.offset, rest);
    if (found.left < best.left) best = found;
  }
  return best;
}

function children(node: unknown): { step: string; offset: number; node: unknown }[] {
  if (isMap(node)) {
    return node.items.flatMap(({ key, value }) =>
      isScalar(key)
        ? [{ step: `/${String(key.value)}`, offset: key.range?.[0] ?? 0, node: value }]
        : [],
    );
  }
  if (!isSeq(node)) return [];
  return node.items.map((item, index) => ({
    step: `[${index}]`,
    offset: isNode(item) ? (item.range?.[0] ?? 0) : 0,
    node: item,
  }));
}

function at(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

async function readText(path: string): Promise<string> {
  try {
    const content = await readFile(path);
    if (content.length > MAX_FILE_BYTES) {
      throw new DefinitionFileError(`${path} is too large; a definition has at most 1 MiB`);
    }
    return content.toString("utf8");
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT")
      throw new DefinitionFileError(`${path} does not exist; give the path of a definition file`);
    if (code === "EISDIR") {
      throw new DefinitionFileError(`${path} is a folder; give the path of a definition file`);
    }
    throw new DefinitionFileError(`${path} cannot be read: ${reasonOf(error)}`);
  }
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > MAX_FILE_BYTES) {
      throw new DefinitionFileError("standard input is too large; a definition has at most 1 MiB");
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
