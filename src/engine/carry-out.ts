/** What the decider wants done, handed to those who do it. */
import type { Command } from "../interpreter/command.ts";
import type { Activities } from "./activities.ts";
import type { Dispatch } from "./dispatch.ts";
import type { Evaluations } from "./evaluations.ts";
import type { LiveExecution } from "./live-execution.ts";
import type { MapRuns } from "./map-runs.ts";

export interface CommandParts {
  readonly dispatch: Dispatch;
  readonly activities: Activities;
  readonly evaluations: Evaluations;
  /** Child executions of Map Runs, their items and their results. */
  readonly children: Pick<MapRuns, "carryOut" | "closed">;
}

/** Carries out one command of a STANDARD execution; what it rests on is durable. */
export function carryOut(parts: CommandParts, live: LiveExecution, command: Command): void {
  const { dispatch, activities, evaluations, children } = parts;
  switch (command.type) {
    case "StartTask":
      if (command.task.resource.type !== "Activity" || dispatch.isMocked(live, command.task)) {
        dispatch.start(live, command.task);
      } else activities.offer(live, command.task);
      break;
    case "CancelTask":
      // A mocked activity has no offer.
      if (command.resource.type === "Activity") activities.withdraw(live.id, command.task);
      dispatch.cancel(live.id, command.task);
      break;
    case "ArmTimer":
      live.timers.arm(command.timer, command.dueAt);
      break;
    case "Evaluate":
      evaluations.start(live, command);
      break;
    case "StartChild":
    case "ResumeChildren":
    case "StopChildren":
    case "ReadItems":
    case "WriteResults":
    case "WriteUnstarted":
      children.carryOut(live, command);
      break;
  }
}
