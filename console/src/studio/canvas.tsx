/** The graph that is edited: states are dragged to it, moved in it and chosen. */
import "@xyflow/react/dist/style.css";
import "../graph/graph.css";
import {
  Controls,
  ReactFlow,
  ReactFlowProvider,
  ViewportPortal,
  type NodeChange,
} from "@xyflow/react";
import { Arrows } from "../graph/arrows.tsx";
import { RouteLine } from "../graph/route-edge.tsx";
import type { Reference } from "../workflow/references.ts";
import type { CanvasNode } from "./canvas-elements.ts";
import { NODE_TYPES } from "./canvas-nodes.tsx";
import { Spots } from "./spots.tsx";
import { StateToolbar } from "./state-toolbar.tsx";
import { useDrawnGraph } from "./use-drawn-graph.ts";
import { useDrops, type DropHandlers } from "./use-drops.ts";
import { useStudio } from "./use-studio.ts";
import { useView } from "./use-view.ts";

interface CanvasProps extends DropHandlers {
  /** A place was chosen to put something to. */
  readonly onFill: (place: Reference) => void;
}

const EDGE_TYPES = { route: RouteLine };
const FIT = { padding: 0.05, maxZoom: 1 };

export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ onFill, ...handlers }: CanvasProps) {
  const studio = useStudio();
  const { select } = studio;
  const { drawn, nodes, edges, spots } = useDrawnGraph(studio);
  const { onMove, onFit } = useView(drawn?.layout, nodes);
  const { hovered, connecting } = useDrops(spots, nodes, handlers);
  const changed = (changes: NodeChange<CanvasNode>[]): void => {
    for (const change of changes) {
      if (change.type !== "select" || !change.selected) continue;
      const path = nodes.find(({ id }) => id === change.id)?.data.path;
      const place = drawn?.graph.places.get(change.id);
      if (path !== undefined) select(path);
      // The key that chose the place must not press what has the focus in the dialog, too.
      else if (place !== undefined) setTimeout(() => onFill(place));
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
        // A container that is selected must not cover what is in it.
        elevateNodesOnSelect={false}
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
