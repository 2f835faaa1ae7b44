/** Lays out one part of a flow. A part that was laid out before is remembered: most stay as they are. */
import type { ELK, ElkNode } from "elkjs/lib/elk-api.js";
import { LABEL_HEIGHT, labelWidth } from "./edge-label.ts";
import type { FlowBlock } from "./flow-blocks.ts";
import type { GraphNode } from "./graph-model.ts";
import type { Size } from "./node-size.ts";
import type { Point } from "./placed-graph.ts";

/** By the order of the block's nodes and edges. */
export interface BlockLayout {
  /** Left upper corners. */
  readonly corners: readonly Point[];
  readonly edges: readonly {
    readonly points: readonly Point[];
    /** The middle of the label. */
    readonly label: Point | undefined;
  }[];
}

/** Between two states that follow each other. */
const LAYER_GAP = 32;
/** Blocks of more nodes are laid out less carefully: it would take seconds. */
const MAX_CAREFUL = 120;
/** Layouts that are remembered. */
const MAX_REMEMBERED = 2_000;

const OPTIONS: Readonly<Record<string, string>> = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.layered.spacing.nodeNodeBetweenLayers": String(LAYER_GAP),
  "elk.spacing.nodeNode": "36",
  "elk.spacing.edgeNode": "20",
  "elk.spacing.edgeEdge": "14",
  "elk.spacing.edgeLabel": "4",
  "elk.padding": "[top=0,left=0,bottom=0,right=0]",
  // Against the order of the nodes go only the edges that close a loop.
  "elk.layered.cycleBreaking.strategy": "MODEL_ORDER",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.edgeLabels.sideSelection": "SMART_DOWN",
};

const LESS_CAREFUL: Readonly<Record<string, string>> = {
  ...OPTIONS,
  "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
  "elk.layered.layering.strategy": "LONGEST_PATH_SOURCE",
  "elk.layered.thoroughness": "1",
};

const remembered = new Map<string, Promise<BlockLayout>>();

/** `isPinned`: the first and the last node stay above and below the others. */
export function layoutBlock(
  block: FlowBlock,
  sizeOf: (node: GraphNode) => Size,
  isPinned: { readonly first: boolean; readonly last: boolean },
  elk: ELK,
): Promise<BlockLayout> {
  const graph = elkGraph(block, sizeOf, isPinned);
  const key = JSON.stringify(graph);
  const known = remembered.get(key);
  if (known !== undefined) {
    // Those used last are forgotten last.
    remembered.delete(key);
    remembered.set(key, known);
    return known;
  }
  const made = straightLayout(block, sizeOf) ?? elk.layout(graph).then(readLayout);
  const layout = Promise.resolve(made);
  remembered.set(key, layout);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= MAX_REMEMBERED) break;
    remembered.delete(oldest);
  }
  return layout;
}

/** Two states below each other need no search. */
function straightLayout(
  { nodes, edges }: FlowBlock,
  sizeOf: (node: GraphNode) => Size,
): BlockLayout | undefined {
  const [first, second] = nodes;
  const [edge] = edges;
  if (first === undefined || nodes.length > 2 || edges.length !== nodes.length - 1)
    return undefined;
  const size = sizeOf(first);
  if (second === undefined || edge === undefined) return { corners: [{ x: 0, y: 0 }], edges: [] };
  if (edge.label !== "" || edge.source !== first.id) return undefined;
  const below = sizeOf(second);
  const middle = Math.max(size.width, below.width) / 2;
  const y = size.height + LAYER_GAP;
  return {
    corners: [
      { x: middle - size.width / 2, y: 0 },
      { x: middle - below.width / 2, y },
    ],
    edges: [
      {
        points: [
          { x: middle, y: size.height },
          { x: middle, y },
        ],
        label: undefined,
      },
    ],
  };
}

/** Names are numbers here, so that blocks of the same shape are the same. */
function elkGraph(
  { nodes, edges }: FlowBlock,
  sizeOf: (node: GraphNode) => Size,
  isPinned: { readonly first: boolean; readonly last: boolean },
): ElkNode {
  const rank = new Map(nodes.map(({ id }, index) => [id, String(index)]));
  const layerOf = (index: number): Record<string, string> | undefined => {
    if (nodes.length < 2) return undefined;
    if (index === 0 && isPinned.first) return FIRST;
    return index === nodes.length - 1 && isPinned.last ? LAST : undefined;
  };
  return {
    id: "root",
    layoutOptions: nodes.length > MAX_CAREFUL ? LESS_CAREFUL : OPTIONS,
    children: nodes.map((node, index) => {
      const layoutOptions = layerOf(index);
      return {
        id: String(index),
        ...sizeOf(node),
        ...(layoutOptions === undefined ? {} : { layoutOptions }),
      };
    }),
    edges: edges.map(({ source, target, label }, index) => ({
      id: `e${index}`,
      sources: [rank.get(source)!],
      targets: [rank.get(target)!],
      labels:
        label === ""
          ? []
          : [
              {
                text: "x".repeat(Math.min(label.length, 1)),
                width: labelWidth(label),
                height: LABEL_HEIGHT,
              },
            ],
    })),
  };
}

const FIRST = { "elk.layered.layering.layerConstraint": "FIRST" };
const LAST = { "elk.layered.layering.layerConstraint": "LAST" };

function readLayout({ children = [], edges = [] }: ElkNode): BlockLayout {
  return {
    corners: children.map(({ x = 0, y = 0 }) => ({ x, y })),
    edges: edges.map(({ sections = [], labels = [] }) => {
      const [section] = sections;
      const [label] = labels;
      return {
        points:
          section === undefined
            ? []
            : [section.startPoint, ...(section.bendPoints ?? []), section.endPoint],
        label:
          label?.x === undefined || label.y === undefined
            ? undefined
            : { x: label.x + (label.width ?? 0) / 2, y: label.y + (label.height ?? 0) / 2 },
      };
    }),
  };
}
