import FormField from "@cloudscape-design/components/form-field";
import { useState } from "react";
import { jsonProblem } from "../../components/json-text.ts";
import { LazyEditor } from "../../editor/lazy-editor.tsx";
import type { JsonPath } from "../../document/json-path.ts";
import { payloadText, readPayload } from "../../workflow/payload-text.ts";
import { useField, useFieldSource } from "./use-field.ts";

interface Props {
  readonly base: JsonPath;
  readonly steps: JsonPath;
  readonly label: string;
  readonly description?: string | undefined;
  readonly height?: string | undefined;
  /** Whether it may fill most of the inspector. */
  readonly isTall?: boolean;
  /** Whether an empty text takes the field away. */
  readonly isOptional?: boolean;
}

/** Any JSON, as it is written; an expression of JSONata can stand without quotes. */
export function JsonField(props: Props) {
  const { base, steps, label, description, isOptional = true, isTall = false } = props;
  const { path, set, errorText, warningText } = useField(base, steps, true);
  const source = useFieldSource(path);
  const inDocument = source === undefined ? "" : payloadText(source);
  const [written, setWritten] = useState({ text: inDocument, for: inDocument });
  // What is written here is trimmed in the document; only other changes come back.
  if (written.for !== inDocument) setWritten({ text: inDocument, for: inDocument });
  const isEmpty = written.text.trim() === "";
  const problem =
    (isEmpty && isOptional) || readPayload(written.text) !== undefined
      ? undefined
      : (jsonProblem(written.text)?.message ?? "This is no JSON.");
  const change = (text: string): void => {
    const read = readPayload(text);
    const isGone = text.trim() === "" && isOptional;
    const accepted = isGone ? "" : read === undefined ? inDocument : payloadText(read);
    setWritten({ text, for: accepted });
    if (isGone) set(undefined);
    else if (read !== undefined) set(read);
  };
  return (
    <FormField
      label={label}
      description={description}
      errorText={problem ?? errorText}
      warningText={warningText}
      stretch
    >
      <div className={isTall ? "framed json-field is-tall" : "framed json-field"}>
        <LazyEditor
          value={written.text}
          onChange={change}
          ariaLabel={label}
          height={props.height}
        />
      </div>
    </FormField>
  );
}
