/** The form of the selected state, or of the whole definition. */
import { useDeferredValue } from "react";
import { pathKey } from "../../document/json-path.ts";
import { useStudio } from "../use-studio.ts";
import { DefinitionInspector } from "./definition-inspector.tsx";
import { StateInspector } from "./state-inspector.tsx";

export function Inspector() {
  const studio = useStudio();
  const { isJson } = studio;
  // The graph shows first what was added; its form may come a moment later.
  const selected = useDeferredValue(studio.selected);
  return (
    <section className="inspector" aria-label="Inspector">
      <fieldset className="inspector-fields" disabled={!isJson}>
        {selected === undefined ? (
          <DefinitionInspector />
        ) : (
          <StateInspector key={pathKey(selected)} path={selected} />
        )}
      </fieldset>
    </section>
  );
}
