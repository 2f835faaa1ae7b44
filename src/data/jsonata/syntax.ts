/**
 * The syntax tree that the `jsonata` library's parser makes, as far as it is read here. The library's
 * own type of it names neither all kinds of nodes nor their members.
 */

/** A predicate (`[…]`) or an index binding (`#$i`) behind a step. */
export type Stage =
  | { readonly type: "filter"; readonly expr: Node }
  | { readonly type: "index"; readonly value: string };

/** A key and a value of an object constructor. */
export type Pair = readonly [Node, Node];

interface Common {
  /** `[]`: a result with one item stays an array. */
  readonly keepArray?: boolean;
  /** Predicates of a node that is not a step. */
  readonly predicate?: readonly Stage[];
  /** Predicates and index bindings of a step. */
  readonly stages?: readonly Stage[];
  /** A grouping `{…}` behind the node. */
  readonly group?: { readonly lhs: readonly Pair[] };
  /** The step is part of a tuple stream (`@`, `#`, `%`). */
  readonly tuple?: boolean;
  /** `@$name`: the variable that holds the context. */
  readonly focus?: string;
  /** `#$name`: the variable that holds the position. */
  readonly index?: string;
  /** An array constructor at the start or end of a path. */
  readonly consarray?: boolean;
}

export interface VariableNode extends Common {
  readonly type: "variable";
  /** Without the `$`: "" is the context, "$" the root. */
  readonly value: string;
}

export interface PathNode extends Common {
  readonly type: "path";
  readonly steps: readonly Node[];
  readonly keepSingletonArray?: boolean;
}

export interface BinaryNode extends Common {
  readonly type: "binary";
  readonly value: string;
  readonly lhs: Node;
  readonly rhs: Node;
}

export interface BlockNode extends Common {
  readonly type: "block";
  readonly expressions: readonly Node[];
}

export interface BindNode extends Common {
  readonly type: "bind";
  readonly lhs: VariableNode;
  readonly rhs: Node;
}

export interface ConditionNode extends Common {
  readonly type: "condition";
  readonly condition: Node;
  readonly then: Node;
  readonly else?: Node;
}

export interface CallNode extends Common {
  readonly type: "function" | "partial";
  readonly procedure: Node;
  readonly arguments: readonly Node[];
}

export interface ApplyNode extends Common {
  readonly type: "apply";
  readonly lhs: Node;
  readonly rhs: Node;
}

export interface LambdaNode extends Common {
  readonly type: "lambda";
  readonly arguments: readonly VariableNode[];
  readonly body: Node;
}

export interface NegationNode extends Common {
  readonly type: "unary";
  readonly value: "-";
  readonly expression: Node;
}

export interface ArrayNode extends Common {
  readonly type: "unary";
  readonly value: "[";
  readonly expressions: readonly Node[];
}

export interface ObjectNode extends Common {
  readonly type: "unary";
  readonly value: "{";
  readonly lhs: readonly Pair[];
}

export interface TransformNode extends Common {
  readonly type: "transform";
  readonly pattern: Node;
  readonly update: Node;
  readonly delete?: Node;
}

export interface SortNode extends Common {
  readonly type: "sort";
  readonly terms: readonly { readonly descending: boolean; readonly expression: Node }[];
}

export type LiteralNode = Common &
  (
    | { readonly type: "string"; readonly value: string }
    | { readonly type: "number"; readonly value: number }
    | { readonly type: "value"; readonly value: boolean | null }
  );

export interface NameNode extends Common {
  readonly type: "name";
  readonly value: string;
}

/** Nodes without parts: `*`, `**`, `%`, `/…/` and the `?` of a partial application. */
export interface LeafNode extends Common {
  readonly type: "wildcard" | "descendant" | "parent" | "regex" | "operator";
}

export type Node =
  | PathNode
  | BinaryNode
  | NegationNode
  | ArrayNode
  | ObjectNode
  | NameNode
  | LiteralNode
  | VariableNode
  | ConditionNode
  | BlockNode
  | BindNode
  | CallNode
  | ApplyNode
  | LambdaNode
  | TransformNode
  | SortNode
  | LeafNode;

/** The nodes that a node is made of, in the order in which they are written. */
export function childrenOf(node: Node): Node[] {
  const children = ownChildren(node);
  for (const stage of [...(node.predicate ?? []), ...(node.stages ?? [])]) {
    if (stage.type === "filter") children.push(stage.expr);
  }
  if (node.group !== undefined) children.push(...node.group.lhs.flat());
  return children;
}

function ownChildren(node: Node): Node[] {
  switch (node.type) {
    case "path":
      return [...node.steps];
    case "binary":
    case "bind":
    case "apply":
      return [node.lhs, node.rhs];
    case "unary":
      if (node.value === "-") return [node.expression];
      return node.value === "[" ? [...node.expressions] : node.lhs.flat();
    case "condition":
      return [node.condition, node.then, ...(node.else === undefined ? [] : [node.else])];
    case "block":
      return [...node.expressions];
    case "function":
    case "partial":
      return [node.procedure, ...node.arguments];
    case "lambda":
      return [node.body];
    case "transform":
      return [node.pattern, node.update, ...(node.delete === undefined ? [] : [node.delete])];
    case "sort":
      return node.terms.map(({ expression }) => expression);
    default:
      return [];
  }
}
