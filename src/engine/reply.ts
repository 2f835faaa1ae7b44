/** How whoever sent a signal hears what became of it, after that is durable. */
import type { Execution } from "../interpreter/execution.ts";
import type { StoreUnavailable } from "./ports.ts";

/**
 * - Accepted: the signal took effect.
 * - Ignored: the execution runs but the signal came too late for what it is about.
 * - Closed: the execution has ended.
 * - Unknown: there is no such execution.
 */
export type SignalResult = "Accepted" | "Ignored" | "Closed" | "Unknown";

export interface Reply {
  /** Epoch milliseconds at which the execution must have started; undefined: any. */
  readonly startedAt?: number | undefined;
  /** `execution` is given if it is in memory. Must not throw. */
  settled(result: SignalResult, execution: Execution | undefined): void;
  /** Nothing of it is stored. */
  lost(error: StoreUnavailable): void;
}
