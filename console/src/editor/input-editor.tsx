/** An editor for the input of an execution. */
import { jsonProblem } from "../components/json-text.ts";
import type { EditorProblem } from "./json-editor.tsx";
import { LazyEditor } from "./lazy-editor.tsx";

interface Props {
  readonly value: string;
  readonly ariaLabel: string;
  readonly onChange: (value: string) => void;
}

export function InputEditor({ value, ariaLabel, onChange }: Props) {
  return (
    <div className="framed">
      <LazyEditor
        value={value}
        onChange={onChange}
        check={check}
        ariaLabel={ariaLabel}
        height="240px"
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
