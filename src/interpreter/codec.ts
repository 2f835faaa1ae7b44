/**
 * How events stand in a journal row: a JSON array of arrays `[code, frame, ...]`. A payload that the
 * fold knows already (a state's input, a task's result, an item) is not written again, which makes
 * rows small; so a row can only be read while folding.
 *
 * A payload slot is `0` or `1` (known, see `known`), `[value]`, or a string: JSON text that must be
 * kept as it was written (number literals, the blanks of an execution's input).
 * Codes and slots of released versions are never given another meaning.
 */
import type { Json, JsonArray, JsonObject } from "../json/json.ts";
import { decodeMapRunEvent, encodeMapRunEvent } from "./codec-map-run.ts";
import {
  itemsSlot,
  optional,
  payload,
  readItems,
  slot,
  text,
  type EncodedEvent,
} from "./codec-slots.ts";
import type { Event } from "./event.ts";
import { frameOf } from "./evolve.ts";
import type { Execution } from "./execution.ts";
import type { ChildStatus } from "./map-run.ts";
import type { TaskFailureKind } from "./signal.ts";

export type { EncodedEvent } from "./codec-slots.ts";

/** Text of one event, to be joined with commas; call before `evolve`. */
export function encodeEvent(event: Event, execution: Execution): string {
  switch (event.kind) {
    case "ExecutionStarted":
      return `[0,${slot(event.input, undefined, undefined)}]`;
    case "ExecutionSucceeded":
      return "[1]";
    case "ExecutionFailed":
      return `[2,${text(event.error)},${text(event.cause)}]`;
    case "ExecutionTimedOut":
      return "[3]";
    case "ExecutionAborted":
      return `[4,${text(event.error)},${text(event.cause)}]`;
    case "StateEntered":
      return `[5,${event.frame},${JSON.stringify(event.name)}]`;
    case "StateExited": {
      const frame = frameOf(execution, event.frame);
      const output = slot(event.output, frame.input, frame.result);
      if (event.assigned === undefined && event.next === linearNext(execution, event.frame)) {
        return `[6,${event.frame},${output}]`;
      }
      const assigned =
        event.assigned === undefined ? 0 : slot(event.assigned, undefined, undefined);
      return `[7,${event.frame},${output},${text(event.next)},${assigned}]`;
    }
    case "StateAborted":
      return `[8,${event.frame}]`;
    case "FailedStateAborted":
      return `[31,${event.frame},${event.child}]`;
    case "WaitStarted":
      return `[9,${event.frame},${event.dueAt}]`;
    case "WaitEnded":
      return `[32,${event.frame}]`;
    case "RetryScheduled":
      return `[10,${event.frame},${event.retrier},${event.dueAt}]`;
    case "RetryStarted":
      return `[11,${event.frame}]`;
    case "TaskScheduled": {
      const parameters = slot(event.parameters, frameOf(execution, event.frame).input, undefined);
      const credentials =
        event.credentials === undefined ? 0 : slot(event.credentials, undefined, undefined);
      const timeouts = `${event.timeoutSeconds ?? 0},${event.heartbeatSeconds ?? 0}`;
      return `[12,${event.frame},${parameters},${timeouts},${credentials}]`;
    }
    case "TaskStarted":
      return `[13,${event.frame},${text(event.workerName)}]`;
    case "TaskSubmitted":
      return `[14,${event.frame},${slot(event.output, undefined, undefined)}]`;
    case "TaskSucceeded":
      return `[15,${event.frame},${slot(event.output, undefined, undefined)}]`;
    case "TaskFailed":
      return `[16,${event.frame},"${event.how}",${text(event.error)},${text(event.cause)}]`;
    case "TaskHeartbeat":
      return `[17,${event.frame}]`;
    case "TaskTimerArmed":
      return `[18,${event.frame}]`;
    case "ParallelStarted":
      return `[19,${event.frame},${slot(event.input, frameOf(execution, event.frame).input, undefined)}]`;
    case "MapStarted": {
      const stateInput = frameOf(execution, event.frame).input;
      const input = slot(event.input, stateInput, undefined);
      const items = itemsSlot(event.items, event.input);
      return `[20,${event.frame},${input},${items},${event.concurrency}]`;
    }
    case "IterationStarted": {
      const item = itemOf(execution, event.frame, event.index);
      return `[21,${event.frame},${event.index},${slot(event.input, item, undefined)}]`;
    }
    case "IterationSucceeded":
      return `[22,${event.frame}]`;
    case "IterationFailed":
      return `[23,${event.frame}]`;
    case "IterationAborted":
      return `[24,${event.frame}]`;
    case "BranchSucceeded":
      return `[25,${event.frame}]`;
    case "BranchFailed":
      return `[26,${event.frame}]`;
    case "ForkSucceeded":
      return `[27,${event.frame}]`;
    case "ForkFailed":
      return `[28,${event.frame},${text(event.error)},${text(event.cause)}]`;
    case "ExecutionRedriven":
      return `[30,${event.redriveCount}]`;
    case "HistoryAdopted": {
      const data = event.data === undefined ? "null" : slot(event.data, undefined, undefined);
      const variables =
        event.variables === undefined ? "null" : slot(event.variables, undefined, undefined);
      return `[33,${event.frame},${text(event.fromArn)},${event.eventId},${data},${variables}]`;
    }
    case "ExpressEnded": {
      const { status, output, error, cause } = event;
      const given = output === undefined ? 0 : slot(output, undefined, execution.input);
      return `[55,"${status}",${given},${text(error)},${text(cause)}]`;
    }
    case "DistributedMapStarted":
    case "MapRunStarted":
    case "MapRunRedriven":
    case "ItemsCounted":
    case "ChildStarted":
    case "ChildEnded":
    case "ChildRedriven":
    case "ChildNotRedrivable":
    case "MapRunFailing":
    case "ResultsWritten":
    case "MapRunUpdated":
    case "MapRunSucceeded":
    case "MapRunFailed":
    case "MapRunAborted":
      return encodeMapRunEvent(event, execution);
    case "EvaluationFailed": {
      const texts = `${text(event.error)},${text(event.cause)},${text(event.location)}`;
      return `[29,${event.frame},${event.beforeEntry ? 1 : 0},${texts}]`;
    }
  }
}

