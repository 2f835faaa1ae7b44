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
import { memo, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { samePath, type JsonPath } from "../document/json-path.ts";
import { Arrows } from "../graph/arrows.tsx";
import { fittingViewport } from "../graph/fitting-viewport.ts";
import type { GraphLayout } from "../graph/placed-graph.ts";
import { RouteLine } from "../graph/route-edge.tsx";
import { useGraphLayout } from "../graph/use-graph-layout.ts";
import { canMove } from "../workflow/edit-flow.ts";
import { readEditGraph, type EditGraph } from "../workflow/edit-graph.ts";
import type { Reference } from "../workflow/references.ts";
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
  useView(drawn?.layout, selected, nodes);
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
        <Controls showInteractive={false} fitViewOptions={FIT} position="bottom-left" />
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

/** Shows the whole graph at first; later goes to what is selected, if it is out of sight. */
function useView(
  layout: GraphLayout | undefined,
  selected: JsonPath | undefined,
  nodes: readonly CanvasNode[],
): void {
  const { setViewport, getViewport, setCenter } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const fitted = useRef("");
  useEffect(() => {
    const key = `${width} ${height}`;
    if (layout === undefined || width === 0 || height === 0 || fitted.current === key) return;
    fitted.current = key;
    void setViewport(fittingViewport(layout, { width, height }));
  }, [layout, width, height, setViewport]);
  const latest = useRef(nodes);
  latest.current = nodes;
  const isDrawn = selected !== undefined && nodes.some(({ selected: isIt }) => isIt === true);
  useEffect(() => {
    if (selected === undefined || !isDrawn) return;
    const node = latest.current.find(
      ({ data }) => data.path !== undefined && samePath(data.path, selected),
    );
    if (node === undefined) return;
    const { x, y, zoom } = getViewport();
    const left = node.position.x * zoom + x;
    const top = node.position.y * zoom + y;
    const isSeen = left > 0 && top > 0 && left < width - 60 && top < height - 30;
    if (isSeen) return;
    const middle = { x: node.position.x + (node.width ?? 0) / 2, y: node.position.y + 40 };
    void setCenter(middle.x, middle.y, { zoom: Math.max(zoom, 0.6), duration: 200 });
  }, [selected, isDrawn, width, height, getViewport, setCenter]);
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
  const latest = useRef({ spots, nodes, onDrop, onConnect });
  latest.current = { spots, nodes, onDrop, onConnect };
  const spotAt = useCallback(
    (source: DragSource, x: number, y: number): DropSpot | undefined => {
      if (!isOverCanvas(x, y)) return undefined;
      const possible = latest.current.spots.filter(
        ({ place }) => source.kind !== "state" || canMove(source.path, place),
      );
      return nearestSpot(possible, screenToFlowPosition({ x, y }), REACH);
    },
    [screenToFlowPosition],
  );
  const targetAt = useCallback(
    (reference: Reference, x: number, y: number): CanvasNode | undefined => {
      const at = screenToFlowPosition({ x, y });
      return latest.current.nodes.findLast(
        ({ data, position, width = 0, height = 0 }) =>
          data.path !== undefined &&
          samePath(data.path.slice(0, -2), reference.machine) &&
          at.x >= position.x &&
          at.x <= position.x + width &&
          at.y >= position.y &&
          at.y <= position.y + height,
      );
    },
    [screenToFlowPosition],
  );
  useEffect(
    () =>
      register({
        over: (source, x, y) => {
          if (source.kind === "way") setConnecting(targetAt(source.reference, x, y));
          else setHovered(spotAt(source, x, y));
        },
        drop: (source, x, y) => {
          if (source.kind === "way") {
            const path = targetAt(source.reference, x, y)?.data.path;
            if (path !== undefined) latest.current.onConnect(source.reference, path);
            return;
          }
          const spot = spotAt(source, x, y);
          if (spot !== undefined) latest.current.onDrop(source, spot.place);
        },
        leave: () => {
          setHovered(undefined);
          setConnecting(undefined);
        },
      }),
    [register, spotAt, targetAt],
  );
  return { hovered, connecting };
}

function isOverCanvas(x: number, y: number): boolean {
  return document.elementFromPoint(x, y)?.closest(".canvas") != null;
}

interface SpotsProps {
  readonly spots: readonly DropSpot[];
  readonly hovered: DropSpot | undefined;
  onFill(place: Reference): void;
}

/** Small signs on the ways: click to put something there; they grow while something is dragged. */
const Spots = memo(function Spots({ spots, hovered, onFill }: SpotsProps) {
  return (
    <ViewportPortal>
      {spots
        .filter(({ nodeId }) => nodeId === undefined || nodeId === hovered?.nodeId)
        .map(({ id, x, y, place, nodeId }) => (
          <button
            key={id}
            type="button"
            tabIndex={-1}
            aria-label="Put a state here"
            title="Put a state here"
            className={`drop-spot nopan${nodeId === undefined ? "" : " is-place"}${id === hovered?.id ? " is-hovered" : ""}`}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
            onClick={() => onFill(place)}
          />
        ))}
    </ViewportPortal>
  );
});

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
