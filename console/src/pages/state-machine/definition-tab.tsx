/** A definition: its graph beside its text. */
import { useMemo } from "react";
import { JsonView } from "../../editor/json-view.tsx";
import { definitionGraph } from "../../graph/definition-graph.ts";
import { LazyGraph } from "../../graph/lazy-graph.tsx";

const HEIGHT = "600px";

export function DefinitionTab({ definition }: { readonly definition: string }) {
  const graph = useMemo(() => definitionGraph(definition), [definition]);
  return (
    <div className="side-by-side">
      {graph === undefined ? <div /> : <LazyGraph graph={graph} height={HEIGHT} />}
      <JsonView text={definition} label="Definition" maxHeight={HEIGHT} />
    </div>
  );
}
