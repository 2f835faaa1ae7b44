/**
 * How events stand in a journal row: a JSON array of arrays `[code, frame, ...]`. A payload that the
 * fold knows already (a state's input, a task's result, an item) is not written again, which makes
 * rows small; so a row can only be read while folding.
 *
 * A payload slot is `0` or `1` (known, see `known`), `[value]`, or a string: JSON text that must be
 * kept as it was written (number literals, the blanks of an execution's input).
 * Codes and slots of released versions are never given another meaning.
 */
import { parseSource } from "../json/parse.ts";
import type { Json, JsonArray, JsonObject } from "../json/json.ts";
import type { Event } from "./event.ts";
import { frameOf } from "./evolve.ts";
import type { Execution } from "./execution.ts";
import { print } from "./print.ts";
import type { BatchBounds, ChildStatus, MapRunSettings } from "./map-run.ts";
import type { TaskFailureKind } from "./signal.ts";

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
    case "DistributedMapStarted": {
      const stateInput = frameOf(execution, event.frame).input;
      const input = slot(event.input, stateInput, undefined);
      return `[40,${event.frame},${input},${itemsSlot(event.items, event.input)}]`;
    }
    case "MapRunStarted": {
      const { settings, batch } = event;
      const how = JSON.stringify([{ ...settings, batch }]);
      return `[41,${event.frame},${text(event.uuid)},${text(event.label)},${how}]`;
    }
    case "ChildStarted":
      return `[42,${event.frame},${event.items}]`;
    case "ChildEnded": {
      const { index, status, output, characters } = event;
      const given = output === undefined ? 0 : slot(output, undefined, undefined);
      return `[43,${event.frame},${index},"${status}",${given},${characters}]`;
    }
    case "MapRunUpdated":
      return `[44,${event.frame},${JSON.stringify([event.settings])}]`;
    case "MapRunSucceeded":
      return `[45,${event.frame}]`;
    case "MapRunFailed":
      return `[46,${event.frame},${text(event.error)},${text(event.cause)}]`;
    case "MapRunAborted":
      return `[47,${event.frame}]`;
    case "EvaluationFailed": {
      const texts = `${text(event.error)},${text(event.cause)},${text(event.location)}`;
      return `[29,${event.frame},${event.beforeEntry ? 1 : 0},${texts}]`;
    }
  }
}

/** One element of a journal row. */
export type EncodedEvent = readonly [code: number, ...fields: Field[]];

type Field = number | string | null | readonly [Json] | { readonly key: string };

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
    case 40: {
      const input = payload(second, frameOf(execution, frame).input, undefined);
      return { kind: "DistributedMapStarted", frame, input, items: readItems(third, input) };
    }
    case 41: {
      const { batch, ...settings } = (fourth as readonly [object])[0] as Partial<MapRunSettings> & {
        batch?: Partial<BatchBounds>;
      };
      return {
        kind: "MapRunStarted",
        frame,
        uuid: second as string,
        label: third as string,
        settings: readSettings(settings),
        batch: batch === undefined ? undefined : { items: batch.items, bytes: batch.bytes },
      };
    }
    case 42:
      return { kind: "ChildStarted", frame, items: second as number };
    case 43:
      return {
        kind: "ChildEnded",
        frame,
        index: second as number,
        status: third as ChildStatus,
        output: fourth === 0 ? undefined : payload(fourth, undefined, undefined),
        characters: fifth as number,
      };
    case 44: {
      const [settings] = second as readonly [object];
      return { kind: "MapRunUpdated", frame, settings: readSettings(settings) };
    }
    case 45:
      return { kind: "MapRunSucceeded", frame };
    case 46:
      return { kind: "MapRunFailed", frame, error: optional(second), cause: optional(third) };
    case 47:
      return { kind: "MapRunAborted", frame };
    default:
      throw new Error(`the journal holds an event of unknown code ${code}`);
  }
}

/** The known value is meant by 0, the other known one by 1. */
function slot(value: Json, known: Json | undefined, otherKnown: Json | undefined): string {
  if (value === known) return "0";
  if (value === otherKnown) return "1";
  const { text: json, exact } = print(value);
  return exact ? `[${json}]` : JSON.stringify(json);
}

function payload(
  field: Field | undefined,
  known: Json | undefined,
  otherKnown: Json | undefined,
): Json {
  if (field === 0 && known !== undefined) return known;
  if (field === 1 && otherKnown !== undefined) return otherKnown;
  if (Array.isArray(field)) return (field as readonly [Json])[0];
  if (typeof field === "string") {
    const parsed = parseSource(field);
    if (parsed.ok) return parsed.value;
  }
  throw new Error("the journal holds a payload that cannot be read");
}

/** Items are most often the Map's input or one member of it: then only the member's key is written. */
function itemsSlot(items: JsonArray | JsonObject, input: Json): string {
  if (items !== input && typeof input === "object" && input !== null && !Array.isArray(input)) {
    for (const [key, value] of Object.entries(input)) {
      if (value === items) return JSON.stringify({ key });
    }
  }
  return slot(items, input, undefined);
}

function readItems(field: Field | undefined, input: Json): JsonArray | JsonObject {
  if (typeof field === "object" && field !== null && "key" in field) {
    return (input as JsonObject)[field.key] as JsonArray | JsonObject;
  }
  return payload(field, input, undefined) as JsonArray | JsonObject;
}

/** JSON leaves undefined members out. */
function readSettings(settings: Partial<MapRunSettings>): MapRunSettings {
  return {
    maxConcurrency: settings.maxConcurrency ?? 0,
    toleratedFailureCount: settings.toleratedFailureCount,
    toleratedFailurePercentage: settings.toleratedFailurePercentage,
  };
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

function text(value: string | undefined): string {
  return value === undefined ? "null" : JSON.stringify(value);
}

function optional(field: Field | undefined): string | undefined {
  return typeof field === "string" ? field : undefined;
}
