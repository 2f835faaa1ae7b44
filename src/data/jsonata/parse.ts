/** JSONata text to a syntax tree, within bounds. */
import jsonata from "jsonata";
import { copiedNodes, withoutCopies } from "./parse-cost.ts";
import { childrenOf, type Node } from "./syntax.ts";

/** Longest expression, in UTF-16 units. */
export const MAX_EXPRESSION_LENGTH = 32 * 1024;

/** Most nodes of an expression. */
export const MAX_NODES = 10_000;

/** The tree and its number of nodes, or what is wrong, in the library's words without the code. */
export type ParsedExpression =
  | { readonly node: Node; readonly nodes: number }
  | { readonly problem: string };

/** Parses an expression without its `{% %}`. Never throws. */
export function parseExpression(text: string): ParsedExpression {
  if (text.length > MAX_EXPRESSION_LENGTH) {
    const problem = `The expression has ${text.length} characters, at most ${MAX_EXPRESSION_LENGTH} are allowed`;
    return { problem };
  }
  const trial = withoutCopies(text);
  if (trial !== undefined) {
    const parsed = parseTree(trial);
    if ("problem" in parsed) return parsed;
    if (copiedNodes(parsed.node) > MAX_NODES) return { problem: TOO_LARGE };
  }
  return parseTree(text);
}

/** Said where the stack does not suffice. */
export const TOO_DEEP = "The expression is nested too deeply";

const TOO_LARGE = `The expression has more than ${MAX_NODES} parts`;

function parseTree(text: string): ParsedExpression {
  try {
    // The library's type of the tree is narrower than the tree.
    const node = jsonata(text).ast() as unknown as Node;
    const nodes = countNodes(node);
    return nodes > MAX_NODES ? { problem: TOO_LARGE } : { node, nodes };
  } catch (error) {
    if (error instanceof RangeError) return { problem: TOO_DEEP };
    return { problem: messageOf(error) };
  }
}

/** What the library throws is no Error: an object with code, position and message. */
function messageOf(error: unknown): string {
  if (typeof error === "object" && error !== null && "message" in error) {
    return String(error.message);
  }
  return "The expression is not valid JSONata";
}

function countNodes(root: Node): number {
  let count = 0;
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    count += 1;
    if (count > MAX_NODES) break;
    open.push(...childrenOf(node));
  }
  return count;
}
