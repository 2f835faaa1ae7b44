import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import type { JsonPath } from "../../document/json-path.ts";
import type { Option } from "../../workflow/form-field.ts";
import { useField } from "./use-field.ts";

interface Props {
  readonly base: JsonPath;
  readonly steps: JsonPath;
  readonly label: string;
  readonly description?: string | undefined;
  readonly options: readonly Option[];
  /** What it means if the field is not there. */
  readonly none: string;
}

/** One of a few words. */
export function OptionsField({ base, steps, label, description, options, none }: Props) {
  const { value, set, errorText, warningText } = useField(base, steps);
  const known = [{ value: "", label: none }, ...options];
  const text = typeof value === "string" ? value : "";
  const selected = known.find((option) => option.value === text) ?? { value: text, label: text };
  return (
    <FormField
      label={label}
      description={description}
      errorText={errorText}
      warningText={warningText}
      stretch
    >
      <Select
        options={known}
        selectedOption={selected}
        onChange={({ detail }) => {
          const chosen = detail.selectedOption.value ?? "";
          set(chosen === "" ? undefined : chosen);
        }}
      />
    </FormField>
  );
}
