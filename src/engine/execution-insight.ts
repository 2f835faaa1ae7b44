/** What Stepwell knows of executions beyond AWS's API. */
import type { Activities } from "./activities.ts";
import type { ExecutionLoader, MachineDirectory } from "./execution-loader.ts";
import type { ExecutionReader } from "./execution-reader.ts";
import type { ForkRequest, ForkResult } from "./forker.ts";
import { OverviewReader } from "./overview/overview-reader.ts";
import { ExecutionComparer } from "./past/execution-comparer.ts";
import { ExecutionExplainer } from "./past/execution-explainer.ts";
import { PastReader } from "./past/past-reader.ts";
import { DataFlowReader } from "./past/state-data-flow.ts";
import type { Clock, ExpressionEvaluator, Randomness, Store } from "./ports.ts";
import type { Shard } from "./shard.ts";
import type { Tokens } from "./tokens.ts";
import { WaitingTasks } from "./waiting-tasks.ts";

export interface ExecutionInsight {
  /** What STANDARD executions were like at some event of theirs. */
  readonly past: Pick<PastReader, "snapshot" | "origin">;
  readonly dataFlow: Pick<DataFlowReader, "read">;
  readonly explainer: Pick<ExecutionExplainer, "explain">;
  readonly comparer: Pick<ExecutionComparer, "compare">;
  readonly waitingTasks: Pick<WaitingTasks, "list">;
  readonly overview: Pick<OverviewReader, "read">;
  readonly activities: Pick<Activities, "loads">;
  /**
   * Starts an execution that goes on from an event of another one; resolves when that is durable.
   * Undefined: no such execution.
   */
  readonly fork: (request: ForkRequest) => Promise<ForkResult | undefined>;
}

export interface ExecutionInsightParts {
  readonly store: Store;
  readonly directory: MachineDirectory;
  readonly loader: ExecutionLoader;
  readonly reader: ExecutionReader;
  readonly shard: Pick<Shard, "live">;
  readonly tokens: Tokens;
  readonly evaluator: ExpressionEvaluator;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly activities: ExecutionInsight["activities"];
  readonly fork: ExecutionInsight["fork"];
}

export function createExecutionInsight(parts: ExecutionInsightParts): ExecutionInsight {
  const { directory, activities, fork } = parts;
  const past = new PastReader(parts);
  return {
    past,
    dataFlow: new DataFlowReader({ ...parts, past }),
    explainer: new ExecutionExplainer(parts),
    comparer: new ExecutionComparer(parts),
    waitingTasks: new WaitingTasks(parts),
    overview: new OverviewReader({ ...parts, machines: directory.machines }),
    activities,
    fork,
  };
}
