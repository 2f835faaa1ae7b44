/** From a layout to what React Flow draws. */
import type { Edge, Node } from "@xyflow/react";
import type { RunStatus } from "../history/state-run.ts";
import type { GraphLayout, PlacedEdge, PlacedNode } from "./placed-graph.ts";
import type { GraphNode } from "./graph-model.ts";

export type StateNode = Node<
  {
    readonly node: GraphNode;
    readonly status: RunStatus | undefined;
    /** Beside the status, such as `3 of 5`. */
    readonly note: string | undefined;
    /** Whether an execution is shown in which the state was not reached. */
    readonly isPale: boolean;
  },
  "state" | "container" | "marker"
>;

export type RouteEdge = Edge<{ readonly placed: PlacedEdge; readonly isPale: boolean }, "route">;

/** What of an execution is shown; undefined: only the definition. */
export interface GraphStatus {
  readonly status: RunStatus;
  readonly note?: string | undefined;
}

export type GraphStatuses = ReadonlyMap<string, GraphStatus>;

export function flowNodes(
  { nodes }: GraphLayout,
  statuses: GraphStatuses | undefined,
  selected: string | undefined,
): StateNode[] {
  return nodes.map((placed) => flowNode(placed, statuses, selected));
}

function flowNode(
  { node, x, y, width, height }: PlacedNode,
  statuses: GraphStatuses | undefined,
  selected: string | undefined,
): StateNode {
  const found = statuses?.get(node.name);
  const isState = node.kind === "State";
  const type = !isState ? "marker" : node.machines.length > 0 ? "container" : "state";
  return {
    id: node.id,
    type,
    position: { x, y },
    width,
    height,
    data: {
      node,
      status: found?.status,
      note: found?.note,
      isPale: statuses !== undefined && found === undefined && isState,
    },
    selected: isState && node.name === selected,
    selectable: isState,
    focusable: isState,
    draggable: false,
    connectable: false,
    zIndex: type === "container" ? 0 : 1,
    ...(isState ? { ariaLabel: label(node, found) } : {}),
  };
}

function label({ name, caption }: GraphNode, found: GraphStatus | undefined): string {
  const status = found?.status.toLowerCase().replaceAll("_", " ");
  return [name, caption, status, found?.note].filter((part) => part !== undefined).join(", ");
}

export function flowEdges(
  { nodes, edges }: GraphLayout,
  statuses: GraphStatuses | undefined,
): RouteEdge[] {
  const reached = new Set(
    nodes
      .filter(({ node }) => node.kind !== "State" || statuses?.has(node.name) === true)
      .map(({ node }) => node.id),
  );
  return edges.map((placed) => {
    const { id, source, target } = placed.edge;
    const isPale = statuses !== undefined && !(reached.has(source) && reached.has(target));
    return {
      id,
      source,
      target,
      type: "route",
      data: { placed, isPale },
      focusable: false,
      selectable: false,
      zIndex: 1,
    };
  });
}
