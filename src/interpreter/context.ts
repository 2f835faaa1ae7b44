/** The context object, `$$` (Developer Guide, "Accessing execution data from the Context object"). */
import type { Json, JsonObject } from "../json/json.ts";
import type { Execution, Frame } from "./execution.ts";

/** What exists only in some places. */
export interface ContextExtras {
  /** In a Task with `.waitForTaskToken`. */
  readonly taskToken?: string | undefined;
  /** In an ItemSelector; states inside an iteration find theirs by themselves. */
  readonly item?: { readonly index: number; readonly value: Json } | undefined;
}

export function contextObject(execution: Execution, frame: Frame, extras: ContextExtras): Json {
  const { info, redrive } = execution;
  const item = extras.item ?? iterationItem(frame);
  return {
    Execution: {
      Id: info.arn,
      Input: execution.input,
      StartTime: isoTime(info.startedAt),
      Name: info.name,
      RoleArn: info.roleArn,
      RedriveCount: redrive?.count ?? 0,
      ...(redrive === undefined ? {} : { RedriveTime: isoTime(redrive.at) }),
    },
    StateMachine: { Id: info.stateMachineArn, Name: info.stateMachineName },
    State: stateMember(frame),
    ...(extras.taskToken === undefined ? {} : { Task: { Token: extras.taskToken } }),
    ...(item === undefined ? {} : { Map: { Item: { Index: item.index, Value: item.value } } }),
  };
}

/** RetryCount is there for states that can be retried. */
function stateMember(frame: Frame): JsonObject {
  const { state } = frame;
  const member = { Name: state?.name ?? "", EnteredTime: isoTime(frame.enteredAt) };
  const retries = state?.type === "Task" || state?.type === "Parallel" || state?.type === "Map";
  return retries ? { ...member, RetryCount: frame.retryCount } : member;
}

/** The item of the innermost Map iteration that the frame is in. */
function iterationItem(frame: Frame): { index: number; value: Json } | undefined {
  for (let child: Frame = frame; child.parent !== undefined; child = child.parent) {
    const { phase } = child.parent;
    if (phase.type === "Fork" && phase.items !== undefined) {
      return { index: child.index, value: phase.items[child.index] ?? null };
    }
  }
  return undefined;
}

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
