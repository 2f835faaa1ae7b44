/**
 * Drops executions from memory that have nothing to do for a while: a row and a timer remain, and
 * the calls that wait for jobs.
 */
import { readyFrames, waitsForShell } from "../interpreter/advance.ts";
import type { ScheduledTask } from "../interpreter/command.ts";
import { pendingCommands } from "../interpreter/pending.ts";
import type { Activities } from "./activities.ts";
import type { Dispatch } from "./dispatch.ts";
import type { EngineLimits } from "./limits.ts";
import type { LiveExecution } from "./live-execution.ts";
import type { Clock } from "./ports.ts";
import type { Shard } from "./shard.ts";

/** Executions looked at before IO gets its turn. */
const EXECUTIONS_PER_TURN = 500;

export interface ParkingParts {
  readonly shard: Shard;
  readonly dispatch: Dispatch;
  readonly activities: Activities;
  readonly clock: Clock;
  readonly limits: Pick<EngineLimits, "parkAfterMilliseconds" | "parkIfTimerBeyondMilliseconds">;
}

export class Parking {
  readonly #parts: ParkingParts;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(parts: ParkingParts) {
    this.#parts = parts;
  }

  /** Looks for idle executions again and again, until `stop`. */
  start(): void {
    const { clock, limits } = this.#parts;
    const next = clock.now() + limits.parkAfterMilliseconds / 2;
    this.#cancel = clock.schedule(next, () => {
      this.#sweep(this.#parts.shard.live.values());
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  #sweep(executions: Iterator<LiveExecution>): void {
    if (this.#stopped) return;
    for (let count = 0; count < EXECUTIONS_PER_TURN; count++) {
      const { value, done } = executions.next();
      if (done === true) return this.start();
      const idle = this.#idle(value);
      if (idle?.withJobs === true) this.#parts.shard.evict(value, idle.until);
      else if (idle !== undefined) this.#parts.shard.park(value, idle.until);
    }
    setImmediate(() => this.#sweep(executions));
  }

  /** What a droppable execution waits for, else undefined. */
  #idle(live: LiveExecution): Idleness | undefined {
    const { dispatch, activities, clock, limits } = this.#parts;
    const now = clock.now();
    if (live.uncommitted > 0 || live.isContinuing || live.isParking) return undefined;
    if (live.touchedAt > now - limits.parkAfterMilliseconds) return undefined;
    if (live.timers.nextDueAt <= now + limits.parkIfTimerBeyondMilliseconds) return undefined;
    if (dispatch.isBusy(live.id) || activities.hasOffer(live.id)) return undefined;
    if (readyFrames(live.execution).length > 0 || waitsForShell(live.execution)) return undefined;
    let until = Infinity;
    let withJobs = false;
    for (const command of pendingCommands(live.execution)) {
      if (command.type === "StartTask") {
        if (isJob(command.task)) withJobs = true;
        else if (!isWithClient(command.task)) return undefined;
      }
      // The ends of many children come soon after one another.
      if (command.type === "ResumeChildren") return undefined;
      if (command.type === "ArmTimer") until = Math.min(until, command.dueAt);
    }
    return { until, withJobs };
  }
}

interface Idleness {
  /** When the next timer is due (epoch ms); Infinity: there is none. */
  readonly until: number;
  /** Whether calls wait for the ends of jobs: those have to be made again after a restart. */
  readonly withJobs: boolean;
}

/** A `.sync` attempt that waits for the end of its job. */
function isJob({ resource, submitted }: ScheduledTask): boolean {
  if (resource.type !== "Service" || !submitted) return false;
  return resource.pattern === "Sync" || resource.pattern === "Sync2";
}

/** Only a SendTask call or a time-out can end the attempt. */
function isWithClient(task: ScheduledTask): boolean {
  const { resource } = task;
  if (resource.type === "Activity") return task.started;
  return resource.type === "Service" && resource.pattern === "WaitForTaskToken" && task.submitted;
}
