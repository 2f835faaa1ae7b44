/** Small signs on the ways: click to put something there; they grow while something is dragged. */
import { useStore, ViewportPortal } from "@xyflow/react";
import { memo } from "react";
import { placeLabel } from "../workflow/place-label.ts";
import type { Reference } from "../workflow/references.ts";
import type { DropSpot } from "./drop-spots.ts";

interface Props {
  readonly spots: readonly DropSpot[];
  /** What a drag is over. */
  readonly hovered: DropSpot | undefined;
  readonly onFill: (place: Reference) => void;
}

/** Pixels of the graph: what is in sight is looked at anew when it changes by so much. */
const CELL = 600;
/** Smaller, the signs cannot be hit. */
const MIN_ZOOM = 0.35;

export const Spots = memo(function Spots({ spots, hovered, onFill }: Props) {
  const sight = useSight();
  if (sight === undefined) return null;
  const { left, top, right, bottom } = sight;
  return (
    <ViewportPortal>
      {spots
        .filter(({ x, y }) => x > left && x < right && y > top && y < bottom)
        .filter(({ nodeId }) => nodeId === undefined || nodeId === hovered?.nodeId)
        .map(({ id, x, y, place, nodeId }) => (
          <button
            key={id}
            type="button"
            tabIndex={-1}
            aria-label={`Add a state: ${placeLabel(place)}`}
            title={`Add a state: ${placeLabel(place)}`}
            className={`drop-spot nopan${nodeId === undefined ? "" : " is-place"}${id === hovered?.id ? " is-hovered" : ""}`}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
            onClick={() => onFill(place)}
          />
        ))}
    </ViewportPortal>
  );
});

interface Sight {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The part of the graph that is in sight, in whole cells; undefined: it is too small. */
function useSight(): Sight | undefined {
  const cells = useStore(({ transform: [x, y, zoom], width, height }) =>
    zoom < MIN_ZOOM
      ? ""
      : [
          Math.floor(-x / zoom / CELL),
          Math.floor(-y / zoom / CELL),
          Math.ceil((width - x) / zoom / CELL),
          Math.ceil((height - y) / zoom / CELL),
        ].join(),
  );
  if (cells === "") return undefined;
  const [left = 0, top = 0, right = 0, bottom = 0] = cells
    .split(",")
    .map((cell) => Number(cell) * CELL);
  return { left, top, right, bottom };
}
