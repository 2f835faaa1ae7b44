import type { ExecutionInsight } from "../../engine/execution-insight.ts";
import type { MachineOverview } from "../../engine/overview/overview.ts";
import { operation } from "../operation.ts";
import type { Operation, Output } from "../operation.ts";
import { integer, optional } from "../shapes.ts";
import { seconds } from "../time.ts";

const HOUR_MS = 3_600_000;
/** A week. */
const MAX_HOURS = 168;

/** How many executions run, succeeded and failed, how long they took, and who waits at activities. */
export const getOverview = (insight: ExecutionInsight): Operation =>
  operation(
    "Stepwell.GetOverview",
    { hours: optional(integer(1, MAX_HOURS)) },
    async ({ hours = 1 }, { catalog }) => {
      const overview = await insight.overview.read(hours * HOUR_MS);
      const loads = new Map(insight.activities.loads().map((load) => [load.activityArn, load]));
      return {
        startDate: seconds(overview.from),
        endDate: seconds(overview.to),
        partSeconds: seconds(overview.partLength),
        parts: overview.parts.map(({ startedAt, counts }) => ({
          startDate: seconds(startedAt),
          counts,
        })),
        stateMachines: overview.machines.map(showMachine),
        stateMachinesLeftOut: overview.machinesLeftOut,
        activities: [...catalog.activities.list()].map(({ arn: activityArn }) => {
          const { tasks = 0, workers = 0, workerNames = [] } = loads.get(activityArn) ?? {};
          return { activityArn, waitingTasks: tasks, waitingWorkers: workers, workerNames };
        }),
      };
    },
  );

function showMachine({ durations, slowest, ...machine }: MachineOverview): Output {
  return {
    ...machine,
    durations: durations && {
      median: seconds(durations.median),
      p95: seconds(durations.p95),
      longest: seconds(durations.longest),
    },
    slowest: slowest.map(({ executionArn, status, startedAt, stoppedAt }) => ({
      executionArn,
      status,
      startDate: seconds(startedAt),
      stopDate: seconds(stoppedAt),
    })),
  };
}
