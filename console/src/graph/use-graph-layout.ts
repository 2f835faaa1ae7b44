/** Lays a graph out in the background. */
import { useEffect, useState } from "react";
import { elk } from "./elk-worker.ts";
import { layoutGraph } from "./graph-layout.ts";
import type { MachineGraph } from "./graph-model.ts";
import type { GraphLayout } from "./placed-graph.ts";
import { provisionalLayout } from "./provisional-layout.ts";

/** Milliseconds after which a layout that is not made yet is replaced by a rough one. */
const PATIENCE_MS = 100;

/** The layout of before stays while the next one is made; undefined: there is none yet. */
export function useGraphLayout(graph: MachineGraph): GraphLayout | undefined {
  const [layout, setLayout] = useState<GraphLayout>();
  useEffect(() => {
    const timer = setTimeout(
      () => setLayout((last) => last && provisionalLayout(graph, last)),
      PATIENCE_MS,
    );
    let isCurrent = true;
    void layoutGraph(graph, elk()).then((made) => {
      clearTimeout(timer);
      if (isCurrent) setLayout(made);
    });
    return () => {
      clearTimeout(timer);
      isCurrent = false;
    };
  }, [graph]);
  return layout;
}
