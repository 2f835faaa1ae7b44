/** What a worker said about its task, as a signal. */
import type { Signal } from "../interpreter/signal.ts";
import type { TaskOutcome } from "./execution-service.ts";
import type { TokenSubject } from "./tokens.ts";

export function signalOf(outcome: TaskOutcome, { task }: TokenSubject): Signal {
  switch (outcome.type) {
    case "Success":
      return { type: "TaskSucceeded", task, output: outcome.output };
    case "Failure":
      return {
        type: "TaskFailed",
        task,
        kind: "Failed",
        error: outcome.error,
        cause: outcome.cause,
      };
    case "Heartbeat":
      return { type: "TaskHeartbeat", task };
  }
}
