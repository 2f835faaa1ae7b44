/** Reads the schemas that AWS SDK client packages carry: arrays and numbers, made to be small. */

export type SdkSchema =
  | {
      readonly type:
        | "string"
        | "number"
        | "bigInteger"
        | "bigDecimal"
        | "boolean"
        | "timestamp"
        | "blob"
        | "streamingBlob"
        | "document"
        | "unknown";
    }
  | { readonly type: "list"; readonly element: LazySchema }
  | { readonly type: "map"; readonly value: LazySchema }
  | SdkStructure;

/** A structure or a union. */
export interface SdkStructure {
  readonly type: "structure";
  /** As the service's model has it. */
  readonly name: string;
  /** In the model's order: the required ones come first. */
  readonly members: readonly SdkMember[];
  readonly requiredCount: number;
  /** A stream of events, which no task can take. */
  readonly isEventStream: boolean;
}

export interface SdkMember {
  /** As the client has it. */
  readonly name: string;
  readonly schema: LazySchema;
  /** The client makes the call idempotent with it. */
  readonly isIdempotencyToken: boolean;
  /** A part of the request's path: there is no request without it. */
  readonly isHttpLabel: boolean;
  /** The HTTP header that it is sent or answered in. */
  readonly httpHeader: string | undefined;
}

/** Schemas may contain themselves. */
export type LazySchema = () => SdkSchema;

export interface SdkOperation {
  readonly name: string;
  readonly input: LazySchema;
  readonly output: LazySchema;
}

// The first element of a schema says what it is.
const SIMPLE = 0;
const LIST = 1;
const MAP = 2;
const STRUCTURE = 3;
const UNION = 4;
const OPERATION = 9;
const ERROR = -3;

/** An exported value as an operation's schema; undefined: it is something else. */
export function readOperation(exported: unknown): SdkOperation | undefined {
  if (!Array.isArray(exported) || exported[0] !== OPERATION) return undefined;
  const [, , name, , input, output] = exported as unknown[];
  if (typeof name !== "string") return undefined;
  return { name, input: () => readSchema(input), output: () => readSchema(output) };
}

/** Whether an exported value is the schema of an error. */
export function isErrorSchema(exported: unknown): boolean {
  return Array.isArray(exported) && exported[0] === ERROR;
}

/** A schema, a function that gives one, the number of a simple type, or a member with its traits. */
export function readSchema(schema: unknown): SdkSchema {
  if (typeof schema === "function") return readSchema((schema as () => unknown)());
  if (typeof schema === "number") return readSimple(schema);
  if (!Array.isArray(schema)) return { type: "unknown" };
  const parts = schema as unknown[];
  if (!isSchema(parts)) return readSchema(parts[0]);
  switch (parts[0]) {
    case SIMPLE:
      return readSchema(parts[4]);
    case LIST:
      return { type: "list", element: () => readSchema(parts[4]) };
    case MAP:
      return { type: "map", value: () => readSchema(parts[5]) };
    case STRUCTURE:
    case UNION:
      return readStructure(parts);
    default:
      return { type: "unknown" };
  }
}

/** Schemas have the name of a namespace there, members their traits. */
function isSchema(parts: readonly unknown[]): boolean {
  return typeof parts[1] === "string";
}

/** By the arrays of the packages: bounded by what is installed. */
const structures = new WeakMap<readonly unknown[], SdkStructure>();

function readStructure(parts: readonly unknown[]): SdkStructure {
  const known = structures.get(parts);
  if (known !== undefined) return known;
  const [, , name, traits, names, schemas, required] = parts;
  const memberSchemas = schemas as readonly unknown[];
  const structure: SdkStructure = {
    type: "structure",
    name: String(name),
    members: (names as readonly string[]).map((member, index) =>
      readMember(member, memberSchemas[index]),
    ),
    requiredCount: typeof required === "number" ? required : 0,
    isEventStream: traitOf(traits, "streaming") !== undefined,
  };
  structures.set(parts, structure);
  return structure;
}

/** Traits without a value are bits of a number. */
const TRAIT_BITS = { httpLabel: 1, idempotencyToken: 4 } as const;

function readMember(name: string, schema: unknown): SdkMember {
  const traits =
    Array.isArray(schema) && !isSchema(schema as unknown[]) ? (schema[1] as unknown) : 0;
  const header = traitOf(traits, "httpHeader");
  return {
    name,
    schema: () => readSchema(schema),
    isIdempotencyToken: hasTrait(traits, "idempotencyToken"),
    isHttpLabel: hasTrait(traits, "httpLabel"),
    httpHeader: typeof header === "string" ? header : undefined,
  };
}

function hasTrait(traits: unknown, name: keyof typeof TRAIT_BITS): boolean {
  if (typeof traits === "number") return (traits & TRAIT_BITS[name]) !== 0;
  return traitOf(traits, name) !== undefined;
}

function traitOf(traits: unknown, name: string): unknown {
  if (typeof traits !== "object" || traits === null) return undefined;
  return (traits as Readonly<Record<string, unknown>>)[name];
}

const LIST_OF = 64;
const MAP_OF = 128;

function readSimple(schema: number): SdkSchema {
  if (schema >= MAP_OF) return { type: "map", value: () => readSimple(schema - MAP_OF) };
  if (schema >= LIST_OF) return { type: "list", element: () => readSimple(schema - LIST_OF) };
  switch (schema) {
    case 1:
      return { type: "number" };
    case 2:
      return { type: "boolean" };
    case 4:
    case 5:
    case 6:
    case 7:
      return { type: "timestamp" };
    case 15:
      return { type: "document" };
    case 17:
      return { type: "bigInteger" };
    case 19:
      return { type: "bigDecimal" };
    case 21:
      return { type: "blob" };
    case 42:
      return { type: "streamingBlob" };
    default:
      return { type: "string" };
  }
}
