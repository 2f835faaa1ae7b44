/** Several observers of executions as one. */
import type { HistoryEvent } from "../interpreter/history.ts";
import type { LoggingConfiguration } from "./catalog/configuration.ts";
import type { ExecutionObserver, LoggedExecution, StatusChange } from "./ports.ts";

/** Tells each of the observers only what it wants. */
export class CombinedObserver implements ExecutionObserver {
  readonly #observers: readonly ExecutionObserver[];

  constructor(observers: readonly ExecutionObserver[]) {
    this.#observers = observers;
  }

  wantsEvents(logging: LoggingConfiguration, executionArn: string): boolean {
    return this.#observers.some((observer) => observer.wantsEvents(logging, executionArn));
  }

  get wantsStatus(): boolean {
    return this.#observers.some(({ wantsStatus }) => wantsStatus);
  }

  eventsHappened(execution: LoggedExecution, events: readonly HistoryEvent[]): void {
    for (const observer of this.#observers) {
      if (!observer.wantsEvents(execution.logging, execution.arn)) continue;
      observer.eventsHappened(execution, events);
    }
  }

  statusChanged(change: StatusChange): void {
    for (const observer of this.#observers) {
      if (observer.wantsStatus) observer.statusChanged(change);
    }
  }
}
