/** Finds the definition of a state by its name, which is unique in a state machine. */
import { isArray, isObject } from "../../../src/json/kind.ts";
import type { Json } from "../../../src/json/json.ts";

/** Undefined: there is none of that name. */
export function findState(machine: Json | undefined, name: string): Json | undefined {
  if (machine === undefined || !isObject(machine)) return undefined;
  const { States: states } = machine;
  if (states === undefined || !isObject(states)) return undefined;
  if (Object.hasOwn(states, name)) return states[name];
  for (const state of Object.values(states)) {
    if (!isObject(state)) continue;
    const { Branches, ItemProcessor, Iterator } = state;
    const branches = Branches !== undefined && isArray(Branches) ? Branches : [];
    for (const inner of [...branches, ItemProcessor, Iterator]) {
      const found = findState(inner, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
