/** Keys that work on the canvas and in the palette, not while something is written. */
import { useCallback, type KeyboardEvent } from "react";
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

export function useKeys(studio: Studio, commands: Commands, ask: Ask) {
  return useCallback(
    (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isWriting(event.target)) return;
      const key = keyOf(event);
      const { selected, document, undo, redo, select } = studio;
      const run = (): boolean => {
        if (key === "mod+z") undo();
        else if (key === "mod+y" || key === "mod+shift+z") redo();
        else if (key === "mod+v") commands.paste();
        else if (key === "Escape" && selected !== undefined) select(undefined);
        else if (key === "a" || key === "Insert") {
          const place = placeAfter(document.value, selected);
          if (place !== undefined) ask.fill(place);
        } else if (selected !== undefined && STATE_KEYS[key] !== undefined) {
          commands.run(STATE_KEYS[key], selected);
        } else return false;
        return true;
      };
      if (run()) event.preventDefault();
    },
    [studio, commands, ask],
  );
}

function keyOf({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const isMod = ctrlKey || metaKey;
  const name = isMod ? key.toLowerCase() : key;
  return `${isMod ? "mod+" : ""}${altKey ? "alt+" : ""}${isMod && shiftKey ? "shift+" : ""}${name}`;
}

function isWriting(target: EventTarget): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable=true], [role=dialog]") !== null
  );
}