/** Reads a row's text; the rows are our own, so anything unexpected is a corrupt database. */
export function readRow(body: string): readonly EncodedEvent[] {
  return JSON.parse(body) as readonly EncodedEvent[];
}

/** The event that `encodeEvent` wrote; call before `evolve`, on the fold of all events before it. */
export function decodeEvent(encoded: EncodedEvent, execution: Execution): Event {
  const [code, first, second, third, fourth, fifth] = encoded;
  const frame = first as number;
  switch (code) {
    case 0:
      return { kind: "ExecutionStarted", input: payload(first, undefined, undefined) };
    case 1:
      return { kind: "ExecutionSucceeded" };
    case 2:
      return { kind: "ExecutionFailed", error: optional(first), cause: optional(second) };
    case 3:
      return { kind: "ExecutionTimedOut" };
    case 4:
      return { kind: "ExecutionAborted", error: optional(first), cause: optional(second) };
    case 5:
      return { kind: "StateEntered", frame, name: second as string };
    case 6:
    case 7: {
      const { input, result } = frameOf(execution, frame);
      return {
        kind: "StateExited",
        frame,
        output: payload(second, input, result),
        next: code === 6 ? linearNext(execution, frame) : optional(third),
        assigned:
          code === 6 || fourth === 0
            ? undefined
            : (payload(fourth, undefined, undefined) as JsonObject),
      };
    }
    case 8:
      return { kind: "StateAborted", frame };
    case 9:
      return { kind: "WaitStarted", frame, dueAt: second as number };
    case 10:
      return { kind: "RetryScheduled", frame, retrier: second as number, dueAt: third as number };
    case 11:
      return { kind: "RetryStarted", frame };
    case 12:
      return {
        kind: "TaskScheduled",
        frame,
        parameters: payload(second, frameOf(execution, frame).input, undefined),
        timeoutSeconds: third === 0 ? undefined : (third as number),
        heartbeatSeconds: fourth === 0 ? undefined : (fourth as number),
        credentials: fifth === 0 ? undefined : payload(fifth, undefined, undefined),
      };
    case 13:
      return { kind: "TaskStarted", frame, workerName: optional(second) };
    case 14:
      return { kind: "TaskSubmitted", frame, output: payload(second, undefined, undefined) };
    case 15:
      return { kind: "TaskSucceeded", frame, output: payload(second, undefined, undefined) };
    case 16:
      return {
        kind: "TaskFailed",
        frame,
        how: second as TaskFailureKind | "TimedOut" | "HeartbeatMissed",
        error: optional(third),
        cause: optional(fourth),
      };
    case 17:
      return { kind: "TaskHeartbeat", frame };
    case 18:
      return { kind: "TaskTimerArmed", frame };
    case 19: {
      const input = payload(second, frameOf(execution, frame).input, undefined);
      return { kind: "ParallelStarted", frame, input };
    }
    case 20: {
      const input = payload(second, frameOf(execution, frame).input, undefined);
      const items = readItems(third, input) as JsonArray;
      return { kind: "MapStarted", frame, input, items, concurrency: fourth as number };
    }
    case 21: {
      const index = second as number;
      const input = payload(third, itemOf(execution, frame, index), undefined);
      return { kind: "IterationStarted", frame, index, input };
    }
    case 22:
      return { kind: "IterationSucceeded", frame };
    case 23:
      return { kind: "IterationFailed", frame };
    case 24:
      return { kind: "IterationAborted", frame };
    case 25:
      return { kind: "BranchSucceeded", frame };
    case 26:
      return { kind: "BranchFailed", frame };
    case 27:
      return { kind: "ForkSucceeded", frame };
    case 28:
      return { kind: "ForkFailed", frame, error: optional(second), cause: optional(third) };
    case 29:
      return {
        kind: "EvaluationFailed",
        frame,
        beforeEntry: second === 1,
        error: optional(third) ?? "",
        cause: optional(fourth) ?? "",
        location: optional(fifth),
      };
    case 30:
      return { kind: "ExecutionRedriven", redriveCount: first as number };
    case 32:
      return { kind: "WaitEnded", frame };
    case 31:
      return { kind: "FailedStateAborted", frame, child: second as number };
    case 33:
      return {
        kind: "HistoryAdopted",
        frame,
        fromArn: second as string,
        eventId: third as number,
        data: fourth === null ? undefined : payload(fourth, undefined, undefined),
        variables:
          fifth === null ? undefined : (payload(fifth, undefined, undefined) as JsonObject),
      };
    case 55:
      return {
        kind: "ExpressEnded",
        status: first as ChildStatus,
        output: second === 0 ? undefined : payload(second, undefined, execution.input),
        error: optional(third),
        cause: optional(fourth),
      };
    default:
      return decodeMapRunEvent(encoded, execution);
  }
}

function itemOf(execution: Execution, frameId: number, index: number): Json | undefined {
  const { phase } = frameOf(execution, frameId);
  return phase.type === "Fork" ? phase.items?.[index] : undefined;
}

/** Where a state goes that has one way out. */
function linearNext(execution: Execution, frameId: number): string | undefined {
  const { state } = frameOf(execution, frameId);
  return state !== undefined && "next" in state ? state.next : undefined;
}
