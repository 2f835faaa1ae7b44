/** Fields of a form, each by its kind. */
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { valueAt } from "../../document/change-value.ts";
import type { JsonPath } from "../../document/json-path.ts";
import { setField } from "../../workflow/edit-field.ts";
import type { Field } from "../../workflow/state-form.ts";
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

function FieldOf({ base, field }: { readonly base: JsonPath; readonly field: Field }) {
  switch (field.kind) {
    case "Text":
      return <TextField base={base} {...field} />;
    case "Number":
      return <NumberField base={base} {...field} />;
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

/** One of several fields: choosing another one takes the others away as soon as it is filled. */
function OneOfField({
  base,
  field,
}: {
  readonly base: JsonPath;
  readonly field: Extract<Field, { kind: "OneOf" }>;
}) {
  const { document, edit } = useStudio();
  const { label, none, fields, names } = field;
  const present = fields.findIndex(
    (one) => valueAt(document.value, [...base, ...one.steps]) !== undefined,
  );
  const [chosen, setChosen] = useState<number>();
  const shown = present >= 0 ? present : (chosen ?? (none === undefined ? 0 : -1));
  const options = [
    ...(none === undefined ? [] : [{ value: "-1", label: none }]),
    ...names.map((name, index) => ({ value: String(index), label: name })),
  ];
  const choose = (index: number): void => {
    setChosen(index);
    edit(`Change ${label}`, (editor) => {
      for (const one of fields) setField(editor, base, one.steps, undefined);
    });
  };
  const inner = fields[shown];
  return (
    <div className="one-of">
      <FormField label={label} stretch>
        <Select
          options={options}
          selectedOption={options.find(({ value }) => value === String(shown)) ?? null}
          onChange={({ detail }) => choose(Number(detail.selectedOption.value))}
        />
      </FormField>
      {inner === undefined ? null : <FieldOf base={base} field={inner} />}
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
