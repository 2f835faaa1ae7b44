/** Inputs of child executions that were never started, for the result files of a Map Run that fails. */
import type { Frame } from "../execution.ts";
import { halt } from "../halt.ts";
import { mapRunRef } from "../map-run.ts";
import type { MapRun, MapRunPhase } from "../map-run.ts";
import type { MapWork } from "../map-work.ts";
import type { Turn } from "../turn.ts";
import { buildChildInput, newChildInput } from "./child-input.ts";

/** Inputs told at a time. */
const INPUTS_PER_COMMAND = 100;

/** Makes the next inputs and tells them to the shell, which then asks for more. */
export function tellUnstarted(
  turn: Turn,
  frame: Frame,
  phase: MapRunPhase,
  run: MapRun,
  work: MapWork,
): void {
  const { untold } = work;
  if (untold === undefined) return;
  const tell = (isLast: boolean): void => {
    const inputs = untold.inputs.splice(0);
    untold.isWanted = false;
    turn.commands.push({ type: "WriteUnstarted", run: mapRunRef(run), inputs, isLast });
  };
  if (untold.isOver) return tell(true);
  while (untold.inputs.length < INPUTS_PER_COMMAND) {
    const { totalItems } = run;
    if (work.building === undefined && totalItems !== undefined && untold.first >= totalItems) {
      return tell(true);
    }
    const count = run.batch === undefined ? 1 : undefined;
    const making = (work.building ??= newChildInput(untold.index, untold.first, count));
    const made = buildChildInput(turn, frame, phase, run, making);
    if (!made.ok) {
      if ("unread" in made && (totalItems === undefined || made.unread < totalItems)) return;
      if ("pending" in made) return halt(turn, frame, made);
      // The item that the run fails for, or the end.
      work.building = undefined;
      return tell(true);
    }
    work.building = undefined;
    untold.inputs.push(made.value);
    untold.index++;
    untold.first += making.items.length;
  }
  tell(false);
}
