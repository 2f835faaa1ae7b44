/** A state machine as a graph that can be zoomed, moved and walked with the keyboard. */
import "@xyflow/react/dist/style.css";
import "./graph.css";
import {
  Controls,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type NodeChange,
} from "@xyflow/react";
import { useEffect, useEffectEvent, useMemo } from "react";
import { Arrows } from "./arrows.tsx";
import { flowEdges, flowNodes, type GraphStatuses, type StateNode } from "./flow-elements.ts";
import { fittingViewport } from "./fitting-viewport.ts";
import { beginningOf, type GraphLayout } from "./placed-graph.ts";
import type { MachineGraph } from "./graph-model.ts";
import { RouteLine } from "./route-edge.tsx";
import { ContainerBox, MarkerBox, StateBox } from "./state-nodes.tsx";
import { useGraphLayout } from "./use-graph-layout.ts";

export interface StateGraphProps {
  readonly graph: MachineGraph;
  /** CSS height. */
  readonly height: string;
  /** By the states' names; undefined: no execution is shown. */
  readonly statuses?: GraphStatuses | undefined;
  /** Name of the state that is selected. */
  readonly selected?: string | undefined;
  readonly onSelect?: ((name: string) => void) | undefined;
}

const NODE_TYPES = { state: StateBox, container: ContainerBox, marker: MarkerBox };
const EDGE_TYPES = { route: RouteLine };
/** For the button. */
const FIT = { padding: 0.04, maxZoom: 1 };

export function StateGraph(props: StateGraphProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ graph, height, statuses, selected, onSelect }: StateGraphProps) {
  const layout = useGraphLayout(graph);
  const nodes = useMemo(
    () => (layout === undefined ? [] : flowNodes(layout, statuses, selected)),
    [layout, statuses, selected],
  );
  const edges = useMemo(
    () => (layout === undefined ? [] : flowEdges(layout, statuses)),
    [layout, statuses],
  );
  useFit(layout, selected);
  const changed = (changes: NodeChange<StateNode>[]): void => {
    for (const change of changes) {
      if (change.type !== "select" || !change.selected) continue;
      const found = nodes.find(({ id }) => id === change.id);
      if (found !== undefined) onSelect?.(found.data.node.name);
    }
  };
  return (
    <div className="state-graph" style={{ height }} role="group" aria-label="Graph of the states">
      <Arrows />
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={changed}
        minZoom={0.1}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        deleteKeyCode={null}
        multiSelectionKeyCode={null}
        zoomOnDoubleClick={false}
        // A container that is selected must not cover what is in it.
        elevateNodesOnSelect={false}
        preventScrolling
        proOptions={{ hideAttribution: true }}
      >
        <Controls showInteractive={false} fitViewOptions={FIT} />
      </ReactFlow>
    </div>
  );
}

/**
 * Fits the graph in when it is drawn first, and when it or its place changes its size. What is
 * selected then is in sight.
 */
function useFit(layout: GraphLayout | undefined, selected: string | undefined): void {
  const { setViewport } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  // Selecting another state must not move the graph under the pointer.
  const fit = useEffectEvent((graph: GraphLayout): void => {
    const found = graph.nodes.find(({ node }) => node.kind === "State" && node.name === selected);
    const focus = found && { x: found.x + found.width / 2, y: found.y + found.height / 2 };
    void setViewport(fittingViewport(graph, { width, height }, focus ?? beginningOf(graph)));
  });
  useEffect(() => {
    if (layout !== undefined && width > 0 && height > 0) fit(layout);
  }, [layout, width, height]);
}
