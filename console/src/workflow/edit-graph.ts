/** The graph of a definition that is being edited: with the places where states can be put. */
import type { Json } from "../../../src/json/json.ts";
import { isObject } from "../../../src/json/kind.ts";
import { flowOrder } from "../graph/flow-order.ts";
import type { EdgeKind, GraphEdge, GraphNode, MachineGraph } from "../graph/graph-model.ts";
import { catchLabel, readGraph, ruleLabel } from "../graph/read-graph.ts";
import { valueAt } from "../document/change-value.ts";
import type { JsonPath } from "../document/json-path.ts";
import {
  END,
  isStep,
  referencesOf,
  startOf,
  targetOf,
  type Reference,
  type ReferenceKind,
} from "./references.ts";
import { placeLabel } from "./place-label.ts";
import { innerMachines, statePath } from "./states.ts";

export interface EditGraph {
  readonly graph: MachineGraph;
  /** By the ids of nodes. */
  readonly states: ReadonlyMap<string, JsonPath>;
  /** What can be filled or led elsewhere, by the ids of edges and of Place nodes. */
  readonly places: ReadonlyMap<string, Reference>;
  /** Places inside of branches and processors, where neither an edge nor a Place is drawn. */
  readonly ends: readonly MachineEnd[];
}

/** Above the first or below a last state of a machine inside of another. */
export interface MachineEnd {
  readonly nodeId: string;
  readonly side: "above" | "below";
  readonly place: Reference;
}

const KINDS: Readonly<Record<EdgeKind, ReferenceKind>> = {
  Start: "StartAt",
  Next: "Next",
  End: "Next",
  Choice: "Choice",
  Default: "Default",
  Catch: "Catch",
};

export function readEditGraph(definition: Json): EditGraph {
  const reader = new Reader(definition);
  const graph = reader.machine(readGraph(definition), []);
  const { states, places, ends } = reader;
  return { graph, states, places, ends };
}

class Reader {
  readonly states = new Map<string, JsonPath>();
  readonly places = new Map<string, Reference>();
  readonly ends: MachineEnd[] = [];
  readonly #definition: Json;

  constructor(definition: Json) {
    this.#definition = definition;
  }

  machine(graph: MachineGraph, path: JsonPath): MachineGraph {
    const isTop = path.length === 0;
    const nodes = graph.nodes.map((node) => this.#node(node, path));
    const edges = [...graph.edges];
    for (const edge of graph.edges) this.#notePlace(edge, path);
    const start = startOf(path);
    const target = targetOf(this.#definition, start);
    let firstId = nodes.find(({ kind, name }) => kind === "State" && name === target)?.id;
    if (firstId !== undefined) {
      if (!isTop) this.ends.push({ nodeId: firstId, side: "above", place: start });
    } else {
      const place = this.#place(start, graph.pointer);
      firstId = place.id;
      nodes.push(place);
      if (isTop) edges.push(newEdge(edges, graph.pointer, start, ["#Start", place.id], ""));
      // So that the end stays below.
      const isEmpty = graph.nodes.every(({ kind }) => kind !== "State");
      if (isTop && isEmpty) edges.push(newEdge(edges, "", start, [place.id, "#End"], ""));
    }
    const names = new Set(graph.nodes.map(({ name }) => name));
    for (const node of graph.nodes) {
      if (node.kind !== "State") continue;
      for (const open of this.#openWays(node, path, names)) {
        const place = this.#place(open, graph.pointer);
        nodes.push(place);
        const ends = [node.id, place.id] as const;
        edges.push(newEdge(edges, graph.pointer, open, ends, this.#label(open)));
      }
    }
    return { ...graph, nodes: flowOrder(nodes, edges, isTop ? undefined : firstId), edges };
  }

  #node(node: GraphNode, machine: JsonPath): GraphNode {
    if (node.kind !== "State") return node;
    const path = statePath(machine, node.name);
    this.states.set(node.id, path);
    const state = valueAt(this.#definition, path);
    const inner = isObject(state) ? innerMachines(state) : [];
    return {
      ...node,
      machines: node.machines.map((one, index) => {
        const steps = inner[index];
        return steps === undefined ? one : this.machine(one, [...path, ...steps]);
      }),
    };
  }

  #notePlace({ id, kind, field }: GraphEdge, machine: JsonPath): void {
    const steps = kind === "End" ? [...field.slice(0, -1), "Next"] : field;
    // A state that ends by its type goes nowhere else.
    const isFinal = !isStep(valueAt(this.#definition, [...machine, ...field.slice(0, -1), "Type"]));
    if (kind === "End" && isFinal) return;
    this.places.set(id, { kind: KINDS[kind], machine, path: [...machine, ...steps] });
  }

  /** Ways that lead nowhere yet, or to no state: they get a place to be filled. */
  #openWays({ id, name }: GraphNode, machine: JsonPath, names: ReadonlySet<string>): Reference[] {
    return referencesOf(this.#definition, machine, name).filter((reference) => {
      const target = targetOf(this.#definition, reference);
      if (target === END) {
        if (machine.length > 0) this.ends.push({ nodeId: id, side: "below", place: reference });
        return false;
      }
      return target === undefined || !names.has(target);
    });
  }

  #place(reference: Reference, pointer: string): GraphNode {
    const id = `${pointer}#place/${reference.path.slice(reference.machine.length).join("/")}`;
    this.places.set(id, reference);
    return {
      id,
      kind: "Place",
      name: "",
      type: undefined,
      caption: "Drop a state here",
      comment: placeLabel(reference),
      machines: [],
    };
  }

  #label({ kind, path }: Reference): string {
    const owner = valueAt(this.#definition, path.slice(0, -1)) ?? null;
    if (kind === "Choice") return ruleLabel(owner) || `Rule ${Number(path.at(-2)) + 1}`;
    if (kind === "Catch") return catchLabel(owner, Number(path.at(-2)));
    return kind === "Default" ? "Default" : "";
  }
}

function newEdge(
  edges: readonly GraphEdge[],
  pointer: string,
  { kind, machine, path }: Reference,
  [source, target]: readonly [source: string, target: string],
  label: string,
): GraphEdge {
  return {
    id: `${pointer}#${edges.length}`,
    source,
    target,
    kind: kind === "StartAt" ? "Start" : kind,
    field: path.slice(machine.length),
    label,
  };
}
