/** What Stepwell knows of executions beyond AWS's API. Implemented by the engine. */
import type { Activities } from "./activities.ts";
import type { ForkRequest, ForkResult } from "./forker.ts";
import type { OverviewReader } from "./overview/overview-reader.ts";
import type { ExecutionComparer } from "./past/execution-comparer.ts";
import type { ExecutionExplainer } from "./past/execution-explainer.ts";
import type { PastReader } from "./past/past-reader.ts";
import type { DataFlowReader } from "./past/state-data-flow.ts";
import type { WaitingTasks } from "./waiting-tasks.ts";

export interface ExecutionInsight {
  readonly past: Pick<PastReader, "snapshot" | "origin">;
  readonly dataFlow: Pick<DataFlowReader, "read">;
  readonly explainer: Pick<ExecutionExplainer, "explain">;
  readonly comparer: Pick<ExecutionComparer, "compare">;
  readonly waitingTasks: Pick<WaitingTasks, "list">;
  readonly overview: Pick<OverviewReader, "read">;
  readonly activities: Pick<Activities, "loads">;
  /** Undefined: no such execution. */
  fork(request: ForkRequest): Promise<ForkResult | undefined>;
}
