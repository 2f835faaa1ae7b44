/** An editor for definitions, with the server's diagnostics in place. */
import { useMemo } from "react";
import type { PlacedDiagnostic } from "./definition-diagnostics.ts";
import type { EditorProblem, JsonEditorProps } from "./json-editor.tsx";
import { LazyEditor } from "./lazy-editor.tsx";

interface Props {
  readonly value: string;
  readonly diagnose: (text: string) => readonly PlacedDiagnostic[];
  readonly height: string;
  readonly cursor?: JsonEditorProps["cursor"];
  readonly onChange: (value: string) => void;
}

export function DefinitionEditor({ value, diagnose, height, cursor, onChange }: Props) {
  const check = useMemo(
    () =>
      (text: string): readonly EditorProblem[] =>
        diagnose(text).map((diagnostic) => problemAt(text, diagnostic)),
    [diagnose],
  );
  return (
    <LazyEditor
      value={value}
      onChange={onChange}
      check={check}
      cursor={cursor}
      tabIndents
      height={height}
      ariaLabel="Definition"
    />
  );
}

/** Marks the word at the place: a name, a string, a bracket. */
function problemAt(
  text: string,
  { line, column, severity, ...rest }: PlacedDiagnostic,
): EditorProblem {
  let from = 0;
  for (let at = 1; at < line; at += 1) from = text.indexOf("\n", from) + 1;
  from += column - 1;
  const word = /^(?:"(?:[^"\\]|\\.)*"|[^\s,:{}[\]]+|.)/s.exec(text.slice(from));
  return {
    from,
    to: from + (word?.[0].length ?? 1),
    severity: severity === "ERROR" ? "error" : "warning",
    message: `${rest.code}: ${rest.message}`,
  };
}
