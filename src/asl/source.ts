/** What a parser of states is given: one state of the definition and what surrounds it. */
import type { Machine, QueryLanguage } from "./definition.ts";
import type { Fields } from "./fields.ts";

export type ExecutionType = "STANDARD" | "EXPRESS";

/** A reference from a state (or from StartAt) to the state that is to run next. */
export interface Transition {
  /** The name of the state it leaves; undefined for StartAt. */
  readonly from: string | undefined;
  readonly to: string;
  readonly location: string;
}

/** What the states of one machine (the top level, a branch, an item processor) have in common. */
export interface MachineScope {
  /** Type of the execution that the states run in; a distributed Map has its own for its items. */
  readonly executionType: ExecutionType;
  /** Filled while the states are parsed, checked when all are known. */
  readonly transitions: Transition[];
  /** Name of the state whose branch or item processor this is; undefined for the top level. */
  readonly within: string | undefined;
  /** Variables that the states set, with the place of each in its `Assign` field. */
  readonly variables: {
    readonly name: string;
    readonly location: string;
    /** Name of the state that sets it, or whose choice rule or catcher does. */
    readonly state: string;
  }[];
  /** Variables that the states read, with the place of the state. */
  readonly reads: { readonly name: string; readonly location: string }[];
  /** Machines inside this one that see its variables. */
  readonly inner: MachineScope[];
  /** Whether there is a state that ends the machine. */
  terminal: boolean;
}

/** What the whole definition has in common. */
export interface Context {
  readonly language: QueryLanguage;
  /** Names of all states, which are unique across all machines of the definition. */
  readonly stateNames: Set<string>;
  readonly labels: Set<string>;
  /** Machines that see no variables from outside: the top level, and distributed Maps' items. */
  readonly roots: MachineScope[];
  /** Parses a machine inside a state; handed in because machines and states contain each other. */
  readonly parseMachine: (fields: Fields, scope: MachineScope) => Machine | undefined;
}

export interface StateSource {
  readonly name: string;
  readonly fields: Fields;
  /** The state's own language, or the whole machine's. */
  readonly language: QueryLanguage;
  readonly context: Context;
  readonly scope: MachineScope;
}

export function newScope(executionType: ExecutionType, within?: string): MachineScope {
  return {
    executionType,
    within,
    transitions: [],
    variables: [],
    reads: [],
    inner: [],
    terminal: false,
  };
}
