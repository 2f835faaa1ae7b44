/** Steps through the runs of one state: rounds of a loop, items of a Map, attempts of a container. */
import Button from "@cloudscape-design/components/button";
import { useMemo } from "react";
import type { StateRun } from "../../history/state-run.ts";

interface Props {
  readonly run: StateRun | undefined;
  readonly runs: readonly StateRun[];
  readonly onChoose: (run: StateRun) => void;
}

export function RunStepper({ run, runs, onChoose }: Props) {
  const name = run?.name;
  const same = useMemo(() => runs.filter((one) => one.name === name), [runs, name]);
  const place = same.findIndex((one) => one.index === run?.index);
  if (run === undefined || same.length < 2 || place < 0) return null;
  const [before, after] = [same[place - 1], same[place + 1]];
  const failed = same.find(
    ({ index, status }) => index > run.index && (status === "FAILED" || status === "TIMED_OUT"),
  );
  return (
    <div className="run-stepper" role="group" aria-label={`Runs of ${run.name}`}>
      <Button
        variant="icon"
        iconName="angle-left"
        ariaLabel="The run before"
        disabled={before === undefined}
        onClick={() => before && onChoose(before)}
      />
      <span className="numbers">
        Run {place + 1} of {same.length}
      </span>
      <Button
        variant="icon"
        iconName="angle-right"
        ariaLabel="The next run"
        disabled={after === undefined}
        onClick={() => after && onChoose(after)}
      />
      {failed === undefined ? null : (
        <Button variant="inline-link" onClick={() => onChoose(failed)}>
          Next failed
        </Button>
      )}
    </div>
  );
}
