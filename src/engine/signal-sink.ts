/** Where tasks report to. */
import type { Signal } from "../interpreter/signal.ts";

export interface SignalSink {
  /**
   * Delivers a signal of our own and tries again until its effect is durable (or there is none);
   * `settled` is called then. Signals of one execution keep their order.
   */
  insist(executionId: number, signal: Signal, settled?: () => void): void;
}
