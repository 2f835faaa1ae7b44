/** A folder with state machines and functions, as `stepwell dev` serves it. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { parseDocument } from "yaml";
import { reasonOf } from "../command-error.ts";

/** Names of a project's configuration file, in order of preference. */
export const CONFIGURATION_FILES = ["stepwell.yaml", "stepwell.yml"] as const;

const DEFINITION_FILE = /\.asl\.(json|ya?ml)$/i;
/** Folders that hold no definitions of this project. */
const SKIPPED_FOLDERS = new Set(["node_modules", "dist", "build", "cdk.out"]);
const MAX_DEPTH = 5;
const MAX_FOLDERS = 2000;
const MAX_MACHINES = 1000;

export interface ProjectMachine {
  readonly name: string;
  readonly type: "STANDARD" | "EXPRESS";
  /** Undefined: the default role. */
  readonly roleArn: string | undefined;
  /** Path of the definition. */
  readonly file: string;
  /** JSON text of an input to show to people who want to try it. */
  readonly example: string | undefined;
}

export interface Project {
  readonly machines: readonly ProjectMachine[];
  /** The stepwell.yaml, if there is one: its `functions` are loaded from it. */
  readonly configurationFile: string | undefined;
  /** What is wrong with the project itself, each naming file, field and cure. */
  readonly problems: readonly string[];
  /** Folders in which a change may matter. */
  readonly folders: readonly string[];
}

/** Reads a project's folder; problems are values, only an unreadable folder throws. */
export async function readProject(folder: string): Promise<Project> {
  const folders: string[] = [];
  const files = await definitionFiles(folder, folders);
  const configurationFile = await findConfiguration(folder);
  const problems: string[] = [];
  const configured =
    configurationFile === undefined ? [] : await configuredMachines(configurationFile, problems);
  const used = new Set(configured.map(({ file }) => resolve(file)));
  const names = new Map(configured.map(({ name, file }) => [name, file]));
  const found: ProjectMachine[] = [];
  for (const file of files) {
    if (used.has(resolve(file))) continue;
    const name = machineName(file);
    const other = names.get(name);
    if (other !== undefined) {
      problems.push(
        `${file} and ${other} would both make the state machine ${name}; rename one, or name them under stateMachines in ${CONFIGURATION_FILES[0]}`,
      );
      continue;
    }
    names.set(name, file);
    found.push({ name, type: "STANDARD", roleArn: undefined, file, example: undefined });
  }
  return { machines: [...configured, ...found], configurationFile, problems, folders };
}

/** `order.asl.json` makes the state machine `order`. */
export function machineName(file: string): string {
  return (file.split(/[/\\]/).pop() ?? file).replace(/(\.asl)?\.(json|ya?ml)$/i, "");
}

/** The configuration file of a folder. */
export async function findConfiguration(folder: string): Promise<string | undefined> {
  const names = new Set(await readdir(folder).catch(() => []));
  const name = CONFIGURATION_FILES.find((candidate) => names.has(candidate));
  return name === undefined ? undefined : join(folder, name);
}

async function definitionFiles(root: string, folders: string[]): Promise<string[]> {
  const files: string[] = [];
  const visit = async (folder: string, depth: number): Promise<void> => {
    folders.push(folder);
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        const skipped = entry.name.startsWith(".") || SKIPPED_FOLDERS.has(entry.name);
        if (!skipped && depth < MAX_DEPTH && folders.length < MAX_FOLDERS)
          await visit(path, depth + 1);
      } else if (DEFINITION_FILE.test(entry.name) && files.length < MAX_MACHINES) files.push(path);
    }
  };
  await visit(root, 0);
  return files;
}

/** The `stateMachines` of a stepwell.yaml. */
async function configuredMachines(file: string, problems: string[]): Promise<ProjectMachine[]> {
  let content: unknown;
  try {
    const document = parseDocument(await readFile(file, "utf8"));
    const problem = document.errors[0];
    if (problem !== undefined) throw problem;
    content = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    problems.push(`${file} is not valid YAML: ${reasonOf(error).split("\n")[0]}`);
    return [];
  }
  const machines = isRecord(content) ? content["stateMachines"] : undefined;
  if (machines === undefined || machines === null) return [];
  if (!isRecord(machines)) {
    problems.push(`${file}: stateMachines must be a mapping NAME: { definition: FILE }`);
    return [];
  }
  return Object.entries(machines).flatMap(([name, value]) => {
    const problem = machineProblem(value);
    if (problem !== undefined || !isRecord(value)) {
      problems.push(`${file}: stateMachines.${name}${problem ?? ""}`);
      return [];
    }
    const definition = String(value["definition"]);
    const type = value["type"] === "EXPRESS" ? "EXPRESS" : "STANDARD";
    const roleArn = typeof value["roleArn"] === "string" ? value["roleArn"] : undefined;
    const path = relative(process.cwd(), resolve(file, "..", definition));
    const example = value["example"] === undefined ? undefined : JSON.stringify(value["example"]);
    return [{ name, type, roleArn, file: path, example }];
  });
}

const MACHINE_FIELDS: readonly string[] = ["definition", "type", "roleArn", "example"];

/** Text that goes on after the machine's name. */
function machineProblem(value: unknown): string | undefined {
  if (!isRecord(value)) return " must be a mapping such as { definition: order.asl.json }";
  const unknown = Object.keys(value).find((field) => !MACHINE_FIELDS.includes(field));
  if (unknown !== undefined) {
    return `.${unknown} is not known; the fields are ${MACHINE_FIELDS.join(", ")}`;
  }
  if (typeof value["definition"] !== "string") {
    return ".definition must name the file of the definition";
  }
  if (!["STANDARD", "EXPRESS", undefined].includes(value["type"] as string | undefined)) {
    return ".type must be STANDARD or EXPRESS";
  }
  if (value["roleArn"] !== undefined && typeof value["roleArn"] !== "string") {
    return ".roleArn must be the ARN of a role";
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
