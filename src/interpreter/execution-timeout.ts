/** The time-out of a whole execution: the state machine's TimeoutSeconds. */
import type { Command } from "./command.ts";
import type { Execution } from "./execution.ts";
import type { TimerId } from "./signal.ts";

/** Names the timer as it is armed now; a redrive arms another one. */
export function executionTimer({ redrive }: Execution): TimerId {
  return { frame: 0, serial: redrive?.timeoutSerial ?? 0 };
}

/** Arms the timer; undefined: the definition has no TimeoutSeconds. A redrive counts from its date. */
export function armExecutionTimer(execution: Execution): Command | undefined {
  const { timeoutSeconds } = execution.definition;
  if (timeoutSeconds === undefined) return undefined;
  const from = execution.redrive?.at ?? execution.info.startedAt;
  return {
    type: "ArmTimer",
    timer: executionTimer(execution),
    dueAt: from + timeoutSeconds * 1000,
  };
}
