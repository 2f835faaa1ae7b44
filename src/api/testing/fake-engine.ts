/** An engine for tests: an execution succeeds at once with its input unless told otherwise. */
import type { StateMachine } from "../../engine/catalog/state-machine.ts";
import type {
  ExecutionDescription,
  ExecutionService,
  ExecutionSummary,
  RedriveResult,
  SendTaskResult,
  StartRequest,
  StartResult,
  TaskOutcome,
} from "../../engine/execution-service.ts";
import type { MapRunService } from "../../engine/map-run-service.ts";
import type { HistoryEvent } from "../../interpreter/history.ts";
import { stringify } from "../../json/stringify.ts";

type ListQuery = Parameters<ExecutionService["list"]>[0];
type HistoryPage = Parameters<ExecutionService["history"]>[1];

interface FakeExecution extends ExecutionDescription {
  readonly id: number;
  readonly machineId: number;
}

export class FakeEngine implements ExecutionService {
  /** Knows no Map Runs unless told. */
  mapRuns: MapRunService = {
    describe: () => Promise.resolve(undefined),
    list: (arn) => Promise.resolve(this.executions.has(arn) ? [] : undefined),
    update: () => Promise.resolve(undefined),
    children: () => Promise.resolve(undefined),
  };
  readonly executions = new Map<string, FakeExecution>();
  readonly starts: StartRequest[] = [];
  readonly outcomes: [token: string, outcome: TaskOutcome][] = [];
  readonly redrives: [executionArn: string, clientToken: string | undefined][] = [];
  redriveResult: RedriveResult = { type: "Redriven", redrivenAt: 1_700_000_001_500 };
  /** What starting an execution makes of it. */
  end: Partial<ExecutionDescription> = {};
  /** Events of every execution. */
  events: HistoryEvent[] = [];
  sendTaskResult: SendTaskResult = "Accepted";
  /** What the next poll gets; undefined: it waits until it is aborted. */
  task: { taskToken: string; input: string } | "TooManyPollers" | undefined;
  /** Resolves when a poll waits. */
  onPoll: () => void = () => undefined;
  /** Tokens of tasks that did not reach their workers. */
  readonly returned: string[] = [];
  /** Called for a state machine whose executions are to be ended. */
  onEnd: (machine: StateMachine) => Promise<void> = () => Promise.resolve();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  async start(request: StartRequest): Promise<StartResult> {
    this.starts.push(request);
    const execution = this.#make(request, "execution");
    const { executionArn } = execution;
    if (this.executions.has(executionArn)) return { type: "NameTaken", executionArn };
    this.executions.set(executionArn, execution);
    return { type: "Started", executionArn, startedAt: execution.startedAt };
  }

  async startSync(request: StartRequest): Promise<ExecutionDescription> {
    this.starts.push(request);
    return this.#make(request, "express");
  }

  async stop(executionArn: string): Promise<{ stoppedAt: number } | undefined> {
    const execution = this.executions.get(executionArn);
    return execution && { stoppedAt: execution.stoppedAt ?? this.#now() };
  }

  async redrive(
    executionArn: string,
    clientToken: string | undefined,
  ): Promise<RedriveResult | undefined> {
    this.redrives.push([executionArn, clientToken]);
    return this.executions.has(executionArn) ? this.redriveResult : undefined;
  }

  async describe(executionArn: string): Promise<ExecutionDescription | undefined> {
    return this.executions.get(executionArn);
  }

  async list(query: ListQuery): Promise<ExecutionSummary[]> {
    const { after } = query;
    return [...this.executions.values()]
      .filter(({ machineId }) => machineId === query.machine.id)
      .filter(({ status }) => query.status === undefined || status === query.status)
      .toSorted((a, b) => b.startedAt - a.startedAt || b.id - a.id)
      .filter(
        ({ startedAt, id }) =>
          after === undefined ||
          startedAt < after.startedAt ||
          (startedAt === after.startedAt && id < after.id),
      )
      .slice(0, query.limit);
  }

  async history(
    executionArn: string,
    page: HistoryPage,
  ): Promise<{ events: readonly HistoryEvent[]; lastId: number } | undefined> {
    if (!this.executions.has(executionArn)) return undefined;
    const events = page.reverse ? this.events.toReversed() : this.events;
    return {
      events: events.slice(page.afterId, page.afterId + page.limit),
      lastId: this.events.length,
    };
  }

  async sendTask(token: string, outcome: TaskOutcome): Promise<SendTaskResult> {
    this.outcomes.push([token, outcome]);
    return this.sendTaskResult;
  }

  async getActivityTask(
    _activityArn: string,
    _workerName: string | undefined,
    signal: AbortSignal,
  ): Promise<{ taskToken: string; input: string } | "TooManyPollers" | undefined> {
    if (this.task !== undefined) return this.task;
    if (signal.aborted) return undefined;
    return new Promise((resolve) => {
      signal.addEventListener("abort", () => resolve(this.task));
      this.onPoll();
    });
  }

  returnActivityTask(taskToken: string): void {
    this.returned.push(taskToken);
  }

  async endExecutions(machine: StateMachine): Promise<void> {
    await this.onEnd(machine);
  }

  #make(request: StartRequest, kind: "execution" | "express"): FakeExecution {
    const { machine } = request;
    const id = this.starts.length;
    const name = request.name ?? `execution-${id}`;
    const startedAt = this.#now();
    const input = stringify(request.input);
    return {
      id,
      machineId: machine.id,
      executionArn: `${machine.arn.replace(":stateMachine:", `:${kind}:`)}:${name}`,
      stateMachineArn: machine.arn,
      name,
      status: "SUCCEEDED",
      startedAt,
      stoppedAt: startedAt + 5,
      input,
      output: input,
      error: undefined,
      cause: undefined,
      traceHeader: request.traceHeader,
      versionArn: request.versionArn,
      aliasArn: request.aliasArn,
      revisionId: request.revisionId,
      redriveCount: 0,
      redrivenAt: undefined,
      notRedrivable: "Execution is SUCCEEDED and cannot be redriven",
      ...this.end,
    };
  }
}
