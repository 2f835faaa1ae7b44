/** The bounds an execution runs under; AWS's values are the defaults (Step Functions quotas page). */
export interface Limits {
  /** Bytes of UTF-8 of one input, output, result or Parameters value. AWS: 256 KiB. */
  readonly payloadBytes: number;
  /** Bytes of UTF-8 of all variables of an execution together. AWS: 10 MiB. */
  readonly variableBytes: number;
  /** Events of one history; the last one is ExecutionFailed with States.Runtime. AWS: 25,000. */
  readonly historyEvents: number;
  /** Iterations of an inline Map that run at once when MaxConcurrency is 0 or higher. AWS: 40. */
  readonly inlineMapConcurrency: number;
  /** Child executions of one Map Run that run at once. AWS: 10,000. */
  readonly mapRunConcurrency: number;
  /** Child executions of one Map Run. Ours: their names have room for so many numbers. */
  readonly mapRunChildren: number;
  /**
   * Events one decision makes before it lets others have their turn. Ours: it bounds how long one
   * execution can hold the event loop, and the size of a journal row.
   */
  readonly eventsPerDecision: number;
}

export const AWS_LIMITS: Limits = {
  payloadBytes: 262_144,
  variableBytes: 10_485_760,
  historyEvents: 25_000,
  inlineMapConcurrency: 40,
  mapRunConcurrency: 10_000,
  mapRunChildren: 16_777_216,
  eventsPerDecision: 1_000,
};
