/**
 * Makes a graph of a definition. It reads what is there and passes over what is missing or wrong, so
 * that the graph of a definition that is just being written is seen, too; what is wrong with it,
 * src/asl says.
 */
import { isArray, isObject } from "../../../src/json/kind.ts";
import type { Json, JsonObject } from "../../../src/json/json.ts";
import { choiceCondition } from "./choice-condition.ts";
import { flowOrder } from "./flow-order.ts";
import type { EdgeKind, GraphEdge, GraphNode, MachineGraph, StateType } from "./graph-model.ts";
import { taskCaption } from "./task-caption.ts";

const STATE_TYPES: readonly string[] = [
  "Task",
  "Pass",
  "Choice",
  "Wait",
  "Succeed",
  "Fail",
  "Parallel",
  "Map",
] satisfies StateType[];

/** Deeper machines are not drawn. */
const MAX_DEPTH = 20;

export function readGraph(definition: Json): MachineGraph {
  return readMachine(definition, "", 0);
}

function readMachine(machine: Json | undefined, pointer: string, depth: number): MachineGraph {
  const states = member(machine, "States");
  if (!isObject(states) || depth > MAX_DEPTH) return { pointer, nodes: [], edges: [] };
  const isTop = pointer === "";
  const nodes = Object.entries(states).map(([name, state]) =>
    readState(name, state, `${pointer}/States/${name}`, depth),
  );
  const edges = new Edges(pointer, states);
  const start = text(machine, "StartAt");
  for (const [name, state] of Object.entries(states)) addTransitions(edges, name, state, isTop);
  if (!isTop) {
    const startId = `${pointer}/States/${start}`;
    return { pointer, nodes: flowOrder(nodes, edges.all, startId), edges: edges.all };
  }
  if (start !== undefined) edges.add(START, start, "Start", ["StartAt"]);
  const all = [marker(START), ...nodes, marker(END)];
  return { pointer, nodes: flowOrder(all, edges.all, undefined), edges: edges.all };
}

const START = "Start";
const END = "End";

function marker(kind: "Start" | "End"): GraphNode {
  const id = `#${kind}`;
  return { id, kind, name: "", type: undefined, caption: kind, comment: undefined, machines: [] };
}

function readState(name: string, state: Json, id: string, depth: number): GraphNode {
  const type = stateType(state);
  return {
    id,
    kind: "State",
    name,
    type,
    caption: caption(type, state),
    comment: text(state, "Comment"),
    machines: type === undefined ? [] : innerMachines(type, state, id, depth + 1),
  };
}

export function stateType(state: Json | undefined): StateType | undefined {
  const type = text(state, "Type");
  return type !== undefined && STATE_TYPES.includes(type) ? (type as StateType) : undefined;
}

function caption(type: StateType | undefined, state: Json): string {
  switch (type) {
    case "Task":
      return taskCaption(text(state, "Resource") ?? "");
    case "Map": {
      const config = member(member(state, "ItemProcessor"), "ProcessorConfig");
      return text(config, "Mode") === "DISTRIBUTED" ? "Distributed Map" : "Map state";
    }
    case undefined:
      return "State";
    default:
      return `${type} state`;
  }
}

function innerMachines(type: StateType, state: Json, id: string, depth: number): MachineGraph[] {
  if (type === "Parallel") {
    const branches = member(state, "Branches");
    if (!isArray(branches)) return [];
    return branches.map((branch, index) => readMachine(branch, `${id}/Branches[${index}]`, depth));
  }
  if (type !== "Map") return [];
  const field = member(state, "ItemProcessor") === undefined ? "Iterator" : "ItemProcessor";
  const processor = member(state, field);
  return processor === undefined ? [] : [readMachine(processor, `${id}/${field}`, depth)];
}

function addTransitions(edges: Edges, name: string, state: Json, isTop: boolean): void {
  const next = text(state, "Next");
  const type = stateType(state);
  const at = (...steps: (string | number)[]) => ["States", name, ...steps];
  if (next !== undefined) edges.add(name, next, "Next", at("Next"));
  const ends = member(state, "End") === true || type === "Succeed" || type === "Fail";
  if (ends && isTop) edges.add(name, END, "End", at("End"));
  for (const [index, rule] of list(state, "Choices").entries()) {
    const target = text(rule, "Next");
    if (target === undefined) continue;
    edges.add(name, target, "Choice", at("Choices", index, "Next"), ruleLabel(rule));
  }
  const otherwise = text(state, "Default");
  if (otherwise !== undefined) {
    edges.add(name, otherwise, "Default", at("Default"), "Default");
  }
  for (const [index, catcher] of list(state, "Catch").entries()) {
    const target = text(catcher, "Next");
    if (target === undefined) continue;
    edges.add(name, target, "Catch", at("Catch", index, "Next"), catchLabel(catcher, index));
  }
}

export function ruleLabel(rule: Json): string {
  return text(rule, "Comment") ?? choiceCondition(rule);
}

export function catchLabel(catcher: Json, index: number): string {
  const errors = list(catcher, "ErrorEquals").filter((error) => typeof error === "string");
  return errors.length === 0 ? `Catch #${index + 1}` : `Catch ${errors.join(", ")}`;
}

/** Edges of one machine. Those to states that are not there are left out. */
class Edges {
  readonly all: GraphEdge[] = [];
  readonly #pointer: string;
  readonly #states: JsonObject;

  constructor(pointer: string, states: JsonObject) {
    this.#pointer = pointer;
    this.#states = states;
  }

  add(from: string, to: string, kind: EdgeKind, field: GraphEdge["field"], label = ""): void {
    const source = kind === "Start" ? "#Start" : this.#id(from);
    const target = kind === "End" ? "#End" : this.#id(to);
    if (source === undefined || target === undefined) return;
    const id = `${this.#pointer}#${this.all.length}`;
    this.all.push({ id, source, target, kind, field, label });
  }

  #id(name: string): string | undefined {
    return Object.hasOwn(this.#states, name) ? `${this.#pointer}/States/${name}` : undefined;
  }
}

function member(value: Json | undefined, name: string): Json | undefined {
  return value !== undefined && isObject(value) && Object.hasOwn(value, name)
    ? value[name]
    : undefined;
}

function text(value: Json | undefined, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === "string" ? found : undefined;
}

function list(value: Json | undefined, name: string): readonly Json[] {
  const found = member(value, name);
  return found !== undefined && isArray(found) ? found : [];
}
