/** Drops executions from memory that have nothing to do for a while: a row and a timer remain. */
import { readyFrames } from "../interpreter/advance.ts";
import type { ScheduledTask } from "../interpreter/command.ts";
import { isEvaluating } from "../interpreter/evaluation-request.ts";
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
      const until = this.#idleUntil(value);
      if (until !== undefined) this.#parts.shard.park(value, until);
    }
    setImmediate(() => this.#sweep(executions));
  }

  /** When the execution's next timer is due (Infinity: none) if it can be parked, else undefined. */
  #idleUntil(live: LiveExecution): number | undefined {
    const { dispatch, activities, clock, limits } = this.#parts;
    const now = clock.now();
    if (live.uncommitted > 0 || live.isContinuing || live.isParking) return undefined;
    if (live.touchedAt > now - limits.parkAfterMilliseconds) return undefined;
    if (live.timers.nextDueAt <= now + limits.parkIfTimerBeyondMilliseconds) return undefined;
    if (dispatch.isBusy(live.id) || activities.hasOffer(live.id)) return undefined;
    if (readyFrames(live.execution).length > 0 || isEvaluating(live.execution)) return undefined;
    let until = Infinity;
    for (const command of pendingCommands(live.execution)) {
      if (command.type === "StartTask" && !isWithClient(command.task)) return undefined;
      // The ends of many children come soon after one another.
      if (command.type === "ResumeChild") return undefined;
      if (command.type === "ArmTimer") until = Math.min(until, command.dueAt);
    }
    return until;
  }
}

/** Only a SendTask call or a time-out can end the attempt. */
function isWithClient(task: ScheduledTask): boolean {
  const { resource } = task;
  if (resource.type === "Activity") return task.started;
  return resource.type === "Service" && resource.pattern === "WaitForTaskToken" && task.submitted;
}
