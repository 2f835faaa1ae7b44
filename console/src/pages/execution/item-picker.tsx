/** Chooses the item of a Map whose states are shown. */
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useMemo } from "react";
import { runStatusText } from "../../components/run-status.tsx";
import type { RunStatus, StateRun } from "../../history/state-run.ts";
import type { IterationSelection } from "../../history/state-statuses.ts";

interface Props {
  /** The state that is shown. */
  readonly run: StateRun | undefined;
  readonly runs: readonly StateRun[];
  readonly iterations: IterationSelection;
  readonly onChange: (selection: IterationSelection) => void;
}

const ALL = { value: "", label: "All items" };

export function ItemPicker({ run, runs, iterations, onChange }: Props) {
  const map = nearestMap(run);
  const options = useMemo(() => (map === undefined ? [] : itemsOf(map, runs)), [map, runs]);
  if (map === undefined || options.length === 0) return null;
  const selected = iterations.get(map.name);
  return (
    <FormField label={`Item of ${map.name}`} stretch>
      <Select
        selectedOption={options.find(({ value }) => value === String(selected)) ?? ALL}
        options={[ALL, ...options]}
        filteringType={options.length > 10 ? "auto" : "none"}
        virtualScroll
        onChange={({ detail }) => {
          const { value } = detail.selectedOption;
          const changed = new Map(iterations);
          if (value === undefined || value === "") changed.delete(map.name);
          else changed.set(map.name, Number(value));
          onChange(changed);
        }}
      />
    </FormField>
  );
}

function nearestMap(run: StateRun | undefined): StateRun | undefined {
  for (let one = run; one !== undefined; one = one.parent) {
    if (one.iterations !== undefined && one.mapRunArn === undefined) return one;
  }
  return undefined;
}

/** In which order items are offered: what went wrong is looked for most. */
const ORDER: readonly RunStatus[] = [
  "FAILED",
  "TIMED_OUT",
  "ABORTED",
  "IN_PROGRESS",
  "CAUGHT",
  "SUCCEEDED",
];

/** Each item with the status of its last state, those that failed or were aborted first. */
function itemsOf(
  map: StateRun,
  runs: readonly StateRun[],
): { readonly value: string; readonly label: string; readonly description: string }[] {
  const statuses = new Map<number, RunStatus>();
  for (const run of runs) {
    if (run.parent === map && run.iteration !== undefined) statuses.set(run.iteration, run.status);
  }
  return [...statuses]
    .toSorted(([a, first], [b, second]) => ORDER.indexOf(first) - ORDER.indexOf(second) || a - b)
    .map(([index, status]) => ({
      value: String(index),
      label: `Item ${index}`,
      description: runStatusText(status),
    }));
}
