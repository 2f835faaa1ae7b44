/** What Stepwell knows of executions beyond AWS's API. Implemented by the engine. */
import type { ForkRequest, ForkResult } from "./forker.ts";
import type { PastReader } from "./past/past-reader.ts";
import type { DataFlowReader } from "./past/state-data-flow.ts";
import type { WaitingTasks } from "./waiting-tasks.ts";

export interface ExecutionInsight {
  readonly past: Pick<PastReader, "snapshot">;
  readonly dataFlow: Pick<DataFlowReader, "read">;
  readonly waitingTasks: Pick<WaitingTasks, "list">;
  /** Undefined: no such execution. */
  fork(request: ForkRequest): Promise<ForkResult | undefined>;
}
