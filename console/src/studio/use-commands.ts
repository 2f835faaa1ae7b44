/** What can be done to states, from the toolbar, by keys and by menus. */
import type { ButtonGroupProps } from "@cloudscape-design/components/button-group";
import { createContext, use, useMemo } from "react";
import { valueAt } from "../document/change-value.ts";
import type { JsonPath } from "../document/json-path.ts";
import type { Json, JsonObject } from "../../../src/json/json.ts";
import { isObject } from "../../../src/json/kind.ts";
import {
  duplicateState,
  ended,
  insertFragment,
  moveState,
  placeAfter,
  placeBefore,
  removeState,
} from "../workflow/edit-flow.ts";
import { fragmentOf, type Fragment } from "../workflow/fragment.ts";
import { paletteItem, type PaletteItem } from "../workflow/palette.ts";
import {
  leadsToState,
  referencesTo,
  setTarget,
  targetOf,
  type Reference,
} from "../workflow/references.ts";
import { languageOf, machineOf, nameOf, statePath } from "../workflow/states.ts";
import type { DragSource } from "./drag.tsx";
import type { Ask } from "./use-ask.ts";
import type { Studio } from "./use-studio.ts";

export interface Commands {
  readonly run: (id: string, path: JsonPath) => void;
  readonly itemsFor: (path: JsonPath) => ButtonGroupProps["items"];
  /** The way out of a state that is led elsewhere by dragging. */
  readonly wayOut: (path: JsonPath) => Reference | undefined;
  /** Puts something new after the selected state, or at the end. */
  readonly add: (item: PaletteItem) => void;
  readonly insert: (item: PaletteItem, place: Reference) => void;
  readonly drop: (source: DragSource, place: Reference) => void;
  readonly connect: (reference: Reference, target: JsonPath) => void;
  readonly copy: (path: JsonPath) => void;
  readonly paste: () => void;
}

/** What copies and cuts are kept in, for all studios of this page. */
let clipboard: { readonly name: string; readonly state: JsonObject } | undefined;

/** `ask`: lets somebody choose what to put to a place, or where to move a state. */
export function useCommandList(studio: Studio, ask: Ask): Commands {
  return useMemo(() => commandsOf(studio, ask), [studio, ask]);
}

function commandsOf({ document, selected, edit, select }: Studio, ask: Ask): Commands {
  const definition = document.value;
  const make = (item: PaletteItem, place: Reference): Fragment =>
    item.make(languageOf(definition, place.machine));
  const insert = (item: PaletteItem, place: Reference): void =>
    edit(`Add ${item.title}`, (editor) => insertFragment(editor, place, make(item, place)));
  const copy = (path: JsonPath): void => {
    const state = valueAt(definition, path);
    if (isObject(state)) clipboard = { name: nameOf(path), state };
  };
  const remove = (path: JsonPath): void =>
    edit(`Delete ${nameOf(path)}`, (editor) => {
      const next = neighbourOf(definition, path);
      removeState(editor, path);
      return next !== undefined && editor.get(next) !== undefined ? next : null;
    });
  const shift = (path: JsonPath, direction: "up" | "down"): void => {
    const place = shiftedPlace(definition, path, direction);
    if (place === undefined) return;
    edit(`Move ${nameOf(path)}`, (editor) => moveState(editor, path, place));
  };
  return {
    insert,
    copy,
    wayOut: (path) => wayOut(definition, path),
    itemsFor: (path) => itemsFor(definition, path),
    add: (item) => {
      const place = placeAfter(definition, selected) ?? placeAfter(definition, undefined);
      if (place !== undefined) insert(item, place);
    },
    drop: (source, place) => {
      if (source.kind === "new") insert(source.item, place);
      if (source.kind !== "state") return;
      const { path } = source;
      edit(`Move ${nameOf(path)}`, (editor) => moveState(editor, path, place));
    },
    connect: (reference, target) =>
      edit(`Connect to ${nameOf(target)}`, (editor) =>
        setTarget(editor, reference, nameOf(target)),
      ),
    paste: () => {
      if (clipboard === undefined) return;
      const { name, state } = clipboard;
      const place = placeAfter(definition, selected) ?? placeAfter(definition, undefined);
      if (place === undefined) return;
      edit(`Paste ${name}`, (editor) =>
        insertFragment(editor, place, fragmentOf(name, pastable(state, definition, place))),
      );
    },
    run: (id, path) => {
      const before = placeBefore(definition, path);
      const after = placeAfter(definition, path);
      if (id === "before" && before !== undefined) ask.fill(before);
      else if (id === "after" && after !== undefined) ask.fill(after);
      else if (id === "duplicate") edit(`Copy ${nameOf(path)}`, (one) => duplicateState(one, path));
      else if (id === "delete") remove(path);
      else if (id === "up" || id === "down") shift(path, id);
      else if (id === "move") ask.move(path);
      else if (id === "test") ask.test(path);
      else if (id === "copy") copy(path);
      else if (id === "cut") {
        copy(path);
        remove(path);
      } else if (id.startsWith("add ")) {
        const item = paletteItem(id.slice(4));
        if (item !== undefined && after !== undefined) insert(item, after);
      } else select(path);
    },
  };
}

