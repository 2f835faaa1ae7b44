/** Which events a log level lets through (developer guide, "Log levels for Step Functions"). */
import type { LoggingConfiguration } from "../engine/catalog/configuration.ts";

const FATAL: ReadonlySet<string> = new Set([
  "ExecutionAborted",
  "ExecutionFailed",
  "ExecutionTimedOut",
]);
/** Beside FailStateEntered every event of a failure; they are told by the end of their names. */
const ERROR = /(Failed|TimedOut|Aborted)$/;

/** `type`: of an event, as GetExecutionHistory names it. */
export function isLoggedAt(level: LoggingConfiguration["level"], type: string): boolean {
  switch (level) {
    case "ALL":
      return true;
    case "ERROR":
      return type === "FailStateEntered" || ERROR.test(type);
    case "FATAL":
      return FATAL.has(type);
    case "OFF":
      return false;
  }
}
