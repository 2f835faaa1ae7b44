/** Links between executions that start each other. */
import { isObject } from "../../../src/json/kind.ts";
import { parseJson } from "../../../src/json/parse.ts";
import type { HistoryEvent } from "../api/operations.ts";
import { detailsOf } from "./event-details.ts";
import type { StateRun } from "./state-run.ts";

const EXECUTION = /^arn:[^:]+:states:[^:]*:[^:]*:execution:.+$/;
/** The member with which callers of StartExecution tell who they are; AWS's console reads it, too. */
const STARTED_BY = "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID";

/** The execution that a task of `states:startExecution` started last; undefined: none. */
export function childExecutionArn(
  run: Pick<StateRun, "eventIds" | "resource">,
  events: readonly HistoryEvent[],
): string | undefined {
  if (run.resource?.startsWith("states:startExecution") !== true) return undefined;
  for (const id of run.eventIds.toReversed()) {
    const event = events[id - 1];
    if (event === undefined || !/^Task(?:Submitted|Succeeded)$/.test(event.type)) continue;
    const arn = memberOf(detailsOf(event).output, "ExecutionArn");
    if (arn !== undefined) return arn;
  }
  return undefined;
}

/** The execution that says in the input that it started this one. */
export function parentExecutionArn(input: string | undefined): string | undefined {
  return memberOf(input, STARTED_BY);
}

function memberOf(text: string | undefined, name: string): string | undefined {
  if (text?.includes(name) !== true) return undefined;
  const parsed = parseJson(text);
  const value = parsed.ok && isObject(parsed.value) ? parsed.value[name] : undefined;
  return typeof value === "string" && EXECUTION.test(value) ? value : undefined;
}
