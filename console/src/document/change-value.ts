/** Changed copies of JSON values, which are immutable. What does not change is shared. */
import type { Json, JsonArray, JsonObject } from "../../../src/json/json.ts";
import { isArray, isObject, memberOf, objectOf } from "../../../src/json/kind.ts";
import type { JsonPath } from "./json-path.ts";

/** Undefined: there is nothing. */
export function valueAt(value: Json | undefined, path: JsonPath): Json | undefined {
  let found = value;
  for (const step of path) {
    if (typeof step === "number") found = isArray(found) ? found[step] : undefined;
    else found = isObject(found) ? memberOf(found, step) : undefined;
  }
  return found;
}

/** Adds the member at `path` before the one of the name `next`, or at the end. */
export function withMember(value: Json, path: JsonPath, set: Json, next?: string): Json {
  return changedParent(value, path, (parent, step) => {
    if (!isObject(parent)) return parent;
    const entries = Object.entries(parent);
    const index = entries.findIndex(([key]) => key === next);
    return objectOf(entries.toSpliced(index < 0 ? entries.length : index, 0, [String(step), set]));
  });
}

/** Sets the member or element at `path`; what it is in must exist. */
export function withValue(value: Json, path: JsonPath, set: Json): Json {
  return changed(value, path, () => set);
}

/** Takes the member or element at `path` out. */
export function withoutValue(value: Json, path: JsonPath): Json {
  return changedParent(value, path, (parent, step) =>
    isArray(parent)
      ? parent.toSpliced(Number(step), 1)
      : objectOf(Object.entries(parent).filter(([key]) => key !== step)),
  );
}

/** Puts an element before the one at `path`, or at the end of its array. */
export function withElement(value: Json, path: JsonPath, element: Json): Json {
  return changedParent(value, path, (parent, step) =>
    isArray(parent) ? parent.toSpliced(Number(step), 0, element) : parent,
  );
}

/** Moves the element at `path` to the index `to` of its array. */
export function withMovedElement(value: Json, path: JsonPath, to: number): Json {
  return changedParent(value, path, (parent, step) => {
    if (!isArray(parent)) return parent;
    const rest = parent.toSpliced(Number(step), 1);
    return rest.toSpliced(to, 0, parent[Number(step)]!);
  });
}

/** Gives the member at `path` another name, in its place. */
export function withRenamedMember(value: Json, path: JsonPath, name: string): Json {
  return changedParent(value, path, (parent, step) =>
    isObject(parent)
      ? objectOf(Object.entries(parent).map(([key, one]) => [key === step ? name : key, one]))
      : parent,
  );
}

function changedParent(
  value: Json,
  path: JsonPath,
  change: (parent: JsonArray | JsonObject, step: string | number) => Json,
): Json {
  const step = path.at(-1)!;
  return changed(value, path.slice(0, -1), (parent) =>
    isArray(parent) || isObject(parent) ? change(parent, step) : (parent ?? null),
  );
}

function changed(
  value: Json | undefined,
  path: JsonPath,
  change: (value: Json | undefined) => Json,
): Json {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (typeof step === "number") {
    const array = isArray(value) ? value : [];
    return array.toSpliced(step, 1, changed(array[step], rest, change));
  }
  const object = isObject(value) ? value : {};
  const inner = changed(memberOf(object, step), rest, change);
  if (!Object.hasOwn(object, step)) return objectOf([...Object.entries(object), [step, inner]]);
  return objectOf(Object.entries(object).map(([key, one]) => [key, key === step ? inner : one]));
}
