/**
 * Changes to the flow of a definition: states put in, taken out, moved, copied, renamed. Each keeps the ways of
 * the others together. They give the path of the state to select, or undefined.
 */
import type { Json, JsonObject } from "../../../src/json/json.ts";
import { isObject, memberOf, objectOf } from "../../../src/json/kind.ts";
import { withoutValue, withValue } from "../document/change-value.ts";
import type { DocumentEditor } from "../document/document-editor.ts";
import { isInside, samePath, type JsonPath } from "../document/json-path.ts";
import { fragmentOf, withFreshNames, type Fragment } from "./fragment.ts";
import {
  END,
  exitOf,
  isStep,
  leadsToState,
  referencesOf,
  referencesTo,
  setTarget,
  startOf,
  targetOf,
  type Reference,
  type Target,
} from "./references.ts";
import { stateNames } from "./state-names.ts";
import { machineOf, nameOf, namesIn, statePath, textAt } from "./states.ts";

/** Puts states where `place` leads to; what was there comes after them. */
export function insertFragment(
  editor: DocumentEditor,
  place: Reference,
  fragment: Fragment,
): JsonPath {
  const { machine } = place;
  const fresh = withFreshNames(fragment, stateNames(editor.value));
  const after = leadsToState(editor.value, place) ? targetOf(editor.value, place) : undefined;
  const states = Object.entries(fresh.States);
  const before = namesAfter(editor.value, place);
  if (!isObject(editor.get([...machine, "States"]))) editor.set([...machine, "States"], {});
  for (const [name, state] of states) {
    editor.set(statePath(machine, name), goingOnTo(state, after), { before });
  }
  setTarget(editor, place, fresh.StartAt);
  return statePath(machine, fresh.StartAt);
}

/** Adds a state that nothing leads to, at the end of its machine. */
export function addState(
  editor: DocumentEditor,
  machine: JsonPath,
  name: string,
  state: JsonObject,
): JsonPath {
  const fresh = withFreshNames(fragmentOf(name, state), stateNames(editor.value));
  if (!isObject(editor.get([...machine, "States"]))) editor.set([...machine, "States"], {});
  const [entry] = Object.entries(fresh.States);
  editor.set(statePath(machine, entry![0]), entry![1]);
  return statePath(machine, entry![0]);
}

/** Where the fragment ends, or a Choice in it has no Default, it goes on. */
function goingOnTo(state: JsonObject, after: Target): JsonObject {
  if (typeof after !== "string") return state;
  if (state["End"] === true) {
    return objectOf(
      Object.entries(state).map(([key, value]) => (key === "End" ? ["Next", after] : [key, value])),
    );
  }
  const isOpen = state["Type"] === "Choice" && memberOf(state, "Default") === undefined;
  return isOpen ? { ...state, Default: after } : state;
}

/** The states that stand after the one that `place` belongs to, to put a new one before. */
function namesAfter(definition: Json, place: Reference): readonly string[] {
  const names = namesIn(definition, place.machine);
  if (place.kind === "StartAt") return names;
  const owner = place.path[place.machine.length + 1];
  return names.slice(names.indexOf(String(owner)) + 1);
}

/** Where a flow goes on if this state is not there. */
export function successorOf(definition: Json, path: JsonPath): Target {
  const [machine, name] = [machineOf(path), nameOf(path)];
  const ways = referencesOf(definition, machine, name).filter(({ kind }) => kind !== "Catch");
  const main = [...ways.filter(({ kind }) => kind !== "Choice"), ...ways];
  const targets = main.map((reference) => targetOf(definition, reference));
  return targets.find((target) => target !== undefined && target !== name);
}

/** Leads what led to the state past it. */
function bypass(editor: DocumentEditor, path: JsonPath): void {
  const [machine, name] = [machineOf(path), nameOf(path)];
  const successor = successorOf(editor.value, path);
  const references = referencesTo(editor.value, machine, name).filter(
    (reference) => !isInside(reference.path, path),
  );
  for (const reference of references) {
    setTarget(editor, reference, bypassTarget(editor.value, reference, successor, name));
  }
}

function bypassTarget(
  definition: Json,
  { kind, machine }: Reference,
  successor: Target,
  name: string,
): Target {
  if (typeof successor === "string") return successor;
  if (kind === "Next") return END;
  if (kind !== "StartAt") return undefined;
  return namesIn(definition, machine).find((other) => other !== name);
}

export function removeState(editor: DocumentEditor, path: JsonPath): void {
  if (editor.get(path) === undefined) return;
  bypass(editor, path);
  editor.remove(path);
}

/** Whether a state can be put to `place`: not into itself. */
export function canMove(path: JsonPath, place: Reference): boolean {
  return !isInside(place.machine, path);
}

