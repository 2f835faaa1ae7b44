/** What Stepwell knows of executions beyond AWS's API. Implemented by the engine. */
import type { ActivityLoad } from "./activities.ts";
import type { ForkRequest, ForkResult } from "./forker.ts";
import type { OriginReader } from "./origin-reader.ts";
import type { OverviewReader } from "./overview/overview-reader.ts";
import type { PastReader } from "./past/past-reader.ts";
import type { DataFlowReader } from "./past/state-data-flow.ts";
import type { WaitingTasks } from "./waiting-tasks.ts";

export interface ExecutionInsight {
  readonly past: Pick<PastReader, "snapshot">;
  readonly dataFlow: Pick<DataFlowReader, "read">;
  readonly waitingTasks: Pick<WaitingTasks, "list">;
  readonly origins: Pick<OriginReader, "read">;
  readonly overview: Pick<OverviewReader, "read">;
  /** Activities that somebody waits at. */
  activityLoads(): readonly ActivityLoad[];
  /** Undefined: no such execution. */
  fork(request: ForkRequest): Promise<ForkResult | undefined>;
}
