/** `GET /api/execution-counts`: how many executions of state machines have which status. */
import { errors } from "../api/errors.ts";
import type { Output } from "../api/operation.ts";
import type { MachineCatalog } from "../engine/catalog/machine-catalog.ts";
import type { ExecutionService } from "../engine/execution-service.ts";
import type { ExecutionStatus } from "../engine/ports.ts";

const STATUSES: readonly ExecutionStatus[] = [
  "RUNNING",
  "SUCCEEDED",
  "FAILED",
  "TIMED_OUT",
  "ABORTED",
];
/** Counting ends here: an exact number of millions would cost a look at each. */
export const MAX_COUNT = 100;
/** State machines in one request. */
export const MAX_MACHINES = 100;

export interface ExecutionCountsParts {
  readonly engine: Pick<ExecutionService, "list">;
  readonly machines: Pick<MachineCatalog, "find">;
}

/**
 * For each ARN the count of each status, at most MAX_COUNT, which then means "so many or more".
 * What is no STANDARD state machine in service is left out. Throws ValidationException.
 */
export async function executionCounts(
  arns: readonly string[],
  { engine, machines }: ExecutionCountsParts,
): Promise<Output> {
  if (arns.length > MAX_MACHINES) {
    throw errors.validation(`stateMachineArn may be given at most ${MAX_MACHINES} times`);
  }
  const counts: Record<string, Record<string, number>> = {};
  for (const arn of new Set(arns)) {
    const machine = machines.find(arn);
    if (machine?.type !== "STANDARD") continue;
    const entries = STATUSES.map(async (status) => {
      const query = { machine, status, after: undefined, limit: MAX_COUNT };
      return [status, (await engine.list(query)).length] as const;
    });
    counts[arn] = Object.fromEntries(await Promise.all(entries));
  }
  return { counts, maxCount: MAX_COUNT };
}