/** Takes a state out of its flow and puts it to `place`. */
export function moveState(editor: DocumentEditor, path: JsonPath, place: Reference): JsonPath {
  const name = nameOf(path);
  const stays = samePath(machineOf(path), place.machine);
  const isThere = stays && targetOf(editor.value, place) === name;
  if (!canMove(path, place) || isThere || isInside(place.path, path)) return path;
  bypass(editor, path);
  const exit = exitOf(place.machine, name);
  const moved = statePath(place.machine, name);
  const before = namesAfter(editor.value, place);
  if (!stays) {
    const source = editor.source(path)!;
    editor.remove(path);
    if (!isObject(editor.get([...place.machine, "States"]))) {
      editor.set([...place.machine, "States"], {});
    }
    editor.set(moved, source, { before });
    dropForeignTargets(editor, moved);
  }
  const after = leadsToState(editor.value, place) ? targetOf(editor.value, place) : undefined;
  if (isStep(editor.get([...moved, "Type"]))) setTarget(editor, exit, after ?? END);
  else if (editor.get([...moved, "Type"]) === "Choice") {
    const fallback: Reference = { ...exit, kind: "Default", path: [...moved, "Default"] };
    if (after !== undefined || !leadsToState(editor.value, fallback)) {
      setTarget(editor, fallback, after);
    }
  }
  setTarget(editor, place, name);
  return moved;
}

/** What led to states of the machine that the state was in leads nowhere now. */
function dropForeignTargets(editor: DocumentEditor, path: JsonPath): void {
  const references = referencesOf(editor.value, machineOf(path), nameOf(path));
  for (const reference of references) {
    const target = targetOf(editor.value, reference);
    if (typeof target === "string" && !leadsToState(editor.value, reference)) {
      setTarget(editor, reference, reference.kind === "Next" ? END : undefined);
    }
  }
}

/** A copy after the state, or, if nothing comes after it, beside it. */
export function duplicateState(editor: DocumentEditor, path: JsonPath): JsonPath | undefined {
  const state = editor.get(path);
  if (!isObject(state)) return undefined;
  const [machine, name] = [machineOf(path), nameOf(path)];
  if (!isStep(state["Type"])) return addState(editor, machine, name, state);
  return insertFragment(editor, exitOf(machine, name), fragmentOf(name, ended(state)));
}

/** The state as the last one of a fragment. */
export function ended(state: JsonObject): JsonObject {
  if (!isStep(state["Type"]) || state["End"] === true) return state;
  return withValue(withoutValue(state, ["Next"]), ["End"], true) as JsonObject;
}

/** `name` must not be taken. */
export function renameState(editor: DocumentEditor, path: JsonPath, name: string): JsonPath {
  const machine = machineOf(path);
  const references = referencesTo(editor.value, machine, nameOf(path));
  editor.setAll(references.map(({ path: field }) => [field, name] as const));
  editor.rename(path, name);
  return statePath(machine, name);
}

/** Where a new state comes if it is to follow the one at `path`: where its main way leads. */
export function placeAfter(definition: Json, path: JsonPath | undefined): Reference | undefined {
  if (path === undefined) return endOfMachine(definition, []);
  const ways = referencesOf(definition, machineOf(path), nameOf(path));
  return (
    ways.find((way) => way.kind !== "Catch" && targetOf(definition, way) === undefined) ??
    ways.find(({ kind }) => kind === "Next") ??
    ways.find(({ kind }) => kind === "Default")
  );
}

/** Where a new state comes if it is to be before the one at `path`; the first of several ways. */
export function placeBefore(definition: Json, path: JsonPath): Reference | undefined {
  return referencesTo(definition, machineOf(path), nameOf(path))[0];
}

/** The last place on the main way of a machine. */
export function endOfMachine(definition: Json, machine: JsonPath): Reference {
  let place = startOf(machine);
  const seen = new Set<string>();
  for (;;) {
    const target = targetOf(definition, place);
    if (typeof target !== "string" || seen.has(target)) return place;
    if (!leadsToState(definition, place)) return place;
    seen.add(target);
    const next = placeAfter(definition, statePath(machine, target));
    if (next === undefined) return place;
    place = next;
  }
}

/** The states of `machine` that a reference may lead to. */
export function targetsFor(definition: Json, reference: Reference): readonly string[] {
  const owner =
    reference.kind === "StartAt" ? undefined : reference.path[reference.machine.length + 1];
  const loops = reference.kind === "Next";
  return namesIn(definition, reference.machine).filter((name) => !loops || name !== owner);
}

export function typeAt(definition: Json, path: JsonPath): string | undefined {
  return textAt(definition, [...path, "Type"]);
}
