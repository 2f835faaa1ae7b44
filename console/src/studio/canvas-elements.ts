/** From a layout to what React Flow draws on the canvas. */
import type { Edge, Node } from "@xyflow/react";
import type { GraphLayout, PlacedEdge, PlacedNode } from "../graph/placed-graph.ts";
import type { GraphNode } from "../graph/graph-model.ts";
import { pathKey, samePath, type JsonPath } from "../document/json-path.ts";
import type { EditGraph } from "../workflow/edit-graph.ts";
import type { Problem, ProblemsByPlace } from "../workflow/find-problems.ts";

export interface CanvasData extends Record<string, unknown> {
  readonly node: GraphNode;
  /** Undefined: it is no state. */
  readonly path: JsonPath | undefined;
  /** Messages, errors first. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

export type CanvasNode = Node<CanvasData, "state" | "container" | "marker" | "place">;
export type CanvasEdge = Edge<{ readonly placed: PlacedEdge; readonly isPale: boolean }, "route">;

/** `before`: the nodes of the last time, which are used again where nothing is different. */
export function canvasNodes(
  { nodes }: GraphLayout,
  { states }: EditGraph,
  problems: ProblemsByPlace,
  selected: JsonPath | undefined,
  before: readonly CanvasNode[],
): CanvasNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  return nodes.map((placed) => {
    const path = states.get(placed.node.id);
    const found = path === undefined ? [] : (problems.get(pathKey(path)) ?? []);
    const isSelected = path !== undefined && selected !== undefined && samePath(path, selected);
    const made = canvasNode(placed, path, found, isSelected);
    const old = known.get(made.id);
    return old !== undefined && isSame(old, made) ? old : made;
  });
}

function canvasNode(
  { node, x, y, width, height }: PlacedNode,
  path: JsonPath | undefined,
  problems: readonly Problem[],
  selected: boolean,
): CanvasNode {
  const errors = messages(problems, "ERROR");
  const warnings = messages(problems, "WARNING");
  const type = typeOf(node);
  return {
    id: node.id,
    type,
    position: { x, y },
    width,
    height,
    data: { node, path, errors, warnings },
    selected,
    selectable: type !== "marker",
    focusable: type !== "marker",
    draggable: false,
    connectable: false,
    zIndex: type === "container" ? 0 : 1,
    ariaLabel: label(node, errors.length, warnings.length),
  };
}

function typeOf(node: GraphNode): "state" | "container" | "marker" | "place" {
  if (node.kind === "Place") return "place";
  if (node.kind !== "State") return "marker";
  return node.machines.length > 0 ? "container" : "state";
}

function messages(problems: readonly Problem[], severity: Problem["severity"]): readonly string[] {
  return problems.filter((one) => one.severity === severity).map(({ message }) => message);
}

function label(node: GraphNode, errors: number, warnings: number): string {
  const { kind, name, caption, comment } = node;
  if (kind === "Place") return `Add a state: ${comment ?? ""}`;
  if (kind !== "State") return caption;
  const counts = [
    ...(errors > 0 ? [`${errors} ${errors === 1 ? "error" : "errors"}`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? "warning" : "warnings"}`] : []),
  ];
  return [name, caption, ...counts].join(", ");
}

function isSame(a: CanvasNode, b: CanvasNode): boolean {
  return (
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.width === b.width &&
    a.height === b.height &&
    a.selected === b.selected &&
    a.type === b.type &&
    a.ariaLabel === b.ariaLabel &&
    a.data.node.name === b.data.node.name &&
    a.data.node.type === b.data.node.type &&
    a.data.node.caption === b.data.node.caption &&
    a.data.node.comment === b.data.node.comment &&
    a.data.errors.join() === b.data.errors.join() &&
    a.data.warnings.join() === b.data.warnings.join()
  );
}

export function canvasEdges({ edges }: GraphLayout, before: readonly CanvasEdge[]): CanvasEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  return edges.map((placed) => {
    const { id, source, target } = placed.edge;
    const old = known.get(id);
    if (old?.data !== undefined && isSameWay(old.data.placed, placed)) return old;
    return {
      id,
      source,
      target,
      type: "route",
      data: { placed, isPale: false },
      focusable: false,
      selectable: false,
      zIndex: 1,
    };
  });
}

function isSameWay(a: PlacedEdge, b: PlacedEdge): boolean {
  return (
    a.edge.kind === b.edge.kind &&
    a.edge.label === b.edge.label &&
    a.edge.source === b.edge.source &&
    a.edge.target === b.edge.target &&
    a.label?.x === b.label?.x &&
    a.label?.y === b.label?.y &&
    a.points.length === b.points.length &&
    a.points.every(({ x, y }, index) => x === b.points[index]!.x && y === b.points[index]!.y)
  );
}
