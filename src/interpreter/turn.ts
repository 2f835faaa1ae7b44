/** One decision in the making: the events so far, as they will stand in the journal. */
import type { EvaluationFailure } from "../data/evaluation.ts";
import type { Json } from "../json/json.ts";
import { exceedsDepth } from "../json/depth.ts";
import { MAX_DEPTH } from "../json/reader.ts";
import { exceedsBytes } from "../json/size.ts";
import { encodeEvent } from "./codec.ts";
import type { Command } from "./command.ts";
import type { Event } from "./event.ts";
import { evolve, HIDDEN } from "./evolve.ts";
import type { Execution, Failure, Frame } from "./execution.ts";
import { publicEvent } from "./history-event.ts";
import type { HistoryEvent } from "./history.ts";
import { print } from "./print.ts";
import type { Probe } from "./probe.ts";
import type { Surroundings } from "./signal.ts";

export interface Turn {
  readonly execution: Execution;
  readonly surroundings: Surroundings;
  readonly commands: Command[];
  /** Only while TestState runs a state. */
  readonly probe: Probe | undefined;
  /** Gets the public events; undefined, as for most executions: nobody wants them. */
  readonly observed: HistoryEvent[] | undefined;
  /** Frames that can go on, first come first served. */
  readonly work: Frame[];
  /** The frame that the guarded evaluator has just answered; its next event uses the results up. */
  evaluated: Frame | undefined;
  /** The journal row without its closing bracket; "" before the first event. */
  body: string;
  events: number;
}

/** Thrown by `emit` when only ExecutionFailed still fits into the history; caught in `decide`. */
export class HistoryFull extends Error {
  override readonly name = "HistoryFull";
}

/** Records an event and applies it. */
export function emit(turn: Turn, event: Event): void {
  const { execution } = turn;
  const last = execution.limits.historyEvents - 1;
  if (execution.lastEventId >= last && !isEnd(event)) throw new HistoryFull();
  turn.body += (turn.body === "" ? "[" : ",") + encodeEvent(event, execution);
  const { observed } = turn;
  const { at } = turn.surroundings;
  const shown = observed === undefined ? undefined : publicEvent(event, execution);
  const previous = evolve(execution, event, at);
  if (previous !== HIDDEN) {
    turn.events++;
    if (shown !== undefined) {
      observed?.push({ id: execution.lastEventId, previousEventId: previous, at, ...shown });
    }
  }
  if (turn.evaluated !== undefined && "frame" in event && event.frame === turn.evaluated.id) {
    turn.evaluated.evaluation = undefined;
    turn.evaluated = undefined;
  }
}

function isEnd(event: Event): boolean {
  switch (event.kind) {
    case "ExecutionSucceeded":
    case "ExecutionFailed":
    case "ExecutionTimedOut":
    case "ExecutionAborted":
    case "ExpressEnded":
      return true;
    default:
      return false;
  }
}

/** AWS's text for something wrong in a state, e.g. a path without a value. */
export function stateFailure(frame: Frame, failure: { error: string; cause: string }): Failure {
  const where = `the state '${frame.state?.name}' (entered at the event id #${frame.enteredEventId})`;
  return {
    error: failure.error,
    cause: `An error occurred while executing ${where}. ${failure.cause}`,
  };
}

export function runtimeFailure(frame: Frame, cause: string): Failure {
  return stateFailure(frame, { error: "States.Runtime", cause });
}

/** The failure of a path, a template or an expression of the frame's state. */
export function evaluationFailure(
  frame: Frame,
  failure: EvaluationFailure,
  location: string | undefined,
): Failure {
  const failed = stateFailure(frame, failure);
  if (failure.error !== "States.QueryEvaluationError") return failed;
  return { ...failed, evaluation: { location, inExpression: true } };
}

/** What a JSONata field gave cannot be used. */
export function queryFailure(frame: Frame, location: string | undefined, cause: string): Failure {
  const failed = stateFailure(frame, { error: "States.QueryEvaluationError", cause });
  return { ...failed, evaluation: { location, inExpression: false } };
}

/**
 * States.DataLimitExceeded if the value is too big or nested deeper than a JSON text may be (the
 * journal could not be read back), else undefined. `what`: state or task.
 */
export function sizeFailure(turn: Turn, value: Json, what: string): Failure | undefined {
  if (typeof value !== "object" && typeof value !== "string") return undefined;
  const { payloadBytes } = turn.execution.limits;
  if (typeof value === "string" && value.length * 6 + 2 <= payloadBytes) return undefined;
  const { text } = print(value);
  if (exceedsBytes(text, payloadBytes)) {
    return limitExceeded(what, "with a size exceeding the maximum number of bytes service limit");
  }
  // A shorter text has not so many brackets.
  const deep = text.length > 2 * MAX_DEPTH && exceedsDepth(value, MAX_DEPTH);
  return deep ? limitExceeded(what, `nested more than ${MAX_DEPTH} levels deep`) : undefined;
}

function limitExceeded(what: string, how: string): Failure {
  return {
    error: "States.DataLimitExceeded",
    cause: `The state/task '${what}' returned a result ${how}.`,
  };
}
