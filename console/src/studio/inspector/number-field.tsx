import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState, type ReactNode } from "react";
import type { Json } from "../../../../src/json/json.ts";
import { isNumber, numberText } from "../../../../src/json/number.ts";
import type { JsonPath } from "../../document/json-path.ts";
import { JsonSource } from "../../document/json-source.ts";
import { useField } from "./use-field.ts";

interface Props {
  readonly base: JsonPath;
  readonly steps: JsonPath;
  readonly label: string;
  readonly description?: string | undefined;
  readonly constraint: string;
  readonly placeholder?: string | undefined;
  /** Beside the label. */
  readonly info?: ReactNode;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** A number as it is written, or a JSONata expression; empty, the field is taken away. */
export function NumberField(props: Props) {
  const { base, steps, label, description, constraint, placeholder, info } = props;
  const { value, set, errorText, warningText } = useField(base, steps);
  const inDocument = shownValue(value);
  const [written, setWritten] = useState({ text: inDocument, for: inDocument });
  if (written.for !== inDocument) setWritten({ text: inDocument, for: inDocument });
  const problem =
    written.text === inDocument || readNumber(written.text) !== undefined || written.text === ""
      ? undefined
      : "Write a number, or an expression between {% and %}.";
  const change = (text: string): void => {
    const read = readNumber(text);
    const isAccepted = text === "" || read !== undefined;
    setWritten({ text, for: isAccepted ? text : inDocument });
    if (text === "") set(undefined);
    else if (read !== undefined) set(read);
  };
  return (
    <FormField
      label={label}
      info={info}
      description={description}
      constraintText={constraint}
      errorText={problem ?? errorText}
      warningText={warningText}
    >
      <Input
        value={written.text}
        inputMode="decimal"
        placeholder={placeholder ?? ""}
        onChange={({ detail }) => change(detail.value)}
      />
    </FormField>
  );
}

function shownValue(value: Json | undefined): string {
  if (value === undefined) return "";
  if (isNumber(value)) return numberText(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

function readNumber(text: string): JsonSource | string | undefined {
  if (NUMBER.test(text)) return JsonSource.read(text);
  return /^\{%[^]*%\}$/.test(text) ? text : undefined;
}
