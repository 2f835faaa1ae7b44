/**
 * Parts of a machine that can be laid out one by one: between two states that every way leads through. The
 * time for a layout grows faster than the number of states, and an edit changes one part only.
 */
import type { GraphEdge, GraphNode } from "./graph-model.ts";

export interface FlowBlock {
  /** In the order of the flow. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface FlowBlocks {
  /** From the top to the bottom; the last node of each is the first one of the next. */
  readonly spine: readonly FlowBlock[];
  /** What is not connected with the start. */
  readonly loose: FlowBlock;
}

/** `nodes` are in the order of the flow, the start first. */
export function flowBlocks(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): FlowBlocks {
  const { placed, loose } = orderForBlocks(nodes, edges);
  const rank = new Map(placed.map(({ id }, index) => [id, index]));
  const spans = edges.flatMap((edge) => {
    const [a, b] = [rank.get(edge.source), rank.get(edge.target)];
    if (a === undefined || b === undefined) return [];
    return [{ edge, from: Math.min(a, b), to: Math.max(a, b) }];
  });
  const cuts = cutsOf(placed.length, spans);
  const spine = cuts.slice(0, Math.max(1, cuts.length - 1)).map((from, index) => {
    const to = cuts[index + 1] ?? from;
    return { nodes: placed.slice(from, to + 1), edges: [] as GraphEdge[] };
  });
  for (const { edge, from } of spans) {
    const block = cuts.findLastIndex((cut) => cut <= from);
    spine[Math.min(block, spine.length - 1)]?.edges.push(edge);
  }
  const isLoose = new Set(loose.map(({ id }) => id));
  return {
    spine,
    loose: { nodes: loose, edges: edges.filter((edge) => isLoose.has(edge.source)) },
  };
}

/** Indexes of the first, the last, and all nodes that no edge leads past. */
function cutsOf(count: number, spans: readonly { from: number; to: number }[]): number[] {
  const changes = Array.from({ length: count + 1 }, () => 0);
  for (const { from, to } of spans) {
    if (to - from < 2) continue;
    changes[from + 1]! += 1;
    changes[to]! -= 1;
  }
  let over = 0;
  return changes.slice(0, count).flatMap((change, index) => {
    over += change;
    return over === 0 ? [index] : [];
  });
}

/**
 * What is reached from the first node; what is not, but leads to it, stands before what it leads to. The rest
 * is loose.
 */
function orderForBlocks(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): { readonly placed: readonly GraphNode[]; readonly loose: readonly GraphNode[] } {
  const targets = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { source, target } of edges) targets.get(source)?.push(target);
  const isPlaced = reachedFrom(nodes[0]?.id, targets);
  const placed = nodes.filter(({ id }) => isPlaced.has(id));
  let loose = nodes.filter(({ id }) => !isPlaced.has(id));
  for (let count = -1; count !== loose.length;) {
    count = loose.length;
    for (const node of loose.toReversed()) {
      const own = targets.get(node.id) ?? [];
      if (!own.some((id) => isPlaced.has(id))) continue;
      const at = placed.findIndex(({ id }) => own.includes(id));
      placed.splice(Math.max(at, 1), 0, node);
      isPlaced.add(node.id);
    }
    loose = loose.filter(({ id }) => !isPlaced.has(id));
  }
  return { placed, loose };
}

function reachedFrom(
  start: string | undefined,
  targets: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const reached = new Set<string>();
  const open = start === undefined ? [] : [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...(targets.get(id) ?? []));
  }
  return reached;
}
