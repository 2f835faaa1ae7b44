/** A table of very many rows, of which only those in sight are drawn. Keys move the selection. */
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { rowAfterKey, scrollTopFor, visibleRows } from "./visible-rows.ts";

export interface VirtualColumn {
  readonly id: string;
  readonly header: ReactNode;
  /** A track of a CSS grid, such as `90px` or `minmax(0, 1fr)`. */
  readonly width: string;
  readonly cell: (row: number) => ReactNode;
}

interface Props {
  readonly ariaLabel: string;
  readonly count: number;
  readonly columns: readonly VirtualColumn[];
  /** Pixels. */
  readonly height: number;
  readonly rowHeight?: number;
  /** Undefined: none. */
  readonly selected: number | undefined;
  readonly onSelect: (row: number) => void;
  /** Additional class of a row. */
  readonly rowClass?: (row: number) => string;
  /** Keys of the caller, for the selected row; true: it was one. */
  readonly onKey?: (key: string, row: number) => boolean;
  /** Instead of rows. */
  readonly empty: ReactNode;
}

export const ROW_HEIGHT = 32;

export function VirtualGrid({ count, columns, height, selected, ...props }: Props) {
  const { rowHeight = ROW_HEIGHT, ariaLabel, onSelect, rowClass, onKey, empty } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const { first, end } = visibleRows(count, rowHeight, scrollTop, height);
  const body = height - rowHeight;
  useEffect(() => {
    const element = scroller.current;
    if (element === null || selected === undefined) return;
    element.scrollTop = scrollTopFor(selected, rowHeight, element.scrollTop, body);
  }, [selected, rowHeight, body]);
  const pressed = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const isDone = selected !== undefined && onKey?.(event.key, selected) === true;
    const page = Math.max(1, Math.floor(body / rowHeight) - 1);
    const row = isDone ? undefined : rowAfterKey(event.key, selected, count, page);
    if (row !== undefined) onSelect(row);
    if (isDone || row !== undefined) event.preventDefault();
  };
  const grid = { gridTemplateColumns: columns.map(({ width }) => width).join(" ") };
  const isDrawn = selected !== undefined && selected >= first && selected < end;
  return (
    <div
      ref={scroller}
      className="virtual-grid"
      role="grid"
      aria-label={ariaLabel}
      aria-rowcount={count + 1}
      aria-activedescendant={isDrawn ? `${id}-${selected}` : undefined}
      tabIndex={0}
      style={{ maxHeight: `${height}px` }}
      onScroll={({ currentTarget }) => setScrollTop(currentTarget.scrollTop)}
      onKeyDown={pressed}
    >
      <div
        className="virtual-row virtual-head"
        role="row"
        aria-rowindex={1}
        style={{ ...grid, height: `${rowHeight}px` }}
      >
        {columns.map((column) => (
          <div key={column.id} role="columnheader">
            {column.header}
          </div>
        ))}
      </div>
      {count === 0 ? empty : null}
      <div role="rowgroup" style={{ height: `${count * rowHeight}px`, position: "relative" }}>
        {Array.from({ length: Math.max(0, end - first) }, (_, offset) => {
          const row = first + offset;
          const isSelected = row === selected;
          return (
            <div
              key={row}
              id={`${id}-${row}`}
              className={`virtual-row${isSelected ? " is-chosen" : ""} ${rowClass?.(row) ?? ""}`}
              role="row"
              aria-rowindex={row + 2}
              aria-selected={isSelected}
              style={{ ...grid, height: `${rowHeight}px`, top: `${row * rowHeight}px` }}
              onClick={() => onSelect(row)}
            >
              {columns.map((column) => (
                <div key={column.id} role="gridcell">
                  {column.cell(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
