/** What is dropped on the canvas. */
import { useReactFlow } from "@xyflow/react";
import { useEffect, useEffectEvent, useState } from "react";
import { samePath, type JsonPath } from "../document/json-path.ts";
import { canMove } from "../workflow/edit-flow.ts";
import type { Reference } from "../workflow/references.ts";
import { machineOf } from "../workflow/states.ts";
import type { CanvasNode } from "./canvas-elements.ts";
import { useDragging, type DragSource } from "./drag.tsx";
import { nearestSpot, type DropSpot } from "./drop-spots.ts";

/** Pixels of the graph that a drop may miss a spot by. */
const REACH = 90;

export interface DropHandlers {
  readonly onDrop: (source: DragSource, place: Reference) => void;
  /** The end of a way was dropped on a state. */
  readonly onConnect: (reference: Reference, target: JsonPath) => void;
}

/** What a drag is over, and what becomes of it when it is dropped. */
export function useDrops(
  spots: readonly DropSpot[],
  nodes: readonly CanvasNode[],
  { onDrop, onConnect }: DropHandlers,
): { readonly hovered: DropSpot | undefined; readonly connecting: CanvasNode | undefined } {
  const { screenToFlowPosition } = useReactFlow();
  const { register } = useDragging();
  const [hovered, setHovered] = useState<DropSpot>();
  const [connecting, setConnecting] = useState<CanvasNode>();
  const spotAt = (source: DragSource, x: number, y: number): DropSpot | undefined => {
    if (!isOverCanvas(x, y)) return undefined;
    const possible = spots.filter(
      ({ place }) => source.kind !== "state" || canMove(source.path, place),
    );
    return nearestSpot(possible, screenToFlowPosition({ x, y }), REACH);
  };
  const targetAt = (reference: Reference, x: number, y: number): CanvasNode | undefined => {
    const at = screenToFlowPosition({ x, y });
    return nodes.findLast(
      ({ data, position, width = 0, height = 0 }) =>
        data.path !== undefined &&
        samePath(machineOf(data.path), reference.machine) &&
        at.x >= position.x &&
        at.x <= position.x + width &&
        at.y >= position.y &&
        at.y <= position.y + height,
    );
  };
  const over = useEffectEvent((source: DragSource, x: number, y: number): void => {
    if (source.kind === "way") setConnecting(targetAt(source.reference, x, y));
    else setHovered(spotAt(source, x, y));
  });
  const drop = useEffectEvent((source: DragSource, x: number, y: number): void => {
    if (source.kind === "way") {
      const path = targetAt(source.reference, x, y)?.data.path;
      if (path !== undefined) onConnect(source.reference, path);
      return;
    }
    const spot = spotAt(source, x, y);
    if (spot !== undefined) onDrop(source, spot.place);
  });
  useEffect(
    () =>
      register({
        over: (source, x, y) => over(source, x, y),
        drop: (source, x, y) => drop(source, x, y),
        leave: () => {
          setHovered(undefined);
          setConnecting(undefined);
        },
      }),
    [register],
  );
  return { hovered, connecting };
}

function isOverCanvas(x: number, y: number): boolean {
  return (document.elementFromPoint(x, y)?.closest(".canvas") ?? null) !== null;
}
