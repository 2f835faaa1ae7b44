/** The graph that is edited: states are dragged to it, moved in it and chosen. */
import "@xyflow/react/dist/style.css";
import "../graph/graph.css";
import {
  Controls,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  ViewportPortal,
  type NodeChange,
} from "@xyflow/react";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { samePath, type JsonPath } from "../document/json-path.ts";
import { Arrows } from "../graph/arrows.tsx";
import { fittingViewport } from "../graph/fitting-viewport.ts";
import { beginningOf, type GraphLayout } from "../graph/placed-graph.ts";
import { RouteLine } from "../graph/route-edge.tsx";
import { useGraphLayout } from "../graph/use-graph-layout.ts";
import { canMove } from "../workflow/edit-flow.ts";
import { readEditGraph, type EditGraph } from "../workflow/edit-graph.ts";
import type { Reference } from "../workflow/references.ts";
import { machineOf } from "../workflow/states.ts";
import {
  canvasEdges,
  canvasNodes,
  type CanvasData,
  type CanvasEdge,
  type CanvasNode,
} from "./canvas-elements.ts";
import { NODE_TYPES } from "./canvas-nodes.tsx";
import { useDragging, type DragSource } from "./drag.tsx";
import { dropSpots, nearestSpot, type DropSpot } from "./drop-spots.ts";
import { Spots } from "./spots.tsx";
import { StateToolbar } from "./state-toolbar.tsx";
import { useStudio } from "./use-studio.ts";

export interface CanvasProps {
  /** A place was chosen to put something to. */
  onFill(place: Reference): void;
  onDrop(source: DragSource, place: Reference): void;
  /** The end of a way was dropped on a state. */
  onConnect(reference: Reference, target: JsonPath): void;
}

const EDGE_TYPES = { route: RouteLine };
const FIT = { padding: 0.05, maxZoom: 1 };
/** Milliseconds. */
const MOVE_MS = 180;
/** Pixels of the graph that a drop may miss a spot by. */
const REACH = 90;

export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ onFill, onDrop, onConnect }: CanvasProps) {
  const { document, selected, select, problemsIn } = useStudio();
  const edited = useMemo(() => readEditGraph(document.value), [document.value]);
  const drawn = useDrawn(edited);
  const { nodes, edges, spots } = useElements(drawn, problemsIn, selected);
  const { onMove, onFit } = useView(drawn?.layout, nodes);
  const { hovered, connecting } = useDrops(spots, nodes, onDrop, onConnect);
  const changed = (changes: NodeChange<CanvasNode>[]): void => {
    for (const change of changes) {
      if (change.type !== "select" || !change.selected) continue;
      const path = nodes.find(({ id }) => id === change.id)?.data.path;
      if (path !== undefined) select(path);
    }
  };
  return (
    <div className="state-graph canvas" role="group" aria-label="Canvas">
      <Arrows />
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={changed}
        onNodeClick={(_, { data }) => {
          if (data.path !== undefined) select(data.path);
          const place = drawn?.graph.places.get(data.node.id);
          if (data.node.kind === "Place" && place !== undefined) onFill(place);
        }}
        onPaneClick={() => select(undefined)}
        onMoveStart={(event) => {
          if (event !== null) onMove();
        }}
        minZoom={0.1}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        deleteKeyCode={null}
        multiSelectionKeyCode={null}
        zoomOnDoubleClick={false}
        onlyRenderVisibleElements
        proOptions={{ hideAttribution: true }}
      >
        <Controls
          showInteractive={false}
          fitViewOptions={FIT}
          position="bottom-left"
          onZoomIn={onMove}
          onZoomOut={onMove}
          onFitView={onFit}
        />
        <Spots spots={spots} hovered={hovered} onFill={onFill} />
        <StateToolbar nodes={nodes} />
        {connecting === undefined ? null : <Connecting node={connecting} />}
      </ReactFlow>
    </div>
  );
}

interface Drawn {
  readonly graph: EditGraph;
  readonly layout: GraphLayout;
}

/** The graph together with its own layout: while the next one is made, both of before. */
function useDrawn(edited: EditGraph): Drawn | undefined {
  const layout = useGraphLayout(edited.graph);
  const graphs = useRef(new WeakMap<object, EditGraph>());
  graphs.current.set(edited.graph, edited);
  const graph = layout?.graph === undefined ? undefined : graphs.current.get(layout.graph);
  return useMemo(
    () => (layout === undefined || graph === undefined ? undefined : { graph, layout }),
    [layout, graph],
  );
}

function useElements(
  drawn: Drawn | undefined,
  problems: ReturnType<typeof useStudio>["problemsIn"],
  selected: JsonPath | undefined,
): {
  readonly nodes: CanvasNode[];
  readonly edges: CanvasEdge[];
  readonly spots: readonly DropSpot[];
} {
  const lastNodes = useRef<CanvasNode[]>([]);
  const lastEdges = useRef<CanvasEdge[]>([]);
  const nodes = useMemo(() => {
    if (drawn === undefined) return [];
    const { layout, graph } = drawn;
    lastNodes.current = canvasNodes(layout, graph, problems, selected, lastNodes.current);
    return lastNodes.current;
  }, [drawn, problems, selected]);
  const edges = useMemo(() => {
    if (drawn === undefined) return [];
    lastEdges.current = canvasEdges(drawn.layout, lastEdges.current);
    return lastEdges.current;
  }, [drawn]);
  const spots = useMemo(
    () => (drawn === undefined ? [] : dropSpots(drawn.layout, drawn.graph)),
    [drawn],
  );
  return { nodes, edges, spots };
}

interface View {
  /** Somebody moved the canvas: it stays where it is from now on. */
  readonly onMove: () => void;
  readonly onFit: () => void;
}

/** Shows the whole graph until somebody moves it; then only goes to what is selected out of sight. */
function useView(layout: GraphLayout | undefined, nodes: readonly CanvasNode[]): View {
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
    if (selectedId !== undefined) seek();
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

/** What a drag is over, and what becomes of it when it is dropped. */
function useDrops(
  spots: readonly DropSpot[],
  nodes: readonly CanvasNode[],
  onDrop: CanvasProps["onDrop"],
  onConnect: CanvasProps["onConnect"],
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
  return document.elementFromPoint(x, y)?.closest(".canvas") != null;
}

function Connecting({ node }: { readonly node: CanvasNode }) {
  const { position, width = 0, height = 0 } = node;
  return (
    <ViewportPortal>
      <div
        className="connect-target"
        style={{ transform: `translate(${position.x}px, ${position.y}px)`, width, height }}
      />
    </ViewportPortal>
  );
}

export type { CanvasData };
