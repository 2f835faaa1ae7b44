/** Execution logs and status events on their way out of the server. */
import type { LoggingConfiguration } from "../engine/catalog/configuration.ts";
import type { EngineLog } from "../engine/engine-log.ts";
import type {
  Clock,
  ExecutionObserver,
  LoggedExecution,
  Randomness,
  StatusChange,
} from "../engine/ports.ts";
import type { HistoryEvent } from "../interpreter/history.ts";
import { endpointOf, type Environment } from "../aws/environment.ts";
import { CloudWatchLogs } from "./cloudwatch-logs.ts";
import type { LogEntry } from "./cloudwatch-logs.ts";
import { DeliveryQueue } from "./delivery-queue.ts";
import { EventBridge } from "./event-bridge.ts";
import { fileSender, outputSender } from "./line-files.ts";
import type { Line } from "./line-files.ts";
import { isLoggedAt } from "./log-level.ts";
import { logRecord } from "./log-record.ts";
import { eventText, statusEvent } from "./status-event.ts";
import type { StatusEvent } from "./status-event.ts";

/** A folder; standard output; AWS itself (logs only); nowhere, whatever the environment says. */
export type DeliveryTarget =
  | { readonly type: "Folder"; readonly path: string }
  | { readonly type: "Output" }
  | { readonly type: "Aws" }
  | { readonly type: "Off" };

export interface DeliveryTargets {
  /** Undefined: to CloudWatch Logs if an endpoint is configured; Folder and Output come on top. */
  readonly executionLogs: DeliveryTarget | undefined;
  /** Undefined: to EventBridge if an endpoint is configured; Folder and Output come on top. */
  readonly statusEvents: DeliveryTarget | undefined;
}

export interface DeliveryParts extends DeliveryTargets {
  readonly environment: Environment;
  readonly region: string;
  readonly output: NodeJS.WritableStream;
  readonly clock: Clock;
  readonly randomness: Pick<Randomness, "uuid">;
  readonly log: EngineLog;
}

/** The file that status events go to. */
const STATUS_FILE = "status-events";

export class ExecutionDelivery implements ExecutionObserver {
  readonly wantsStatus: boolean;
  readonly #randomness: Pick<Randomness, "uuid">;
  readonly #logLines: DeliveryQueue<Line> | undefined;
  readonly #cloudWatch: DeliveryQueue<LogEntry> | undefined;
  readonly #statusLines: DeliveryQueue<Line> | undefined;
  readonly #eventBridge: DeliveryQueue<StatusEvent> | undefined;

  constructor(parts: DeliveryParts) {
    const { executionLogs, statusEvents, environment, region, clock, log } = parts;
    this.#randomness = parts.randomness;
    this.#logLines = lineQueue("execution logs", executionLogs, parts);
    this.#statusLines = lineQueue("status events", statusEvents, parts);
    if (calls(executionLogs, environment, "CloudWatch Logs")) {
      const id = parts.randomness.uuid().slice(0, 8);
      const sender = new CloudWatchLogs({ environment, id });
      this.#cloudWatch = new DeliveryQueue({ sender, clock, log });
    }
    if (calls(statusEvents, environment, "EventBridge")) {
      const sender = new EventBridge({ environment, region });
      this.#eventBridge = new DeliveryQueue({ sender, clock, log });
    }
    this.wantsStatus = this.#statusLines !== undefined || this.#eventBridge !== undefined;
  }

  /** Whether anything goes anywhere. */
  get isNeeded(): boolean {
    return this.#queues.length > 0;
  }

  get #queues(): Pick<DeliveryQueue<never>, "close">[] {
    const queues = [this.#logLines, this.#cloudWatch, this.#statusLines, this.#eventBridge];
    return queues.filter((queue) => queue !== undefined);
  }

  wantsEvents({ level, logGroupArn }: LoggingConfiguration): boolean {
    if (level === "OFF" || logGroupArn === undefined) return false;
    return this.#logLines !== undefined || this.#cloudWatch !== undefined;
  }

  eventsHappened(execution: LoggedExecution, events: readonly HistoryEvent[]): void {
    const { level, logGroupArn = "" } = execution.logging;
    const { stateMachineName } = execution;
    const [, , , region = "", , , group = ""] = logGroupArn.split(":");
    for (const event of events) {
      if (!isLoggedAt(level, event.type)) continue;
      const text = logRecord(execution, event);
      this.#logLines?.put({ file: group, text }, text.length);
      const entry = { group, region, stateMachineName, at: event.at, text };
      this.#cloudWatch?.put(entry, text.length);
    }
  }

  statusChanged(change: StatusChange): void {
    const event = statusEvent(change.describe());
    const { length } = event.detail;
    this.#eventBridge?.put(event, length);
    if (this.#statusLines === undefined) return;
    const text = eventText(event, this.#randomness.uuid());
    this.#statusLines.put({ file: STATUS_FILE, text }, text.length);
  }

  /** Delivers what waits, for at most so many milliseconds. Never rejects. */
  async close(milliseconds: number): Promise<void> {
    await Promise.all(this.#queues.map((queue) => queue.close(milliseconds)));
  }
}

function lineQueue(
  name: string,
  target: DeliveryTarget | undefined,
  { output, clock, log }: DeliveryParts,
): DeliveryQueue<Line> | undefined {
  switch (target?.type) {
    case "Folder":
      return new DeliveryQueue({ sender: fileSender(name, target.path), clock, log });
    case "Output":
      return new DeliveryQueue({ sender: outputSender(name, output), clock, log });
    default:
      return undefined;
  }
}

/** Whether a service of AWS or a work-alike is called. */
function calls(
  target: DeliveryTarget | undefined,
  environment: Environment,
  service: string,
): boolean {
  if (target?.type === "Off") return false;
  return target?.type === "Aws" || endpointOf(environment, service) !== undefined;
}
