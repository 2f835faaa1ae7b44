/** The fields that lead from one state to another. */
import type { Json } from "../../../src/json/json.ts";
import { isArray, isObject } from "../../../src/json/kind.ts";
import { valueAt } from "../document/change-value.ts";
import type { DocumentEditor } from "../document/document-editor.ts";
import type { JsonPath } from "../document/json-path.ts";
import { namesIn, statePath, textAt } from "./states.ts";

/** What a reference leads to when the machine ends there. */
export const END = Symbol("End");

/** The name of a state, the end, or nothing (yet). */
export type Target = string | typeof END | undefined;

export type ReferenceKind = "StartAt" | "Next" | "Choice" | "Default" | "Catch";

/**
 * A field that can lead to a state of its machine: it is a place in the flow, too, where a state can be put.
 * The way out of a state is its `Next`, also if it has `End`.
 */
export interface Reference {
  readonly kind: ReferenceKind;
  readonly machine: JsonPath;
  /** Of the field, whether or not it is there. */
  readonly path: JsonPath;
}

/** Types whose states go on with `Next` or `End`. */
const STEPS: readonly string[] = ["Task", "Pass", "Wait", "Parallel", "Map"];

export function isStep(type: Json | undefined): boolean {
  return typeof type === "string" && STEPS.includes(type);
}

export function startOf(machine: JsonPath): Reference {
  return { kind: "StartAt", machine, path: [...machine, "StartAt"] };
}

/** The way out of a state that has just one. */
export function exitOf(machine: JsonPath, name: string): Reference {
  return { kind: "Next", machine, path: [...statePath(machine, name), "Next"] };
}

/** All references of a state, those that lead nowhere yet, too. */
export function referencesOf(definition: Json, machine: JsonPath, name: string): Reference[] {
  const path = statePath(machine, name);
  const state = valueAt(definition, path);
  if (!isObject(state)) return [];
  const found: Reference[] = [];
  const count = (field: string): number => {
    const list = state[field];
    return isArray(list) ? list.length : 0;
  };
  if (isStep(state["Type"])) found.push(exitOf(machine, name));
  if (state["Type"] === "Choice") {
    for (let index = 0; index < count("Choices"); index += 1) {
      found.push({ kind: "Choice", machine, path: [...path, "Choices", index, "Next"] });
    }
    found.push({ kind: "Default", machine, path: [...path, "Default"] });
  }
  for (let index = 0; index < count("Catch"); index += 1) {
    found.push({ kind: "Catch", machine, path: [...path, "Catch", index, "Next"] });
  }
  return found;
}

/** Those of a machine that lead to the state `name`. */
export function referencesTo(definition: Json, machine: JsonPath, name: string): Reference[] {
  const all = [
    startOf(machine),
    ...namesIn(definition, machine).flatMap((other) => referencesOf(definition, machine, other)),
  ];
  return all.filter((reference) => targetOf(definition, reference) === name);
}

export function targetOf(definition: Json, { kind, path }: Reference): Target {
  const name = textAt(definition, path);
  if (name !== undefined) return name;
  const ends = kind === "Next" && valueAt(definition, [...path.slice(0, -1), "End"]) === true;
  return ends ? END : undefined;
}

/** Whether `target` is a state of the reference's machine. */
export function leadsToState(definition: Json, reference: Reference): boolean {
  const target = targetOf(definition, reference);
  return typeof target === "string" && namesIn(definition, reference.machine).includes(target);
}

/** Makes a reference lead elsewhere. Only a `Next` can lead to the end; others then lead nowhere. */
export function setTarget(editor: DocumentEditor, { kind, path }: Reference, target: Target): void {
  const state = path.slice(0, -1);
  const end = [...state, "End"];
  if (typeof target === "string") {
    // What was the end becomes the way on, in its place.
    if (kind === "Next" && editor.get(end) !== undefined && editor.get(path) === undefined) {
      editor.rename(end, "Next");
    } else if (kind === "Next") editor.remove(end);
    editor.set(path, target, { before: kind === "StartAt" ? ["States"] : [] });
  } else if (target === END && kind === "Next") {
    if (editor.get(path) !== undefined && editor.get(end) === undefined) editor.rename(path, "End");
    else editor.remove(path);
    editor.set(end, true);
  } else {
    editor.remove(path);
    if (kind === "Next") editor.remove(end);
  }
}
