/** Fields that name the state to go to. */
import type { Fields } from "./fields.ts";
import type { StateSource } from "./source.ts";

/**
 * Reads a state's name from `fields` (the state itself, a catcher, a choice rule) and notes the
 * transition, to be checked when all states of the machine are known.
 */
export function readTarget(
  { name, scope }: Pick<StateSource, "name" | "scope">,
  fields: Fields,
  field: string,
): string | undefined {
  const to = fields.string(field);
  if (to !== undefined) scope.transitions.push({ from: name, to, location: fields.at(field) });
  return to;
}
