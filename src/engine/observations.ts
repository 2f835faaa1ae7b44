/** What an observer is told of executions: gathered with a decision, told once that is durable. */
import type { HistoryEvent } from "../interpreter/history.ts";
import type { LoggingConfiguration } from "./catalog/configuration.ts";
import { asRunning, describeExecution } from "./execution-description.ts";
import { belongsToMachineInService } from "./execution-loader.ts";
import type { MachineDirectory } from "./execution-loader.ts";
import { withOrigin } from "./execution-origin.ts";
import type { ExecutionDescription } from "./execution-service.ts";
import type { LiveExecution } from "./live-execution.ts";
import type { Clock, ExecutionObserver } from "./ports.ts";
import type { Execution } from "../interpreter/execution.ts";

/** What one decision of a STANDARD execution is worth telling. */
export interface Observation {
  readonly events: readonly HistoryEvent[] | undefined;
  /** It starts or redrives the execution. */
  readonly opens: boolean;
  /** It ends the execution. */
  readonly closes: boolean;
}

/** Without an observer nothing is gathered and nothing told. */
export class Observations {
  readonly #observer: ExecutionObserver | undefined;
  readonly #directory: MachineDirectory;
  readonly #clock: Pick<Clock, "now">;

  constructor(parts: {
    readonly observer: ExecutionObserver | undefined;
    readonly directory: MachineDirectory;
    readonly clock: Pick<Clock, "now">;
  }) {
    this.#observer = parts.observer;
    this.#directory = parts.directory;
    this.#clock = parts.clock;
  }

  /** For the decider to put public events in; undefined: nobody wants them. */
  gather(
    logging: LoggingConfiguration,
    { info }: Pick<Execution, "info">,
  ): HistoryEvent[] | undefined {
    return this.#observer?.wantsEvents(logging, info.arn) === true ? [] : undefined;
  }

  /** What there is to tell of a decision that was just made; undefined: nothing. */
  of(
    live: LiveExecution,
    isFirst: boolean,
    events: HistoryEvent[] | undefined,
  ): Observation | undefined {
    if (this.#observer === undefined) return undefined;
    const { wantsStatus } = this.#observer;
    const opens = wantsStatus && (isFirst || live.detailsAfterRedrive !== undefined);
    const closes = wantsStatus && live.execution.status !== "RUNNING";
    return events !== undefined || opens || closes ? { events, opens, closes } : undefined;
  }

  /** Tells of a decision that is durable now. */
  tell(live: LiveExecution, { events, opens, closes }: Observation): void {
    const { execution, record, logging } = live;
    if (events !== undefined) this.tellEvents(execution, logging, record.details, events);
    if (opens) this.#tellStatus(execution, asRunning(record));
    if (closes) this.#tellStatus(execution, record);
  }

  /** `details`: those of the execution's record. */
  tellEvents(
    { info, redrive }: Execution,
    logging: LoggingConfiguration,
    details: string,
    events: readonly HistoryEvent[],
  ): void {
    if (events.length === 0) return;
    const { arn, stateMachineName } = info;
    this.#observer?.eventsHappened(
      // An execution in memory ends before it is redriven: its count is the same all the time.
      { arn, stateMachineName, logging, redriveCount: redrive?.count ?? 0 },
      withOrigin(events, { details }),
    );
  }

  #tellStatus(execution: Execution, record: LiveExecution["record"]): void {
    const { arn: executionArn, stateMachineArn, name, startedAt } = execution.info;
    const { status, stoppedAt } = record;
    const describe = (): ExecutionDescription => {
      const isInService = belongsToMachineInService(this.#directory, record);
      return describeExecution(execution, record, { isInService, now: this.#clock.now() });
    };
    const change = { executionArn, stateMachineArn, name, status, startedAt, stoppedAt, describe };
    this.#observer?.statusChanged(change);
  }
}
