/**
 * The part of the fold that lets an execution go on from the past of another one, whose events were
 * copied into its journal. Called only by `evolve`.
 */
import type { Event } from "./event.ts";
import type { Execution, Frame } from "./execution.ts";
import { abortMapRuns } from "./evolve-map-run.ts";
import { frameOf } from "./numbering.ts";
import { enterAgain } from "./resume.ts";

/**
 * Nothing that was under way belongs to this execution: tasks, waits, back-offs and Map Runs begin
 * again, without a second …StateEntered.
 */
export function adoptHistory(
  execution: Execution,
  event: Event & { readonly kind: "HistoryAdopted" },
  at: number,
): void {
  abortMapRuns(execution, at);
  for (const frame of execution.frames.values()) {
    if (isUnderWay(frame)) enterAgain(frame);
  }
  const { data, variables } = event;
  const frame = frameOf(execution, event.frame);
  if (data !== undefined) {
    if (frame.phase.type === "Worked") frame.result = data;
    else frame.input = data;
  }
  if (variables !== undefined) {
    frame.variables ??= new Map();
    for (const [name, value] of Object.entries(variables)) frame.variables.set(name, value);
  }
}

function isUnderWay({ phase }: Frame): boolean {
  switch (phase.type) {
    case "Task":
    case "Waiting":
    case "Backoff":
    case "MapRun":
      return true;
    case "Ready":
    case "Entered":
    case "Worked":
    case "Failing":
    case "Fork":
    case "Finished":
      return false;
  }
}
