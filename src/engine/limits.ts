/** The bounds the engine itself keeps; those of one execution are the interpreter's. */
import { AWS_LIMITS } from "../interpreter/limits.ts";
import type { Limits } from "../interpreter/limits.ts";
import { AWS_QUOTAS } from "./quotas.ts";
import type { Quotas } from "./quotas.ts";

export interface EngineLimits {
  /** Bounds of one execution. */
  readonly execution: Limits;
  /** STANDARD executions that run at a time; more are refused. AWS: 1,000,000. */
  readonly openExecutions: number;
  /** GetActivityTask calls that wait on one activity ARN at a time. AWS: 1,000. */
  readonly activityPollers: number;
  /** Milliseconds GetActivityTask waits for a task. AWS: 60 s. */
  readonly activityPollMilliseconds: number;
  /** Milliseconds an EXPRESS execution may take. AWS: 5 minutes. */
  readonly expressMilliseconds: number;
  /** EXPRESS executions in memory at a time; more get StoreUnavailable. Ours. */
  readonly expressExecutions: number;
  /** Calls to Lambda functions and services out at a time; more wait in a queue. Ours. */
  readonly concurrentCalls: number;
  /** Parts that may wait for the store before new requests are refused with StoreUnavailable. Ours. */
  readonly queuedParts: number;
  /** Characters of journal text that may wait for the store before requests are refused. Ours. */
  readonly queuedCharacters: number;
  /** Milliseconds an execution must have been untouched before it may leave memory. Ours. */
  readonly parkAfterMilliseconds: number;
  /** An execution stays in memory if a timer of it is due within so many milliseconds. Ours. */
  readonly parkIfTimerBeyondMilliseconds: number;
  /** Sum of journal characters of closed executions kept for DescribeExecution. Ours. */
  readonly recentlyClosedCharacters: number;
  /** Milliseconds `close` waits for calls that are out. Ours. */
  readonly drainMilliseconds: number;
}

/** The engine's bounds under the limits that an operator set; ours are always the same. */
export function engineLimits(quotas: Quotas): EngineLimits {
  const { payloadBytes, variableBytes, historyEvents, inlineMapConcurrency } = quotas;
  const set = { payloadBytes, variableBytes, historyEvents, inlineMapConcurrency };
  return {
    execution: { ...AWS_LIMITS, ...set },
    openExecutions: quotas.openExecutions,
    activityPollers: quotas.activityPollers,
    activityPollMilliseconds: 60_000,
    expressMilliseconds: quotas.expressMaxSeconds * 1_000,
    expressExecutions: 10_000,
    concurrentCalls: 1_000,
    queuedParts: 20_000,
    queuedCharacters: 64 * 1024 * 1024,
    parkAfterMilliseconds: 10_000,
    parkIfTimerBeyondMilliseconds: 30_000,
    recentlyClosedCharacters: 16 * 1024 * 1024,
    drainMilliseconds: 8_000,
  };
}

/** AWS's values where AWS has one. */
export const DEFAULT_LIMITS: EngineLimits = engineLimits(AWS_QUOTAS);
