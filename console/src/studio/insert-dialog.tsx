/** Chooses what to put to a place: the way to build a workflow without dragging. */
import Box from "@cloudscape-design/components/box";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, useState } from "react";
import { searchPalette, type PaletteItem } from "../workflow/palette.ts";
import type { Reference } from "../workflow/references.ts";
import { placeLabel } from "../workflow/place-label.ts";
import { PaletteItems } from "./palette-panel.tsx";

interface Props {
  readonly place: Reference;
  readonly onChoose: (item: PaletteItem) => void;
  readonly onDismiss: () => void;
}

export function InsertDialog({ place, onChoose, onDismiss }: Props) {
  const [search, setSearch] = useState("");
  const items = searchPalette(search);
  const input = useRef<InputProps.Ref>(null);
  useEffect(() => {
    // After the dialog has put the focus on its first button.
    const timer = setTimeout(() => input.current?.focus());
    return () => clearTimeout(timer);
  }, []);
  return (
    <Modal visible header="Add a state" onDismiss={onDismiss} closeAriaLabel="Close">
      <SpaceBetween size="s">
        <Box color="text-body-secondary">{placeLabel(place)}</Box>
        <Input
          type="search"
          value={search}
          ref={input}
          placeholder="What to add"
          ariaLabel="What to add"
          onChange={({ detail }) => setSearch(detail.value)}
          onKeyDown={({ detail }) => {
            const [first] = items;
            if (detail.key === "Enter" && first !== undefined) onChoose(first);
          }}
        />
        <div className="insert-items">
          <PaletteItems items={items} isGrouped onChoose={onChoose} />
        </div>
      </SpaceBetween>
    </Modal>
  );
}
