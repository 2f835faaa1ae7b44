/**
 * Operations that AWS does not have, described in docs/extension-api.md. They share AWS's wire; the
 * target begins with `Stepwell.` instead of `AWSStepFunctions.`.
 */
import type { ExecutionInsight } from "../../engine/execution-insight.ts";
import type { Operation } from "../operation.ts";
import { forkExecution } from "./fork-execution.ts";
import { getExecutionSnapshot } from "./get-execution-snapshot.ts";
import { getStateDataFlow } from "./get-state-data-flow.ts";
import { listWaitingTasks } from "./list-waiting-tasks.ts";

export function createExtensions(insight: ExecutionInsight): readonly Operation[] {
  return [
    forkExecution(insight),
    getExecutionSnapshot(insight),
    getStateDataFlow(insight),
    listWaitingTasks(insight),
  ];
}
