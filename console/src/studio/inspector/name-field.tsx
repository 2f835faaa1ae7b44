/** The name of a state. It changes when the field is left or Enter is pressed: others refer to it. */
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import type { JsonPath } from "../../document/json-path.ts";
import { renameState } from "../../workflow/edit-flow.ts";
import { stateNameProblem, stateNames } from "../../workflow/state-names.ts";
import { nameOf } from "../../workflow/states.ts";
import { useStudio } from "../use-studio.ts";

export function NameField({ path }: { readonly path: JsonPath }) {
  const { document, edit } = useStudio();
  const name = nameOf(path);
  const [written, setWritten] = useState({ text: name, for: name });
  if (written.for !== name) setWritten({ text: name, for: name });
  const others = stateNames(document.value);
  others.delete(name);
  const problem = stateNameProblem(written.text, others);
  const commit = (): void => {
    if (problem !== undefined || written.text === name) return;
    edit(`Rename ${name}`, (editor) => renameState(editor, path, written.text));
  };
  return (
    <FormField label="State name" errorText={problem} stretch>
      <Input
        value={written.text}
        onChange={({ detail }) => setWritten({ text: detail.value, for: name })}
        onBlur={commit}
        onKeyDown={({ detail }) => {
          if (detail.key === "Enter") commit();
        }}
      />
    </FormField>
  );
}
