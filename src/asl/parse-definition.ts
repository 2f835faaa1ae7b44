/** From the text of a state machine's definition to what the interpreter runs. */
import type { Json } from "../json/json.ts";
import { isArray, isObject } from "../json/kind.ts";
import { parseJson } from "../json/parse.ts";
import { sourceLocation } from "../json/syntax-error.ts";
import type { Definition, Machine } from "./definition.ts";
import { type Diagnostic, Report } from "./diagnostic.ts";
import { Fields } from "./fields.ts";
import { parseMachine } from "./machine.ts";
import { repeatedStates } from "./position.ts";
import { machineLanguage } from "./query-language.ts";
import { type Context, type ExecutionType, newScope } from "./source.ts";
import { checkVariableScopes } from "./variables.ts";

/** Levels of JSON; a bound on recursion here and in whatever walks a definition later. */
const MAX_DEPTH = 256;
/** The longest TimeoutSeconds, about three years. */
const MAX_SECONDS = 99_999_999;
/** An Express execution ends after five minutes. */
const EXPRESS_SECONDS = 300;

export interface ParsedDefinition {
  /** Undefined if there is an error. */
  readonly definition: Definition | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses and checks a definition for a state machine of the given type. It never throws and finds
 * all mistakes in one pass.
 */
export function parseDefinition(text: string, options: { type: ExecutionType }): ParsedDefinition {
  const report = new Report();
  const value = readJson(text, report);
  const definition = value === undefined ? undefined : readDefinition(value, options.type, report);
  if (definition !== undefined) {
    for (const { name, location } of repeatedStates(text)) {
      report.error("DUPLICATE_STATE_NAME", `Duplicate State name: ${name}`, location);
    }
  }
  return {
    definition: report.errors === 0 ? definition : undefined,
    diagnostics: report.diagnostics,
  };
}

function readJson(text: string, report: Report): Json | undefined {
  if (text === "") {
    report.error("MISSING_DESCRIPTION", "Received a null or empty workflow input", undefined);
    return undefined;
  }
  // AWS's JSON parser takes blank text for "nothing there" rather than for a mistake.
  if (/^[ \t\r\n]*$/.test(text)) return notAnObject(report);
  const parsed = parseJson(text);
  if (parsed.ok) return parsed.value;
  const source = sourceLocation(text, parsed.error);
  report.error("INVALID_JSON_DESCRIPTION", `${parsed.message}\n at ${source}`, source);
  return undefined;
}

function notAnObject(report: Report): undefined {
  report.schema("Definition must be a valid JSON object", undefined);
}

function readDefinition(value: Json, type: ExecutionType, report: Report): Definition | undefined {
  if (!isObject(value)) return notAnObject(report);
  const deep = tooDeep(value);
  if (deep !== undefined) {
    const message = `The definition is nested more than ${MAX_DEPTH} levels deep`;
    report.error("TOO_DEEPLY_NESTED", message, deep);
    return undefined;
  }
  const fields = new Fields(value, "", report);
  const top = newScope(type);
  const context: Context = {
    language: machineLanguage(fields),
    stateNames: new Set(),
    labels: new Set(),
    roots: [top],
    parseMachine: (inner, scope) => parseMachine(inner, context, scope),
  };
  const timeoutSeconds = readTimeout(fields, type);
  const machine = context.parseMachine(fields, top);
  for (const root of context.roots) checkVariableScopes(root, report);
  return machine && complete(machine, fields, timeoutSeconds);
}

function complete(
  machine: Machine,
  fields: Fields,
  timeoutSeconds: number | undefined,
): Definition {
  const comment = fields.get("Comment");
  return {
    ...machine,
    comment: typeof comment === "string" ? comment : undefined,
    timeoutSeconds,
  };
}

function readTimeout(fields: Fields, type: ExecutionType): number | undefined {
  const seconds = fields.integer("TimeoutSeconds", { min: 1, max: MAX_SECONDS });
  if (seconds !== undefined && seconds > EXPRESS_SECONDS && type === "EXPRESS") {
    fields.report.warning(
      "EXPRESS_TIME_LIMIT",
      `An Express execution ends after ${EXPRESS_SECONDS} seconds at the latest; use a state ` +
        `machine of type STANDARD for longer ones`,
      fields.at("TimeoutSeconds"),
    );
  }
  return seconds;
}

/** The place of a value that is nested too deep. Without recursion, which could be too deep, too. */
function tooDeep(root: Json): string | undefined {
  const open = [{ value: root, pointer: "", depth: 1 }];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { value, pointer, depth } = item;
    if (depth > MAX_DEPTH) return pointer;
    if (isArray(value)) {
      for (const [index, element] of value.entries()) {
        open.push({ value: element, pointer: `${pointer}[${index}]`, depth: depth + 1 });
      }
    } else if (isObject(value)) {
      for (const [name, member] of Object.entries(value)) {
        open.push({ value: member, pointer: `${pointer}/${name}`, depth: depth + 1 });
      }
    }
  }
  return undefined;
}
