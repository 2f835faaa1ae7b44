import type { ParallelState } from "../definition.ts";
import { readWork } from "../flow.ts";
import { readParameters } from "../dialect.ts";
import { newScope, type StateSource } from "../source.ts";

/** A state that runs machines side by side. */
export function readParallel(source: StateSource): ParallelState {
  const { name, fields, context, scope } = source;
  fields.require("Branches");
  const work = readWork(source, "Parallel");
  const branches = fields.nonEmptyChildren("Branches") ?? [];
  return {
    ...work,
    parameters: readParameters(source, fields),
    branches: branches.flatMap((branch) => {
      const inner = newScope(scope.executionType, name);
      scope.inner.push(inner);
      return context.parseMachine(branch, inner) ?? [];
    }),
  };
}
