/** Names of states, which are unique in a whole definition. */
import type { Json } from "../../../src/json/json.ts";
import { allStates } from "./states.ts";

const MAX_LENGTH = 80;

export function stateNames(definition: Json): Set<string> {
  return new Set(Array.from(allStates(definition), ({ name }) => name));
}

/** `wanted`, or with the first number that makes it unique; it is `taken` from then on. */
export function freshName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) {
    const suffix = ` (${count})`;
    const base = wanted.replace(/ \(\d+\)$/, "");
    name =
      Array.from(base)
        .slice(0, MAX_LENGTH - suffix.length)
        .join("") + suffix;
  }
  taken.add(name);
  return name;
}

/** Why a state cannot have this name; undefined: it can. `others`: the names of all other states. */
export function stateNameProblem(name: string, others: ReadonlySet<string>): string | undefined {
  if (name === "") return "Give the state a name.";
  if (Array.from(name).length > MAX_LENGTH) return `Use at most ${MAX_LENGTH} characters.`;
  if (others.has(name)) return `Another state is called '${name}'.`;
  return undefined;
}
