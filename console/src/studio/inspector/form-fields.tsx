/** Fields of a form, each by its kind. */
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Link from "@cloudscape-design/components/link";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type ReactNode } from "react";
import { valueAt } from "../../document/change-value.ts";
import type { JsonPath } from "../../document/json-path.ts";
import { setField } from "../../workflow/edit-field.ts";
import type { Field } from "../../workflow/form-field.ts";
import { useStudio } from "../use-studio.ts";
import { JsonField } from "./json-field.tsx";
import { NumberField } from "./number-field.tsx";
import { OptionsField } from "./options-field.tsx";
import { PathField } from "./path-field.tsx";
import { TextField } from "./text-field.tsx";
import { useField } from "./use-field.ts";
import { WordsField } from "./words-field.tsx";

interface Props {
  /** The state. */
  readonly base: JsonPath;
  readonly fields: readonly Field[];
}

export function FormFields({ base, fields }: Props) {
  return (
    <SpaceBetween size="m">
      {fields.map((field) => (
        <FieldOf
          key={field.kind === "OneOf" ? `one of ${field.label}` : field.steps.join("/")}
          base={base}
          field={field}
        />
      ))}
    </SpaceBetween>
  );
}

interface FieldProps {
  readonly base: JsonPath;
  readonly field: Field;
  /** Beside the label. */
  readonly info?: ReactNode;
}

function FieldOf({ base, field, info }: FieldProps) {
  switch (field.kind) {
    case "Text":
      return <TextField base={base} {...field} info={info} />;
    case "Number":
      return <NumberField base={base} {...field} info={info} />;
    case "Json":
      return <JsonField base={base} {...field} />;
    case "Path":
      return <PathField base={base} {...field} />;
    case "Options":
      return <OptionsField base={base} {...field} />;
    case "Words":
      return <WordsField base={base} {...field} />;
    case "OneOf":
      return <OneOfField base={base} field={field} />;
    case "Group":
      return <GroupField base={base} field={field} />;
  }
}

interface OneOfProps {
  readonly base: JsonPath;
  readonly field: Extract<Field, { kind: "OneOf" }>;
}

/** One of several fields: choosing another one takes the others away. */
function OneOfField({ base, field }: OneOfProps) {
  const { document, edit } = useStudio();
  const { label, fields, names } = field;
  const present = fields.findIndex(
    (one) => valueAt(document.value, [...base, ...one.steps]) !== undefined,
  );
  const [chosen, setChosen] = useState(0);
  const shown = present >= 0 ? present : chosen;
  const choose = (index: number): void => {
    setChosen(index);
    edit(`Change ${label}`, (editor) => {
      for (const one of fields) setField(editor, base, one.steps, undefined);
    });
  };
  const inner = fields[shown]!;
  if (fields.length === 2) {
    const other = 1 - shown;
    const info = (
      <Link
        variant="info"
        onFollow={(event) => {
          event.preventDefault();
          choose(other);
        }}
      >
        {names[other]} instead
      </Link>
    );
    return <FieldOf base={base} field={inner} info={info} />;
  }
  const options = names.map((name, index) => ({ value: String(index), label: name }));
  return (
    <div className="one-of">
      <FormField label={label} stretch>
        <Select
          options={options}
          selectedOption={options[shown] ?? null}
          onChange={({ detail }) => choose(Number(detail.selectedOption.value))}
        />
      </FormField>
      <FieldOf base={base} field={inner} />
    </div>
  );
}

/** An object that can be switched on and off, with its fields. */
function GroupField({
  base,
  field,
}: {
  readonly base: JsonPath;
  readonly field: Extract<Field, { kind: "Group" }>;
}) {
  const { value, set, errorText } = useField(base, field.steps);
  const isOn = value !== undefined;
  return (
    <div className={isOn ? "group-field is-on" : "group-field"}>
      <FormField errorText={errorText}>
        <Checkbox
          checked={isOn}
          onChange={({ detail }) => set(detail.checked ? field.initial : undefined)}
        >
          {field.label}
        </Checkbox>
      </FormField>
      {isOn ? <FormFields base={base} fields={field.fields} /> : null}
    </div>
  );
}
