import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { isArray } from "../../../../src/json/kind.ts";
import type { JsonPath } from "../../document/json-path.ts";
import { useField } from "./use-field.ts";

interface Props {
  readonly base: JsonPath;
  readonly steps: JsonPath;
  readonly label: string;
  readonly description?: string | undefined;
  readonly example: string;
}

/** A list of words, with commas between them; empty, the field is taken away. */
export function WordsField({ base, steps, label, description, example }: Props) {
  const { value, set, errorText, warningText } = useField(base, steps, true);
  const inDocument = isArray(value) ? value.map(String).join(", ") : "";
  const [written, setWritten] = useState({ text: inDocument, for: inDocument });
  if (written.for !== inDocument) setWritten({ text: inDocument, for: inDocument });
  const change = (text: string): void => {
    const words = text
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== "");
    setWritten({ text, for: words.join(", ") });
    set(words.length === 0 ? undefined : words);
  };
  return (
    <FormField
      label={label}
      description={description}
      errorText={errorText}
      warningText={warningText}
      stretch
    >
      <Input
        value={written.text}
        placeholder={example}
        onChange={({ detail }) => change(detail.value)}
      />
    </FormField>
  );
}
