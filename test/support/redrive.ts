/** What tests of redrives share. */
import type { ScheduledTask } from "../../src/interpreter/command.ts";
import type { Json } from "../../src/json/json.ts";
import { simulate, type Simulation, type SimulationOptions, type TaskAnswer } from "./simulate.ts";

/** A Task state that tells its worker the number of redrives and its input. */
export const TASK = {
  Type: "Task",
  Resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
  Parameters: { "redrive.$": "$$.Execution.RedriveCount", "in.$": "$" },
  End: true,
};

/** What a worker of `TASK` gets. */
export interface Told {
  readonly redrive: number;
  readonly in: Json;
}

/** A worker that fails the states of `names` until the execution was redriven `times` times. */
export function failing(
  names: readonly string[],
  times = 1,
): { readonly attempts: string[]; readonly task: (task: ScheduledTask) => TaskAnswer } {
  const attempts: string[] = [];
  const task = ({ stateName, parameters }: ScheduledTask): TaskAnswer => {
    attempts.push(stateName);
    const fails = names.includes(stateName) && (parameters as unknown as Told).redrive < times;
    return fails ? { error: "Boom", cause: stateName } : { output: `${stateName} done` };
  };
  return { attempts, task };
}

/** The lines from the last ExecutionRedriven on. */
export function sinceRedrive(run: Simulation): readonly string[] {
  return run.lines.slice(run.lines.findLastIndex((line) => line.endsWith("ExecutionRedriven")));
}

/** Redrives once; decisions of one event each must come to the same. */
export function redriven(options: SimulationOptions): Simulation {
  const run = simulate({ redrives: 1, ...options });
  const cut = simulate({ redrives: 1, ...options, limits: { eventsPerDecision: 1 } });
  if (JSON.stringify(cut.execution.output) !== JSON.stringify(run.execution.output)) {
    throw new Error("a run in small steps came to something else");
  }
  return run;
}
