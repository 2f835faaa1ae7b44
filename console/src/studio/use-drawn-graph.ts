/** The graph of the definition, laid out, as React Flow draws it. */
import { useMemo, useRef } from "react";
import type { JsonPath } from "../document/json-path.ts";
import type { GraphLayout } from "../graph/placed-graph.ts";
import { useGraphLayout } from "../graph/use-graph-layout.ts";
import { readEditGraph, type EditGraph } from "../workflow/edit-graph.ts";
import type { ProblemsByPlace } from "../workflow/find-problems.ts";
import { canvasEdges, canvasNodes, type CanvasEdge, type CanvasNode } from "./canvas-elements.ts";
import { dropSpots, type DropSpot } from "./drop-spots.ts";
import type { Studio } from "./use-studio.ts";

export interface Drawn {
  readonly graph: EditGraph;
  readonly layout: GraphLayout;
}

/** The graph together with its own layout: while the next one is made, both of before. */
function useDrawn(edited: EditGraph): Drawn | undefined {
  const layout = useGraphLayout(edited.graph);
  const graphs = useRef(new WeakMap<object, EditGraph>());
  graphs.current.set(edited.graph, edited);
  const graph = layout?.graph === undefined ? undefined : graphs.current.get(layout.graph);
  return useMemo(
    () => (layout === undefined || graph === undefined ? undefined : { graph, layout }),
    [layout, graph],
  );
}

export interface DrawnGraph {
  /** Undefined: nothing is laid out yet. */
  readonly drawn: Drawn | undefined;
  readonly nodes: CanvasNode[];
  readonly edges: CanvasEdge[];
  readonly spots: readonly DropSpot[];
}

export function useDrawnGraph({ document, problemsIn, selected }: Studio): DrawnGraph {
  const edited = useMemo(() => readEditGraph(document.value), [document.value]);
  const drawn = useDrawn(edited);
  return { drawn, ...useElements(drawn, problemsIn, selected) };
}

function useElements(
  drawn: Drawn | undefined,
  problems: ProblemsByPlace,
  selected: JsonPath | undefined,
): Omit<DrawnGraph, "drawn"> {
  const lastNodes = useRef<CanvasNode[]>([]);
  const lastEdges = useRef<CanvasEdge[]>([]);
  const nodes = useMemo(() => {
    if (drawn === undefined) return [];
    const { layout, graph } = drawn;
    lastNodes.current = canvasNodes(layout, graph, problems, selected, lastNodes.current);
    return lastNodes.current;
  }, [drawn, problems, selected]);
  const edges = useMemo(() => {
    if (drawn === undefined) return [];
    lastEdges.current = canvasEdges(drawn.layout, lastEdges.current);
    return lastEdges.current;
  }, [drawn]);
  const spots = useMemo(
    () => (drawn === undefined ? [] : dropSpots(drawn.layout, drawn.graph)),
    [drawn],
  );
  return { nodes, edges, spots };
}
