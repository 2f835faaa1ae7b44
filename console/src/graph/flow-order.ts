/** The order in which the states of a machine are drawn. */
import type { GraphEdge, GraphNode } from "./graph-model.ts";

/**
 * Each node after all that lead to it, loops aside, beginning with `startId`; of several targets the
 * first one first. What is not reached comes last, as it was.
 */
export function flowOrder(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  startId: string | undefined,
): GraphNode[] {
  const targets = new Map<string, string[]>();
  for (const { source, target } of edges) {
    const known = targets.get(source);
    if (known === undefined) targets.set(source, [target]);
    else known.push(target);
  }
  const ids = [startId, ...nodes.map(({ id }) => id)].filter((id) => id !== undefined);
  const seen = new Set<string>();
  const roots = ids.map((id) => depthFirst(id, targets, seen));
  const rank = new Map(roots.flat().map((id, index) => [id, index]));
  return nodes.toSorted((a, b) => rank.get(a.id)! - rank.get(b.id)!);
}

/** What is reached from `root` and not seen yet, in reverse postorder; without recursion. */
function depthFirst(
  root: string,
  targets: ReadonlyMap<string, readonly string[]>,
  seen: Set<string>,
): string[] {
  if (seen.has(root)) return [];
  seen.add(root);
  const finished: string[] = [];
  const stack = [{ id: root, left: [...(targets.get(root) ?? [])] }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    // The last one is finished first and so comes last.
    const next = top.left.pop();
    if (next === undefined) {
      finished.push(top.id);
      stack.pop();
    } else if (!seen.has(next)) {
      seen.add(next);
      stack.push({ id: next, left: [...(targets.get(next) ?? [])] });
    }
  }
  return finished.toReversed();
}
