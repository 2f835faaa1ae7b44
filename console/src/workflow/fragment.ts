/** States that are put into a definition together. */
import type { Json, JsonObject } from "../../../src/json/json.ts";
import { isObject, objectOf } from "../../../src/json/kind.ts";
import { valueAt, withValue } from "../document/change-value.ts";
import { referencesOf, targetOf } from "./references.ts";
import { freshName } from "./state-names.ts";
import { innerMachines, namesIn, statePath, textAt } from "./states.ts";

/** A machine of its own. Where it ends, what comes after it goes on. */
export interface Fragment {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, JsonObject>>;
}

export function fragmentOf(name: string, state: JsonObject): Fragment {
  return { StartAt: name, States: { [name]: state } };
}

/** The fragment with names that are not `taken`, which they are from then on. */
export function withFreshNames(fragment: Fragment, taken: Set<string>): Fragment {
  const { StartAt, States } = fragment;
  return renamed({ StartAt, States }, taken) as unknown as Fragment;
}

function renamed(machine: JsonObject, taken: Set<string>): Json {
  const names = namesIn(machine, []);
  const fresh = new Map(names.map((name) => [name, freshName(name, taken)]));
  let changed: Json = machine;
  for (const name of names) {
    for (const reference of referencesOf(machine, [], name)) {
      const target = targetOf(machine, reference);
      const other = typeof target === "string" ? fresh.get(target) : undefined;
      if (other !== undefined) changed = withValue(changed, reference.path, other);
    }
  }
  const states = names.map((name): readonly [string, Json] => {
    const state = valueAt(changed, statePath([], name)) ?? null;
    return [fresh.get(name)!, isObject(state) ? withRenamedInside(state, taken) : state];
  });
  changed = withValue(changed, ["States"], objectOf(states));
  const start = textAt(machine, ["StartAt"]);
  if (start === undefined) return changed;
  return withValue(changed, ["StartAt"], fresh.get(start) ?? start);
}

function withRenamedInside(state: JsonObject, taken: Set<string>): Json {
  let changed: Json = state;
  for (const path of innerMachines(state)) {
    const inner = valueAt(state, path);
    if (isObject(inner)) changed = withValue(changed, path, renamed(inner, taken));
  }
  return changed;
}
