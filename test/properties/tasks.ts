/** What the workers of generated tasks do. */
import type { ScheduledTask } from "../../src/interpreter/command.ts";
import type { TaskAnswer } from "../support/simulate.ts";
import type { Draw } from "./draw.ts";
import { drawResult } from "./values.ts";

const FAILURES = ["Boom", "Boom", "States.TaskFailed", "States.Runtime", "", "States.Timeout"];

/** The answers to the attempts of one Task state. `timed`: it also ends if there is none. */
export function drawAnswers(draw: Draw, timed: boolean): readonly TaskAnswer[] {
  return draw.some(1, 3, (): TaskAnswer => {
    if (draw.chance(timed ? 15 : 2)) return "never";
    const extras = {
      afterMs: draw.pick([0, 0, 500, 2000, 9000, 30_000]),
      ...draw.maybe(20, "heartbeatsMs", () => [400, 1500, 3000, 5000]),
      ...draw.maybe(20, "submitted", () => drawResult(draw)),
      ...draw.maybe(20, "twice", () => true),
    };
    if (draw.chance(35)) {
      const failure = { error: draw.pick(FAILURES), ...draw.maybe(50, "cause", () => "because") };
      return { ...failure, ...extras };
    }
    return { output: drawResult(draw), ...extras };
  });
}

/** A worker that goes through the scripts, each time from the beginning. */
export function scriptedWorker(
  scripts: ReadonlyMap<string, readonly TaskAnswer[]>,
): (task: ScheduledTask) => TaskAnswer {
  const turns = new Map<string, number>();
  return ({ stateName }) => {
    const script = scripts.get(stateName) ?? [{ output: { n: 1 } }];
    const turn = turns.get(stateName) ?? 0;
    turns.set(stateName, turn + 1);
    return script[turn % script.length]!;
  };
}
