import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Textarea from "@cloudscape-design/components/textarea";
import type { ReactNode } from "react";
import type { JsonPath } from "../../document/json-path.ts";
import { useField } from "./use-field.ts";

interface Props {
  readonly base: JsonPath;
  readonly steps: JsonPath;
  readonly label: string;
  readonly description?: string | undefined;
  readonly placeholder?: string | undefined;
  /** Beside the label. */
  readonly info?: ReactNode;
  readonly isLong?: boolean | undefined;
}

/** A text; empty, the field is taken away. */
export function TextField(props: Props) {
  const { base, steps, label, description, placeholder, info, isLong } = props;
  const { value, set, errorText, warningText } = useField(base, steps, true);
  const isOther = value !== undefined && typeof value !== "string";
  const shown = typeof value === "string" ? value : "";
  const change = (text: string): void => set(text === "" ? undefined : text);
  const control = {
    value: shown,
    placeholder: isOther ? "No text; see JSON" : (placeholder ?? ""),
    disabled: isOther,
    onChange: ({ detail }: { detail: { value: string } }) => change(detail.value),
  };
  return (
    <FormField
      label={label}
      info={info}
      description={description}
      errorText={errorText}
      warningText={warningText}
      stretch
    >
      {isLong === true ? <Textarea {...control} rows={2} /> : <Input {...control} />}
    </FormField>
  );
}
