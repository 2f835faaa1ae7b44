/** The context object, `$$` (Developer Guide, "Accessing execution data from the Context object"). */
import type { Json, JsonObject } from "../json/json.ts";
import type { Execution, Frame } from "./execution.ts";

/** What exists only in some places. */
export interface ContextExtras {
  /** In a Task with `.waitForTaskToken`. */
  readonly taskToken?: string | undefined;
  /** In an ItemSelector; states inside an iteration find theirs by themselves. */
  readonly item?: MapItem | undefined;
}

/** `$$.Map.Item`. */
export interface MapItem {
  readonly index: number;
  readonly value: Json;
  /** Of a member, if the items are those of an object. */
  readonly key?: string | undefined;
  /** Only in a distributed Map: STATE_DATA, or the URI of the object that the item was read from. */
  readonly source?: string;
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
      ...(redrive?.at === undefined ? {} : { RedriveTime: isoTime(redrive.at) }),
    },
    StateMachine: { Id: info.stateMachineArn, Name: info.stateMachineName },
    State: stateMember(frame),
    ...(extras.taskToken === undefined ? {} : { Task: { Token: extras.taskToken } }),
    ...(item === undefined ? {} : { Map: { Item: itemMember(item) } }),
  };
}

/** RetryCount is there for states that can be retried. */
function stateMember(frame: Frame): JsonObject {
  const { state } = frame;
  const member = { Name: state?.name ?? "", EnteredTime: isoTime(frame.enteredAt) };
  const retries = state?.type === "Task" || state?.type === "Parallel" || state?.type === "Map";
  return retries ? { ...member, RetryCount: frame.retryCount } : member;
}

function itemMember({ index, value, key, source }: MapItem): JsonObject {
  return {
    Index: index,
    Value: value,
    ...(key === undefined ? {} : { Key: key }),
    ...(source === undefined ? {} : { Source: source }),
  };
}

/** The item of the innermost Map iteration that the frame is in. */
function iterationItem(frame: Frame): MapItem | undefined {
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
