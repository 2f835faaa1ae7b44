/** An editor for the input of an execution. */
import { jsonProblem } from "../components/json-text.ts";
import type { EditorProblem } from "./json-editor.tsx";
import { LazyEditor } from "./lazy-editor.tsx";

interface Props {
  readonly value: string;
  readonly ariaLabel: string;
  /** CSS height. */
  readonly height?: string;
  readonly onChange: (value: string) => void;
}

export function InputEditor({ value, ariaLabel, height = "240px", onChange }: Props) {
  return (
    <div className="framed">
      <LazyEditor
        value={value}
        onChange={onChange}
        check={check}
        ariaLabel={ariaLabel}
        height={height}
      />
    </div>
  );
}

function check(text: string): readonly EditorProblem[] {
  const problem = jsonProblem(text);
  if (problem === undefined) return [];
  const { offset, message } = problem;
  return [{ from: offset, to: offset + 1, severity: "error", message }];
}
