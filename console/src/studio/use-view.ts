/** Which part of the graph is shown. */
import { useReactFlow, useStore } from "@xyflow/react";
import { useEffect, useEffectEvent, useRef } from "react";
import { fittingViewport } from "../graph/fitting-viewport.ts";
import { beginningOf, type GraphLayout } from "../graph/placed-graph.ts";
import type { CanvasNode } from "./canvas-elements.ts";

/** Milliseconds. */
const MOVE_MS = 180;

export interface View {
  /** Somebody moved the canvas: it stays where it is from now on. */
  readonly onMove: () => void;
  readonly onFit: () => void;
}

/** Shows the whole graph until somebody moves it; then only goes to what is selected out of sight. */
export function useView(layout: GraphLayout | undefined, nodes: readonly CanvasNode[]): View {
  const { setViewport, getViewport, setCenter } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const isMoved = useRef(false);
  const isFirst = useRef(true);
  const selected = nodes.find((node) => node.selected === true);
  const middle = selected && {
    x: selected.position.x + (selected.width ?? 0) / 2,
    y: selected.position.y + 40,
  };
  const fit = useEffectEvent((graph: GraphLayout): void => {
    const view = fittingViewport(graph, { width, height }, middle ?? beginningOf(graph));
    void setViewport(view, isFirst.current ? {} : { duration: MOVE_MS });
    isFirst.current = false;
  });
  useEffect(() => {
    if (layout !== undefined && width > 0 && height > 0 && !isMoved.current) fit(layout);
  }, [layout, width, height]);
  const seek = useEffectEvent((): void => {
    if (middle === undefined || !isMoved.current) return;
    const { x, y, zoom } = getViewport();
    const [left, top] = [middle.x * zoom + x, middle.y * zoom + y];
    if (left > 0 && top > 0 && left < width && top < height) return;
    void setCenter(middle.x, middle.y, { zoom: Math.max(zoom, 0.6), duration: MOVE_MS });
  });
  const selectedId = selected?.id;
  useEffect(() => {
    if (selectedId === undefined) return;
    seek();
    // The focus of a state that is no more goes to the one that is selected instead.
    if (document.activeElement === document.body) focusNode(selectedId);
  }, [selectedId]);
  return {
    onMove: () => {
      isMoved.current = true;
    },
    onFit: () => {
      isMoved.current = false;
    },
  };
}

function focusNode(id: string): void {
  document
    .querySelector<HTMLElement>(`.canvas .react-flow__node[data-id="${CSS.escape(id)}"]`)
    ?.focus({ preventScroll: true });
}
