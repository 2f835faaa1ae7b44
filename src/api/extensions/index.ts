/**
 * Operations that AWS does not have, described in docs/extension-api.md. They share AWS's wire; the
 * target begins with `Stepwell.` instead of `AWSStepFunctions.`.
 */
import type { ExecutionInsight } from "../../engine/execution-insight.ts";
import type { Operation } from "../operation.ts";
import { compareExecutions } from "./compare-executions.ts";
import { explainExecution } from "./explain-execution.ts";
import { forkExecution } from "./fork-execution.ts";
import { getExecutionOrigin } from "./get-execution-origin.ts";
import { getExecutionSnapshot } from "./get-execution-snapshot.ts";
import { getOverview } from "./get-overview.ts";
import { getStateDataFlow } from "./get-state-data-flow.ts";
import { listWaitingTasks } from "./list-waiting-tasks.ts";

export function createExtensions(insight: ExecutionInsight): readonly Operation[] {
  return [
    compareExecutions(insight),
    explainExecution(insight),
    forkExecution(insight),
    getExecutionOrigin(insight),
    getExecutionSnapshot(insight),
    getOverview(insight),
    getStateDataFlow(insight),
    listWaitingTasks(insight),
  ];
}
