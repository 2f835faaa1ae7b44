/** Lays a graph out in the background. */
import { useEffect, useState } from "react";
import { elk } from "./elk-worker.ts";
import { layoutGraph } from "./graph-layout.ts";
import type { MachineGraph } from "./graph-model.ts";
import type { GraphLayout } from "./placed-graph.ts";

/** The layout of before stays while the next one is made; undefined: there is none yet. */
export function useGraphLayout(graph: MachineGraph): GraphLayout | undefined {
  const [layout, setLayout] = useState<GraphLayout>();
  useEffect(() => {
    let isCurrent = true;
    void layoutGraph(graph, elk()).then((made) => {
      if (isCurrent) setLayout(made);
    });
    return () => {
      isCurrent = false;
    };
  }, [graph]);
  return layout;
}
