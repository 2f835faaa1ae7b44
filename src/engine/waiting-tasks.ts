/** Tasks that wait for somebody with their token: callbacks, and activities. */
import type { Resource } from "../asl/definition.ts";
import type { Execution, Frame } from "../interpreter/execution.ts";
import type { Json } from "../json/json.ts";
import type { ExecutionLoader, MachineDirectory } from "./execution-loader.ts";
import { machineIdOf } from "./execution-loader.ts";
import { foldJournal } from "./journal-fold.ts";
import type { ExecutionRecord, Store } from "./ports.ts";
import type { Shard } from "./shard.ts";
import type { Tokens } from "./tokens.ts";

export interface WaitingTask {
  readonly taskToken: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly stateName: string;
  /** ARN of the resource. */
  readonly resource: string;
  /** Epoch milliseconds since when it waits; a heartbeat begins it anew. */
  readonly waitsSince: number;
  readonly parameters: Json;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

export interface WaitingTasksPage {
  readonly tasks: readonly WaitingTask[];
  /** Where the next page begins; undefined: this was the last. */
  readonly next: number | undefined;
}

export interface WaitingTasksParts {
  readonly store: Pick<Store, "listRunning" | "readJournal">;
  readonly directory: MachineDirectory;
  readonly loader: ExecutionLoader;
  readonly shard: Pick<Shard, "live">;
  readonly tokens: Tokens;
}

/** Executions that one page looks at: each that is not in memory is read from the store. */
const EXECUTIONS_PER_PAGE = 200;

export class WaitingTasks {
  readonly #parts: WaitingTasksParts;

  constructor(parts: WaitingTasksParts) {
    this.#parts = parts;
  }

  /**
   * Those of the STANDARD executions that run, oldest first. A page may be empty though others
   * follow. `after`: `next` of the page before, 0 for the first. Rejects with StoreUnavailable.
   */
  async list(after: number): Promise<WaitingTasksPage> {
    const records = await this.#parts.store.listRunning(after, EXECUTIONS_PER_PAGE);
    const tasks: WaitingTask[] = [];
    for (const record of records) {
      const execution = await this.#execution(record);
      if (execution !== undefined) tasks.push(...this.#tasksOf(record, execution));
    }
    return { tasks, next: records.length < EXECUTIONS_PER_PAGE ? undefined : records.at(-1)?.id };
  }

  /** As it is stored; undefined: it is EXPRESS, or has ended meanwhile. */
  async #execution(record: ExecutionRecord): Promise<Execution | undefined> {
    const { directory, loader, shard, store } = this.#parts;
    if (directory.machines.findById(machineIdOf(record))?.type !== "STANDARD") return undefined;
    const live = shard.live.get(record.id);
    if (live?.isStored === true && live.uncommitted === 0) return live.execution;
    const execution = await loader.blank(record);
    await foldJournal(store, record.id, execution);
    return execution;
  }

  #tasksOf(record: ExecutionRecord, execution: Execution): WaitingTask[] {
    if (execution.status !== "RUNNING") return [];
    return [...execution.frames.values()].flatMap((frame) => this.#task(record, execution, frame));
  }

  #task(record: ExecutionRecord, { info }: Execution, frame: Frame): WaitingTask[] {
    const { phase, state } = frame;
    if (phase.type !== "Task" || state?.type !== "Task" || !isAnswered(state.resource)) return [];
    const { parameters, timeoutSeconds, heartbeatSeconds, heartbeatAt } = phase;
    const task = { frame: frame.id, scheduledEventId: phase.scheduledEventId };
    const { startedAt } = info;
    return [
      {
        taskToken: this.#parts.tokens.make({ executionId: record.id, startedAt, task }),
        executionArn: info.arn,
        stateMachineArn: info.stateMachineArn,
        stateName: state.name,
        resource: state.resource.arn,
        waitsSince: heartbeatAt,
        parameters,
        timeoutSeconds,
        heartbeatSeconds,
      },
    ];
  }
}

/** Whether a client answers with SendTaskSuccess or SendTaskFailure. */
function isAnswered(resource: Resource): boolean {
  if (resource.type === "Activity") return true;
  return resource.type === "Service" && resource.pattern === "WaitForTaskToken";
}
