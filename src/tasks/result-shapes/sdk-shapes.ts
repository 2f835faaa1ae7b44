/**
 * Shapes out of the schemas that AWS SDK client packages carry. They have members, which of them are
 * required, and types; ranges and allowed values are not in them.
 */
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import type { LazyShape, ResultShape } from "../../engine/ports.ts";

const SCOPE = "@aws-sdk";
/** A package that is always there: the others are looked for beside it. */
const NEIGHBOUR = "client-lambda";

type Operations = ReadonlyMap<string, LazyShape>;

/**
 * Results of the operations of a service by the operation's name in lower case; undefined: no such
 * package is installed, or it is too old to have schemas. `service`: the package's name without
 * `client-` and hyphens.
 */
export async function sdkShapes(service: string): Promise<Operations | undefined> {
  installed ??= installedClients();
  const packageName = (await installed).get(service);
  if (packageName === undefined) return undefined;
  let operations = loaded.get(packageName);
  if (operations === undefined) {
    operations = loadOperations(packageName);
    loaded.set(packageName, operations);
  }
  return operations;
}

/** What was looked up; bounded by what is installed. */
let installed: Promise<ReadonlyMap<string, string>> | undefined;
const loaded = new Map<string, Promise<Operations | undefined>>();

async function loadOperations(packageName: string): Promise<Operations | undefined> {
  let client: Readonly<Record<string, unknown>>;
  try {
    client = (await import(packageName)) as Readonly<Record<string, unknown>>;
  } catch {
    // A package that cannot be loaded says nothing about results.
    return undefined;
  }
  const results = new Map<string, LazyShape>();
  for (const [name, value] of Object.entries(client)) {
    if (!name.endsWith("$") || !Array.isArray(value) || value[0] !== OPERATION) continue;
    const output: unknown = value[5];
    results.set(name.slice(0, -1).toLowerCase(), () => shapeOf(output));
  }
  return results.size === 0 ? undefined : results;
}

/** Full names of packages by their names without `client-` and hyphens. */
async function installedClients(): Promise<ReadonlyMap<string, string>> {
  const entry = createRequire(import.meta.url).resolve(`${SCOPE}/${NEIGHBOUR}`);
  const scope = entry.slice(0, entry.lastIndexOf(SCOPE) + SCOPE.length);
  // Another package manager may keep every package in a folder of its own: then none is found.
  const names = await readdir(scope).catch((): string[] => []);
  return new Map(
    names
      .filter((name) => name.startsWith("client-"))
      .map((name) => [name.slice("client-".length).replaceAll("-", ""), `${SCOPE}/${name}`]),
  );
}

// The first element of a schema says what it is.
const SIMPLE = 0;
const LIST = 1;
const MAP = 2;
const STRUCTURE = 3;
const UNION = 4;
const OPERATION = 9;

/** A schema, a function that gives one, the number of a simple type, or a member with its traits. */
function shapeOf(schema: unknown): ResultShape {
  if (typeof schema === "function") return shapeOf((schema as () => unknown)());
  if (typeof schema === "number") return simpleShape(schema);
  if (!Array.isArray(schema)) return ANY;
  const parts = schema as unknown[];
  // Schemas have the name of a namespace there, members their traits.
  if (typeof parts[1] !== "string") return shapeOf(parts[0]);
  switch (parts[0]) {
    case SIMPLE:
      return shapeOf(parts[4]);
    case LIST:
      return { type: "list", element: () => shapeOf(parts[4]) };
    case MAP:
      return { type: "map", value: () => shapeOf(parts[5]) };
    case STRUCTURE:
    case UNION:
      return structureShape(parts);
    default:
      return ANY;
  }
}

function structureShape([, , , , names, schemas, required]: unknown[]): ResultShape {
  const memberNames = (names as string[]).map(capitalised);
  const memberSchemas = schemas as unknown[];
  return {
    type: "structure",
    members: new Map(memberNames.map((name, index) => [name, () => shapeOf(memberSchemas[index])])),
    // The required members come first.
    required: memberNames.slice(0, typeof required === "number" ? required : 0),
  };
}

/** Step Functions writes all members with a capital. */
function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const LIST_OF = 64;
const MAP_OF = 128;

function simpleShape(schema: number): ResultShape {
  if (schema >= MAP_OF) return { type: "map", value: () => simpleShape(schema - MAP_OF) };
  if (schema >= LIST_OF) return { type: "list", element: () => simpleShape(schema - LIST_OF) };
  switch (schema) {
    case 1: // number
    case 17: // big integer
    case 19: // big decimal
      return { type: "number" };
    case 2:
      return { type: "boolean" };
    case 15: // document
      return ANY;
    default:
      // Strings; time stamps and blobs are strings in Step Functions.
      return { type: "string" };
  }
}

const ANY: ResultShape = { type: "any" };
