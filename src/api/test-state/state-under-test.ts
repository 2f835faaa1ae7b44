/** Finds the state that TestState shall run. */
import type { Definition, Machine, State } from "../../asl/definition.ts";
import { definitionError } from "../../asl/diagnostic.ts";
import { parseDefinition } from "../../asl/parse-definition.ts";
import type { Json, JsonObject } from "../../json/json.ts";
import { isArray, isObject, objectOf } from "../../json/kind.ts";
import { parseJson } from "../../json/parse.ts";
import { stringify } from "../../json/stringify.ts";
import { errors } from "../errors.ts";

/** Recorded from AWS: what a state under test is called, whatever its name. */
const STATE_NAME = "StateName";

/**
 * The state, in a machine of its own. `text` is one state, or with a `stateName` a whole state
 * machine, in which nested states are found, too. Throws InvalidDefinition, ValidationException.
 */
export function findStateUnderTest(
  text: string,
  stateName: string | undefined,
): { readonly state: State; readonly definition: Definition } {
  const machine = compile(stateName === undefined ? machineAround(text) : text);
  const found = findState(machine, stateName ?? STATE_NAME);
  if (found === undefined) throw errors.validation("State not found in definition");
  const state: State = { ...found, name: STATE_NAME };
  return {
    state,
    definition: {
      startAt: STATE_NAME,
      states: new Map([[STATE_NAME, state]]),
      comment: undefined,
      timeoutSeconds: undefined,
    },
  };
}

/** The state of that name, at any depth: names are unique in a whole state machine. */
export function findState(machine: Machine, name: string): State | undefined {
  const own = machine.states.get(name);
  if (own !== undefined) return own;
  for (const state of machine.states.values()) {
    for (const inner of machinesIn(state)) {
      const found = findState(inner, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The machines that a Map or Parallel runs. */
export function machinesIn(state: State): readonly Machine[] {
  if (state.type === "Map") return [state.processor];
  return state.type === "Parallel" ? state.branches : [];
}

function compile(text: string): Definition {
  const { definition, diagnostics } = parseDefinition(text, { type: "STANDARD" });
  if (definition === undefined) throw errors.invalidDefinition(definitionError(diagnostics));
  return definition;
}

/** A state machine of this one state; what it leads to is there, and ends at once. */
function machineAround(text: string): string {
  const parsed = parseJson(text);
  // The parser of definitions has AWS's words for these.
  if (!parsed.ok || !isObject(parsed.value)) return text;
  const targets = new Set(targetsOf(parsed.value));
  targets.delete(STATE_NAME);
  const others = [...targets].map((name): [string, Json] => [name, { Type: "Succeed" }]);
  const states = objectOf([[STATE_NAME, parsed.value], ...others]);
  return stringify({ StartAt: STATE_NAME, States: states });
}

/** Where the state may go: Next, Default, and the Next of rules and catchers. */
function targetsOf(state: JsonObject): string[] {
  const { Next, Default, Choices, Catch } = state;
  const branches = [Choices, Catch].flatMap((list) => (isArray(list) ? list : []));
  const nexts = branches.map((branch) => (isObject(branch) ? branch["Next"] : undefined));
  return [Next, Default, ...nexts].filter((target) => typeof target === "string");
}
