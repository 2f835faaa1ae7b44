import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { JsonPath } from "../../document/json-path.ts";
import { useField } from "./use-field.ts";

interface Props {
  readonly base: JsonPath;
  readonly steps: JsonPath;
  readonly label: string;
  readonly description?: string | undefined;
  readonly placeholder?: string | undefined;
  /** What null means. */
  readonly discard: string;
}

/** A path, or null; empty, the field is taken away. */
export function PathField({ base, steps, label, description, placeholder, discard }: Props) {
  const { value, set, errorText, warningText } = useField(base, steps);
  return (
    <SpaceBetween size="xxs">
      <FormField
        label={label}
        description={description}
        errorText={errorText}
        warningText={warningText}
        stretch
      >
        <Input
          value={typeof value === "string" ? value : ""}
          placeholder={value === null ? "null" : (placeholder ?? "")}
          disabled={value === null}
          onChange={({ detail }) => set(detail.value === "" ? undefined : detail.value)}
        />
      </FormField>
      <Checkbox
        checked={value === null}
        onChange={({ detail }) => set(detail.checked ? null : undefined)}
      >
        {discard}
      </Checkbox>
    </SpaceBetween>
  );
}
