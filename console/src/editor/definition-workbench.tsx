/** Where a definition is written: the text, its graph, and what is wrong with it. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useCallback, useEffect, useMemo, useState } from "react";
import { prettyJson } from "../components/json-text.ts";
import { definitionGraph } from "../graph/definition-graph.ts";
import type { MachineGraph } from "../graph/graph-model.ts";
import { LazyGraph } from "../graph/lazy-graph.tsx";
import { definitionDiagnostics, type PlacedDiagnostic } from "./definition-diagnostics.ts";
import { DefinitionEditor } from "./definition-editor.tsx";
import { DiagnosticList } from "./diagnostic-list.tsx";

interface Props {
  readonly text: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly onChange: (text: string) => void;
  /** Called with what is found a moment after each change. */
  readonly onDiagnose: (diagnostics: readonly PlacedDiagnostic[]) => void;
}

const HEIGHT = "560px";
/** What is written fast is looked at when it pauses. */
const PAUSE_MS = 250;

export function DefinitionWorkbench({ text, type, onChange, onDiagnose }: Props) {
  const settled = useSettled(text);
  const diagnose = useCallback((written: string) => definitionDiagnostics(written, type), [type]);
  const diagnostics = useMemo(() => diagnose(settled), [diagnose, settled]);
  useEffect(() => onDiagnose(diagnostics), [diagnostics, onDiagnose]);
  const graph = useLastGraph(settled);
  const [cursor, setCursor] = useState<{ line: number; column: number }>();
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={<Button onClick={() => onChange(prettyJson(text))}>Format</Button>}
        >
          Definition
        </Header>
      }
      footer={<DiagnosticList diagnostics={diagnostics} onChoose={setCursor} />}
    >
      <div className="side-by-side">
        <div className="framed">
          <DefinitionEditor
            value={text}
            diagnose={diagnose}
            cursor={cursor}
            height={HEIGHT}
            onChange={onChange}
          />
        </div>
        {graph === undefined ? (
          <Box textAlign="center" padding="xxl" color="text-status-inactive">
            The graph is drawn as soon as the text is JSON.
          </Box>
        ) : (
          <LazyGraph graph={graph} height={HEIGHT} />
        )}
      </div>
    </Container>
  );
}

/** The text as it was when it last paused. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** The last text that was JSON as a graph: it stays while somebody is in the middle of a word. */
function useLastGraph(text: string): MachineGraph | undefined {
  const graph = useMemo(() => definitionGraph(text), [text]);
  const [last, setLast] = useState(graph);
  if (graph !== undefined && graph !== last) setLast(graph);
  return graph ?? last;
}
