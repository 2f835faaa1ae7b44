/** What a restarted shell has to take up again. */
import type { Command } from "./command.ts";
import { armExecutionTimer } from "./execution-timeout.ts";
import type { Execution, Frame } from "./execution.ts";
import { mapRunRef, stopsItsChildren } from "./map-run.ts";
import { scheduledTask, taskDueAt } from "./states/task.ts";

/**
 * The unfinished tasks and the armed timers of a folded execution. Frames that could go on by
 * themselves are not here: `readyFrames` says whether a Continue signal is due.
 */
export function pendingCommands(execution: Execution): Command[] {
  if (execution.status !== "RUNNING") return [];
  const timeout = armExecutionTimer(execution);
  const commands: Command[] = timeout === undefined ? [] : [timeout];
  for (const frame of execution.frames.values()) addPending(commands, frame);
  return commands;
}

function addPending(commands: Command[], frame: Frame): void {
  const { phase } = frame;
  switch (phase.type) {
    case "Waiting":
    case "Backoff": {
      const timer = { frame: frame.id, serial: phase.serial };
      commands.push({ type: "ArmTimer", timer, dueAt: phase.dueAt });
      return;
    }
    case "Task": {
      commands.push({ type: "StartTask", task: scheduledTask(frame, phase) });
      const dueAt = taskDueAt(phase);
      if (dueAt === undefined || phase.serial === 0) return;
      commands.push({ type: "ArmTimer", timer: { frame: frame.id, serial: phase.serial }, dueAt });
      return;
    }
    case "MapRun": {
      if (phase.run?.status !== "RUNNING") return;
      const run = mapRunRef(phase.run);
      const indexes = [...phase.run.running.keys()];
      if (indexes.length === 0) return;
      commands.push({ type: "ResumeChildren", run, indexes });
      if (stopsItsChildren(phase.run)) commands.push({ type: "StopChildren", run, indexes });
      return;
    }
    case "Ready":
    case "Entered":
    case "Worked":
    case "Failing":
    case "Fork":
    case "Finished":
      return;
  }
}
