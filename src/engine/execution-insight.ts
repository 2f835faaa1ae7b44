/** What Stepwell knows of STANDARD executions, and can do with them, beyond AWS's API. */
import type { Activities } from "./activities.ts";
import { Forker } from "./forker.ts";
import type { ForkerParts, ForkRequest, ForkResult } from "./forker.ts";
import { OverviewReader } from "./overview/overview-reader.ts";
import { ExecutionComparer } from "./past/execution-comparer.ts";
import { ExecutionExplainer } from "./past/execution-explainer.ts";
import { PastReader } from "./past/past-reader.ts";
import { DataFlowReader } from "./past/state-data-flow.ts";
import type { ExpressionEvaluator, Store } from "./ports.ts";
import { StoreUnavailable } from "./ports.ts";
import type { ExecutionReader } from "./execution-reader.ts";
import type { Tokens } from "./tokens.ts";
import { WaitingTasks } from "./waiting-tasks.ts";

export interface ExecutionInsightParts extends ForkerParts {
  readonly store: Store;
  readonly reader: ExecutionReader;
  readonly tokens: Tokens;
  readonly evaluator: ExpressionEvaluator;
  readonly activities: Pick<Activities, "loads">;
  /** Whether the server takes no new executions any more. */
  readonly isStopping: () => boolean;
}

export class ExecutionInsight {
  /** What executions were like at some event of theirs. */
  readonly past: PastReader;
  readonly dataFlow: DataFlowReader;
  readonly explainer: ExecutionExplainer;
  readonly comparer: ExecutionComparer;
  readonly waitingTasks: WaitingTasks;
  readonly overview: OverviewReader;
  /** How busy the workers of activities are. */
  readonly activities: Pick<Activities, "loads">;
  readonly #forker: Forker;
  readonly #isStopping: () => boolean;

  constructor(parts: ExecutionInsightParts) {
    this.past = new PastReader(parts);
    this.dataFlow = new DataFlowReader({ ...parts, past: this.past });
    this.explainer = new ExecutionExplainer(parts);
    this.comparer = new ExecutionComparer(parts);
    this.waitingTasks = new WaitingTasks(parts);
    this.overview = new OverviewReader({ ...parts, machines: parts.directory.machines });
    this.activities = parts.activities;
    this.#forker = new Forker(parts);
    this.#isStopping = parts.isStopping;
  }

  /**
   * Starts an execution that goes on from an event of another one; resolves when that is durable.
   * Undefined: no such execution.
   */
  fork(request: ForkRequest): Promise<ForkResult | undefined> {
    if (this.#isStopping()) return Promise.reject(new StoreUnavailable("The server is stopping"));
    return this.#forker.fork(request);
  }
}
