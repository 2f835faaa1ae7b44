/** Places of a flow in words. */
import type { Json } from "../../../src/json/json.ts";
import type { JsonPath } from "../document/json-path.ts";
import { referencesOf, startOf, type Reference } from "./references.ts";
import { allStates, innerMachines } from "./states.ts";

/** Every place of a definition, from the outside to the inside. */
export function allPlaces(definition: Json): Reference[] {
  const places = [startOf([])];
  for (const { machine, name, path, state } of allStates(definition)) {
    places.push(...referencesOf(definition, machine, name));
    places.push(...innerMachines(state).map((inner) => startOf([...path, ...inner])));
  }
  return places;
}

/** `After CheckValid, rule 1`; `At the start of branch 2 of Both`. */
export function placeLabel({ kind, machine, path }: Reference): string {
  const owner = String(path[machine.length + 1]);
  const index = Number(path.at(-2)) + 1;
  switch (kind) {
    case "StartAt":
      return `At the start${insideOf(machine)}`;
    case "Next":
      return `After ${owner}`;
    case "Choice":
      return `After ${owner}, if rule ${index} holds`;
    case "Default":
      return `After ${owner}, if no rule holds`;
    case "Catch":
      return `After ${owner}, for the errors of catcher ${index}`;
  }
}

function insideOf(machine: JsonPath): string {
  const last = machine.at(-1);
  if (last === undefined) return "";
  if (typeof last === "number") return ` of branch ${last + 1} of ${String(machine.at(-3))}`;
  return ` of ${String(machine.at(-2))}, for each item`;
}
