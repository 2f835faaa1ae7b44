/** A condition of JSONPath as a tree of comparisons. */
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import { COMPARISON_OPERATORS } from "../../../../src/asl/choice-rules.ts";
import { isArray } from "../../../../src/json/kind.ts";
import { valueAt } from "../../document/change-value.ts";
import { pathKey, type JsonPath } from "../../document/json-path.ts";
import {
  CONDITION_KINDS,
  conditionKind,
  innerPaths,
  operandKind,
  operatorOf,
  setConditionKind,
  setOperator,
  type ConditionKind,
} from "../../workflow/condition.ts";
import { useStudio } from "../use-studio.ts";
import { NumberField } from "./number-field.tsx";
import { TextField } from "./text-field.tsx";
import { useField } from "./use-field.ts";

interface Props {
  readonly path: JsonPath;
  /** Undefined: it cannot be taken away. */
  readonly onRemove?: (() => void) | undefined;
}

const KIND_LABELS: Readonly<Record<ConditionKind, string>> = {
  Comparison: "A comparison",
  And: "All of these (And)",
  Or: "One of these (Or)",
  Not: "Not this",
};

export function ConditionEditor({ path, onRemove }: Props) {
  const { document, edit } = useStudio();
  const condition = valueAt(document.value, path);
  const kind = conditionKind(condition);
  const inner = innerPaths(condition, path);
  const isList = kind === "And" || kind === "Or";
  return (
    <div
      className={`condition condition-${kind.toLowerCase()}`}
      role="group"
      aria-label="Condition"
    >
      <div className="condition-head">
        <Select
          ariaLabel="Kind of condition"
          options={CONDITION_KINDS.map((value) => ({ value, label: KIND_LABELS[value] }))}
          selectedOption={{ value: kind, label: KIND_LABELS[kind] }}
          onChange={({ detail }) =>
            edit("Change condition", (editor) =>
              setConditionKind(editor, path, detail.selectedOption.value as ConditionKind),
            )
          }
        />
        {onRemove === undefined ? null : (
          <Button
            variant="icon"
            iconName="close"
            ariaLabel="Remove the condition"
            onClick={onRemove}
          />
        )}
      </div>
      {kind === "Comparison" ? <Comparison path={path} /> : null}
      {inner.map((one) => (
        <ConditionEditor
          key={pathKey(one)}
          path={one}
          onRemove={
            isList && inner.length > 1
              ? () => edit("Remove condition", (editor) => editor.remove(one))
              : undefined
          }
        />
      ))}
      {isList ? (
        <Button
          variant="inline-link"
          iconName="add-plus"
          onClick={() =>
            edit("Add condition", (editor) => {
              const list = editor.get([...path, kind]);
              editor.insert([...path, kind, isArray(list) ? list.length : 0], {
                Variable: "$.value",
                IsPresent: true,
              });
            })
          }
        >
          Add a condition
        </Button>
      ) : null}
    </div>
  );
}

const GROUPS: readonly (readonly [label: string, prefix: string])[] = [
  ["Text", "String"],
  ["Number", "Numeric"],
  ["Yes or no", "Boolean"],
  ["Time", "Timestamp"],
  ["Kind of value", "Is"],
];

const OPERATOR_OPTIONS: readonly SelectProps.OptionGroup[] = GROUPS.map(([label, prefix]) => ({
  label,
  options: COMPARISON_OPERATORS.filter((name) => name.startsWith(prefix)).map((value) => ({
    value,
    label: value,
  })),
}));

function Comparison({ path }: { readonly path: JsonPath }) {
  const { document, edit } = useStudio();
  const operator = operatorOf(valueAt(document.value, path));
  return (
    <div className="comparison">
      <TextField base={path} steps={["Variable"]} label="Variable" placeholder="$.value" />
      <FormField label="Operator" stretch>
        <Select
          options={OPERATOR_OPTIONS}
          selectedOption={operator === undefined ? null : { value: operator, label: operator }}
          placeholder="Choose an operator"
          filteringType="auto"
          onChange={({ detail }) =>
            edit("Change operator", (editor) =>
              setOperator(editor, path, detail.selectedOption.value ?? ""),
            )
          }
        />
      </FormField>
      {operator === undefined ? null : <Operand path={path} operator={operator} />}
    </div>
  );
}

function Operand({ path, operator }: { readonly path: JsonPath; readonly operator: string }) {
  switch (operandKind(operator)) {
    case "Boolean":
      return <BooleanOperand path={path} operator={operator} />;
    case "Number":
      return <NumberField base={path} steps={[operator]} label="Value" constraint="A number" />;
    case "String":
      return <StringOperand path={path} operator={operator} />;
    case "Timestamp":
      return (
        <TextField
          base={path}
          steps={[operator]}
          label="Value"
          placeholder="2027-01-31T08:00:00Z"
        />
      );
    case "Path":
      return <TextField base={path} steps={[operator]} label="Path" placeholder="$.other" />;
  }
}

/** Here an empty text is a value, too. */
function StringOperand({ path, operator }: { readonly path: JsonPath; readonly operator: string }) {
  const { value, set, errorText, warningText } = useField(path, [operator]);
  return (
    <FormField label="Value" errorText={errorText} warningText={warningText} stretch>
      <Input
        value={typeof value === "string" ? value : ""}
        onChange={({ detail }) => set(detail.value)}
      />
    </FormField>
  );
}

function BooleanOperand({
  path,
  operator,
}: {
  readonly path: JsonPath;
  readonly operator: string;
}) {
  const { value, set, errorText } = useField(path, [operator]);
  const shown = value === false ? "false" : "true";
  return (
    <FormField label="Value" errorText={errorText} stretch>
      <Select
        options={["true", "false"].map((one) => ({ value: one, label: one }))}
        selectedOption={{ value: shown, label: shown }}
        onChange={({ detail }) => set(detail.selectedOption.value === "true")}
      />
    </FormField>
  );
}
