/** `Assign`: the variables a state sets, and which names are allowed where. */
import type { Payload } from "../data/evaluation.ts";
import { isObject } from "../json/kind.ts";
import type { Report } from "./diagnostic.ts";
import { readPayload } from "./dialect.ts";
import type { Fields } from "./fields.ts";
import type { Visible } from "./jsonata-check.ts";
import type { MachineScope, StateSource } from "./source.ts";

const NAME = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;
const MAX_NAME_LENGTH = 80;
/** `$states` means the state's data in JSONata. */
const RESERVED = "states";

/**
 * Compiles the `Assign` of a state, choice rule or catcher, and notes its variables in the scope.
 * @returns undefined if there is none or if it is wrong, which is reported.
 */
export function readAssign(
  source: StateSource,
  fields: Fields,
  visible: Visible = "nothing else",
): Payload | undefined {
  const value = fields.get("Assign");
  if (value === undefined) return undefined;
  if (!isObject(value)) return fields.wrongType("Assign", "OBJECT");
  for (const key of Object.keys(value)) {
    const isPath = source.language === "JSONPath" && key.endsWith(".$");
    const name = isPath ? key.slice(0, -2) : key;
    const location = `${fields.at("Assign")}/${key}`;
    const problem = nameProblem(name);
    if (problem !== undefined) fields.report.schema(problem, location);
    source.scope.variables.push({ name, location, state: source.name });
  }
  return readPayload(source, fields, "Assign", visible);
}

function nameProblem(name: string): string | undefined {
  if (name === RESERVED) return `Variable name '${name}' is reserved`;
  if (Array.from(name).length > MAX_NAME_LENGTH) {
    return `Variable name '${name}' is longer than ${MAX_NAME_LENGTH} characters`;
  }
  if (NAME.test(name)) return undefined;
  return (
    `Variable name '${name}' is invalid: it must start with a letter and go on with letters, ` +
    `digits and '_'; only whole variables can be assigned`
  );
}

/** Variables that are assigned around a machine. */
interface Outer {
  /** Those that it may read. */
  readonly readable: ReadonlySet<string>;
  /** Those that it may not assign itself. */
  readonly taken: ReadonlySet<string>;
}

const NOTHING: Outer = { readable: new Set(), taken: new Set() };

/**
 * Reports variables of a branch or iteration that have the name of a variable around it: those can be
 * read there, but neither be set nor be hidden. What the state around it sets itself does not count
 * (recorded from AWS): that happens when the branch is over. Warns of variables that nothing sets.
 */
export function checkVariableScopes(
  scope: MachineScope,
  report: Report,
  outer: Outer = NOTHING,
): void {
  for (const { name, location } of scope.variables) {
    if (!outer.taken.has(name)) continue;
    report.schema(
      `Variable '${name}' is already assigned in an outer scope; a branch or an iteration can ` +
        `read it, but must assign variables of other names`,
      location,
    );
  }
  const readable = new Set([...outer.readable, ...scope.variables.map(({ name }) => name)]);
  for (const { name, location } of scope.reads) {
    if (readable.has(name)) continue;
    report.warning(
      "UNDEFINED_VARIABLE",
      `Variable '$${name}' is read here, but no state here or around it assigns it`,
      location,
    );
  }
  for (const inner of scope.inner) {
    const others = scope.variables.filter(({ state }) => state !== inner.within);
    const taken = new Set([...outer.taken, ...others.map(({ name }) => name)]);
    checkVariableScopes(inner, report, { readable, taken });
  }
}
