/** The graph, loaded when it is shown first. */
import { lazyComponent } from "../components/lazy-component.tsx";
import type { StateGraphProps } from "./state-graph.tsx";

export const LazyGraph = lazyComponent<StateGraphProps>(
  "graph",
  async () => (await import("./state-graph.tsx")).StateGraph,
);
