/** Where states stand in a definition. */
import type { Json, JsonObject } from "../../../src/json/json.ts";
import { isArray, isObject, memberOf } from "../../../src/json/kind.ts";
import { valueAt } from "../document/change-value.ts";
import type { JsonPath } from "../document/json-path.ts";

/** A state, with its machine: the top level, a branch of a Parallel, the item processor of a Map. */
export interface FoundState {
  readonly path: JsonPath;
  readonly name: string;
  readonly machine: JsonPath;
  readonly state: JsonObject;
}

/** Deeper machines are not looked into, as src/asl does not take them either. */
const MAX_DEPTH = 20;

export function statePath(machine: JsonPath, name: string): JsonPath {
  return [...machine, "States", name];
}

/** The machine that a state is in. */
export function machineOf(state: JsonPath): JsonPath {
  return state.slice(0, -2);
}

export function nameOf(state: JsonPath): string {
  return String(state.at(-1));
}

/** All states from the outside to the inside, in the order of the text. */
export function* allStates(
  definition: Json,
  machine: JsonPath = [],
  depth = 0,
): Generator<FoundState> {
  const states = valueAt(definition, [...machine, "States"]);
  if (!isObject(states) || depth > MAX_DEPTH) return;
  for (const [name, state] of Object.entries(states)) {
    if (!isObject(state)) continue;
    const path = statePath(machine, name);
    yield { path, name, machine, state };
    for (const inner of innerMachines(state)) {
      yield* allStates(definition, [...path, ...inner], depth + 1);
    }
  }
}

/** Paths of the machines inside of a state, from the state. */
export function innerMachines(state: JsonObject): JsonPath[] {
  if (state["Type"] === "Parallel") {
    const branches = memberOf(state, "Branches");
    return isArray(branches) ? branches.map((_, index) => ["Branches", index]) : [];
  }
  if (state["Type"] !== "Map") return [];
  if (memberOf(state, "ItemProcessor") !== undefined) return [["ItemProcessor"]];
  return memberOf(state, "Iterator") === undefined ? [] : [["Iterator"]];
}

/** Names of the states of one machine, in the order of the text. */
export function namesIn(definition: Json, machine: JsonPath): readonly string[] {
  const states = valueAt(definition, [...machine, "States"]);
  return isObject(states) ? Object.keys(states) : [];
}

/** The innermost state that `path` is in or is; undefined: it is in none. */
export function stateAround(definition: Json, path: JsonPath): JsonPath | undefined {
  let found: JsonPath | undefined;
  let machine: JsonPath = [];
  for (;;) {
    const [field, name] = path.slice(machine.length);
    if (field !== "States" || typeof name !== "string") return found;
    const state = statePath(machine, name);
    const value = valueAt(definition, state);
    if (!isObject(value)) return found;
    found = state;
    const rest = path.slice(state.length);
    const inner = innerMachines(value).find((one) =>
      one.every((step, index) => rest[index] === step),
    );
    if (inner === undefined) return found;
    machine = [...state, ...inner];
  }
}

/** The state's own language, or the whole machine's. */
export function languageOf(definition: Json, state: JsonPath): "JSONPath" | "JSONata" {
  const own = valueAt(definition, [...state, "QueryLanguage"]);
  const language = own ?? valueAt(definition, ["QueryLanguage"]);
  return language === "JSONata" ? "JSONata" : "JSONPath";
}

export function textAt(definition: Json | undefined, path: JsonPath): string | undefined {
  const value = valueAt(definition, path);
  return typeof value === "string" ? value : undefined;
}
