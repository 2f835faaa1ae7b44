/** Where a way leads: to a state, to the end, or to a new state. */
import FormField from "@cloudscape-design/components/form-field";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import { pathKey } from "../../document/json-path.ts";
import { targetsFor } from "../../workflow/edit-flow.ts";
import { END, setTarget, targetOf, type Reference } from "../../workflow/references.ts";
import { useAsk } from "../use-ask.ts";
import { useStudio } from "../use-studio.ts";

interface Props {
  readonly reference: Reference;
  readonly label: string;
  readonly description?: string;
}

/** States among which somebody searches. */
const MANY = 12;
const TO_END = "end";
const TO_NOTHING = "nothing";
const TO_NEW = "new";

export function TargetField({ reference, label, description }: Props) {
  const { document, problemsAt, edit } = useStudio();
  const ask = useAsk();
  const target = targetOf(document.value, reference);
  const canEnd = reference.kind === "Next";
  const options: SelectProps.Option[] = [
    ...(canEnd
      ? [{ value: TO_END, label: "Go to end" }]
      : [{ value: TO_NOTHING, label: "Nowhere" }]),
    { value: TO_NEW, label: "Add a new state…" },
    ...targetsFor(document.value, reference).map((name) => ({ value: `to ${name}`, label: name })),
  ];
  const value = target === END ? TO_END : target === undefined ? TO_NOTHING : `to ${target}`;
  const known = options.find((option) => option.value === value);
  const selected =
    known ?? (typeof target === "string" ? { value, label: `${target} (there is none)` } : null);
  const choose = (chosen: string): void => {
    if (chosen === TO_NEW) {
      ask.fill(reference);
      return;
    }
    const next =
      chosen === TO_END ? END : chosen === TO_NOTHING ? undefined : chosen.slice("to ".length);
    edit(`Change ${label}`, (editor) => setTarget(editor, reference, next));
  };
  const errors = problemsAt.get(pathKey(reference.path))?.map(({ message }) => message);
  return (
    <FormField label={label} description={description} errorText={errors?.join(" ")} stretch>
      <Select
        options={options}
        selectedOption={selected}
        placeholder="Choose a state"
        filteringType={options.length > MANY ? "auto" : "none"}
        virtualScroll={options.length > MANY}
        onChange={({ detail }) => choose(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}
