/**
 * What parsing will cost. The library's parser copies the left side of `??` and `?:`, so that
 * `(((a ?? b) ?? c) ?? d)` doubles with each level: 25 levels would keep the process busy for minutes.
 */
import { childrenOf, type Node } from "./syntax.ts";

/** Both operators have two characters and bind as tightly as `~>`, whose left side is not copied. */
const COPYING = /\?\?|\?:/gu;

/**
 * The text with `~>` for the operators that copy, or undefined if it has at most one of them. Its tree
 * is for `copiedNodes` only. What is written in string literals changes, too; that does no harm.
 */
export function withoutCopies(text: string): string | undefined {
  return (text.match(COPYING) ?? []).length < 2 ? undefined : text.replaceAll(COPYING, "~>");
}

/** An upper bound of the nodes that the parser makes of the original text. */
export function copiedNodes(root: Node): number {
  // Children before parents, without recursion: trees can be deeper than the stack.
  const order: Node[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    order.push(node);
    open.push(...childrenOf(node));
  }
  const sizes = new Map<Node, Size>();
  for (const node of order.toReversed()) sizes.set(node, sizeOf(node, sizes));
  return sizes.get(root)!.all;
}

interface Size {
  readonly all: number;
  /** Of a chain of operators, what stands behind the last of them: `a ?? b ?? c` copies a and b. */
  readonly last: number;
}

function sizeOf(node: Node, sizes: ReadonlyMap<Node, Size>): Size {
  if (node.type === "apply") {
    const left = sizes.get(node.lhs)!;
    const last = sizes.get(node.rhs)!.all;
    const copied = node.lhs.type === "apply" ? left.last : left.all;
    return { all: left.all + copied + last + 3, last };
  }
  let all = 1;
  for (const child of childrenOf(node)) all += sizes.get(child)!.all;
  return { all, last: all };
}