/** The state as it can be put elsewhere: what led to states that are not there leads nowhere. */
function pastable(state: JsonObject, definition: Json, { machine }: Reference): JsonObject {
  const lone = ended(state);
  const { Default: fallback, ...rest } = lone;
  if (typeof fallback !== "string") return lone;
  const isThere = valueAt(definition, statePath(machine, fallback)) !== undefined;
  return isThere ? lone : rest;
}

function neighbourOf(definition: Json, path: JsonPath): JsonPath | undefined {
  const machine = machineOf(path);
  const after = placeAfter(definition, path);
  const target = after === undefined ? undefined : targetOf(definition, after);
  if (typeof target === "string" && target !== nameOf(path)) return statePath(machine, target);
  const before = placeBefore(definition, path);
  if (before === undefined || before.kind === "StartAt") return undefined;
  return statePath(machine, String(before.path[machine.length + 1]));
}

function wayOut(definition: Json, path: JsonPath): Reference | undefined {
  return placeAfter(definition, path);
}

/** Where a state comes to be if it changes places with the one before or after it. */
function shiftedPlace(
  definition: Json,
  path: JsonPath,
  direction: "up" | "down",
): Reference | undefined {
  const machine = machineOf(path);
  if (direction === "down") {
    const after = placeAfter(definition, path);
    if (after === undefined || !leadsToState(definition, after)) return undefined;
    return placeAfter(definition, statePath(machine, String(targetOf(definition, after))));
  }
  const before = referencesTo(definition, machine, nameOf(path)).find(
    ({ kind }) => kind !== "StartAt",
  );
  if (before === undefined) return undefined;
  return placeBefore(definition, statePath(machine, String(before.path[machine.length + 1])));
}

function itemsFor(definition: Json, path: JsonPath): ButtonGroupProps["items"] {
  const hasAfter = placeAfter(definition, path) !== undefined;
  const button = (
    id: string,
    text: string,
    iconName: "insert-row" | "add-plus" | "copy" | "remove" | "play",
    disabled = false,
  ): ButtonGroupProps.IconButton => ({ type: "icon-button", id, text, iconName, disabled });
  return [
    button("after", "Insert after", "add-plus", !hasAfter),
    button("duplicate", "Duplicate", "copy"),
    button("delete", "Delete", "remove"),
    button("test", "Test state", "play"),
    {
      type: "menu-dropdown",
      id: "more",
      text: "More",
      items: [
        { id: "before", text: "Insert before" },
        { id: "up", text: "Move up" },
        { id: "down", text: "Move down" },
        { id: "move", text: "Move to…" },
        { id: "copy", text: "Copy" },
        { id: "cut", text: "Cut" },
      ],
    },
  ];
}

export const CommandsContext = createContext<Commands | undefined>(undefined);

export function useCommands(): Commands {
  const commands = use(CommandsContext);
  if (commands === undefined) throw new Error("useCommands is used outside of the studio");
  return commands;
}
