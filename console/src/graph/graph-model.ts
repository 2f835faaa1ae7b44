/** A state machine as a graph. */

export type StateType =
  | "Task"
  | "Pass"
  | "Choice"
  | "Wait"
  | "Succeed"
  | "Fail"
  | "Parallel"
  | "Map";

/** The top level, a branch of a Parallel or the item processor of a Map. No edge leaves it. */
export interface MachineGraph {
  /** JSON pointer, as src/asl has them; empty for the top level. */
  readonly pointer: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  /** Unique in the whole graph: the state's JSON pointer, or that of its machine and a word. */
  readonly id: string;
  /** A Place is where a state can be put in an editor. */
  readonly kind: "State" | "Start" | "End" | "Place";
  /** The state's name; empty for others. */
  readonly name: string;
  /** Undefined: no state, or one whose type is not known (yet). */
  readonly type: StateType | undefined;
  /** What it is or calls, for people: `Lambda: Invoke`, `Choice state`. */
  readonly caption: string;
  readonly comment: string | undefined;
  /** Of a Parallel one for each branch, of a Map one. */
  readonly machines: readonly MachineGraph[];
}

export type EdgeKind = "Start" | "Next" | "Choice" | "Default" | "Catch" | "End";

export interface GraphEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly kind: EdgeKind;
  /** Path of the field that it is drawn for, from the machine. */
  readonly field: readonly (string | number)[];
  /** Condition of a Choice, errors of a catcher; empty: none. */
  readonly label: string;
}

/** All nodes, those inside of others too. */
export function* allNodes(machine: MachineGraph): Generator<GraphNode> {
  for (const node of machine.nodes) {
    yield node;
    for (const inner of node.machines) yield* allNodes(inner);
  }
}
