/** What can be put into the definition, to be dragged or chosen. */
import Box from "@cloudscape-design/components/box";
import Input from "@cloudscape-design/components/input";
import { memo, useDeferredValue, useMemo, useState } from "react";
import { PaneTabs } from "../components/pane-tabs.tsx";
import { StateIcon } from "../graph/state-icon.tsx";
import { PALETTE, searchPalette, type PaletteItem, type PaletteTab } from "../workflow/palette.ts";
import { useDragging } from "./drag.tsx";

interface Props {
  /** Chosen by click or keyboard. */
  readonly onChoose: (item: PaletteItem) => void;
}

const TABS: readonly PaletteTab[] = ["Actions", "Flow", "Patterns"];

export const PalettePanel = memo(function PalettePanel({ onChoose }: Props) {
  const [tab, setTab] = useState<PaletteTab>("Actions");
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search);
  const isSearch = wanted.trim() !== "";
  const items = useMemo(
    () => (isSearch ? searchPalette(wanted) : PALETTE.filter((item) => item.tab === tab)),
    [isSearch, wanted, tab],
  );
  return (
    <section className="palette" aria-label="Palette">
      <div className="palette-head">
        <Input
          type="search"
          value={search}
          placeholder="Search the palette"
          ariaLabel="Search the palette"
          onChange={({ detail }) => setSearch(detail.value)}
        />
      </div>
      <PaneTabs
        label="Palette"
        tabs={TABS.map((id) => ({ id, label: id }))}
        active={isSearch ? undefined : tab}
        onChange={(id) => {
          setSearch("");
          setTab(id as PaletteTab);
        }}
      >
        {items.length === 0 ? (
          <Box textAlign="center" color="text-status-inactive" padding="l">
            Nothing is called so. An action of the AWS SDK is written as{" "}
            <Box variant="code">s3:getObject</Box>.
          </Box>
        ) : (
          <PaletteItems
            items={items}
            isGrouped={isSearch || tab === "Actions"}
            onChoose={onChoose}
          />
        )}
      </PaneTabs>
    </section>
  );
});

interface ItemsProps {
  readonly items: readonly PaletteItem[];
  readonly isGrouped: boolean;
  readonly onChoose: (item: PaletteItem) => void;
}

export function PaletteItems({ items, isGrouped, onChoose }: ItemsProps) {
  const { begin } = useDragging();
  const groups = [...new Set(items.map(({ group }) => group))];
  const list = (shown: readonly PaletteItem[]) => (
    <ul>
      {shown.map((item) => (
        <li key={item.id}>
          <button
            type="button"
            className="palette-item"
            title={item.description}
            onPointerDown={(event) => begin({ kind: "new", item }, event)}
            onClick={() => onChoose(item)}
          >
            <StateIcon type={item.type} />
            <span className="palette-text">
              <span className="palette-title">{item.title}</span>
              <span className="palette-about">{item.description}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
  if (!isGrouped) return list(items);
  return groups.map((group) => (
    <div key={group} className="palette-group">
      <h3>{group}</h3>
      {list(items.filter((item) => item.group === group))}
    </div>
  ));
}
