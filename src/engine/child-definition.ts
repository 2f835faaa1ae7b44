/** The definition that the child executions of a Map Run run. */
import type { Definition, Machine, MapState } from "../asl/definition.ts";

const known = new WeakMap<Definition, Map<string, Definition>>();

/** The item processor of the Map state with that JSON pointer. Throws if there is none. */
export function childDefinition(definition: Definition, pointer: string): Definition {
  let byPointer = known.get(definition);
  if (byPointer === undefined) known.set(definition, (byPointer = new Map()));
  let child = byPointer.get(pointer);
  if (child === undefined) {
    const map = findMap(definition, pointer);
    if (map === undefined) throw new Error(`the definition has no Map state at ${pointer}`);
    child = { ...map.processor, comment: undefined, timeoutSeconds: undefined };
    byPointer.set(pointer, child);
  }
  return child;
}

function findMap(definition: Definition, pointer: string): MapState | undefined {
  const open: Machine[] = [definition];
  for (let machine = open.pop(); machine !== undefined; machine = open.pop()) {
    for (const state of machine.states.values()) {
      if (state.type === "Map" && state.pointer === pointer) return state;
      if (state.type === "Parallel") open.push(...state.branches);
      if (state.type === "Map") open.push(state.processor);
    }
  }
  return undefined;
}
