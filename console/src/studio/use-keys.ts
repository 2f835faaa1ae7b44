/** Keys that work on the canvas and in the palette, not while something is written. */
import { useEffect, useEffectEvent } from "react";
import { placeAfter } from "../workflow/edit-flow.ts";
import type { Ask } from "./use-ask.ts";
import type { Commands } from "./use-commands.ts";
import type { Studio } from "./use-studio.ts";

/** Commands of states by their keys. */
const STATE_KEYS: Readonly<Record<string, string>> = {
  Delete: "delete",
  Backspace: "delete",
  "mod+d": "duplicate",
  "mod+c": "copy",
  "mod+x": "cut",
  "alt+ArrowUp": "up",
  "alt+ArrowDown": "down",
  m: "move",
};

export function useKeys(studio: Studio, commands: Commands, ask: Ask): void {
  const pressed = useEffectEvent((event: KeyboardEvent): void => {
    if (event.defaultPrevented || isElsewhere(event.target)) return;
    if (run(keyOf(event), studio, commands, ask)) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => pressed(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}

/** Whether the key does something. */
function run(key: string, studio: Studio, commands: Commands, ask: Ask): boolean {
  const { selected, document, undo, redo, select } = studio;
  const command = STATE_KEYS[key];
  if (key === "mod+z") undo();
  else if (key === "mod+y" || key === "mod+shift+z") redo();
  else if (key === "mod+v") commands.paste();
  else if (key === "Escape" && selected !== undefined) select(undefined);
  else if (key === "a" || key === "Insert") {
    const place = placeAfter(document.value, selected);
    if (place !== undefined) ask.fill(place);
  } else if (selected !== undefined && command !== undefined) commands.run(command, selected);
  else return false;
  return true;
}

function keyOf({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const isMod = ctrlKey || metaKey;
  const name = isMod ? key.toLowerCase() : key;
  return `${isMod ? "mod+" : ""}${altKey ? "alt+" : ""}${isMod && shiftKey ? "shift+" : ""}${name}`;
}

/** Somebody writes, or is in a dialog or another part of the page. A focus that is lost is here. */
function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target === document.body) return false;
  const inside = "input, textarea, select, [contenteditable=true], [role=dialog]";
  return target.closest(inside) !== null || target.closest(".studio") === null;
}
