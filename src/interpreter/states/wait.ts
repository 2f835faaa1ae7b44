import type { Until, WaitState } from "../../asl/definition.ts";
import type { Payload } from "../../data/evaluation.ts";
import { parseTimestamp } from "../../data/timestamp.ts";
import { isNumber, toNumber } from "../../json/number.ts";
import type { Json } from "../../json/json.ts";
import { stringify } from "../../json/stringify.ts";
import { applyInputPath, type Halted } from "../data-flow.ts";
import type { Frame } from "../execution.ts";
import { exitWithInput } from "../exit.ts";
import { fail } from "../failure.ts";
import { halt } from "../halt.ts";
import { scopeOf } from "../scope.ts";
import { emit, queryFailure, runtimeFailure, type Turn } from "../turn.ts";
import { typedPayload } from "./typed-payload.ts";

/** Wait: parks the frame until the time has come; a time that is past does not wait. */
export function runWait(turn: Turn, frame: Frame, state: WaitState): void {
  const input = applyInputPath(turn, frame, state.inputPath);
  if (!input.ok) return halt(turn, frame, input);
  const due = dueTime(turn, frame, state.until, input.value);
  if ("problem" in due) return fail(turn, frame, runtimeFailure(frame, due.problem));
  if ("ok" in due) return halt(turn, frame, due);
  if (due.at <= turn.surroundings.at) return leaveWait(turn, frame, state);
  emit(turn, { kind: "WaitStarted", frame: frame.id, dueAt: due.at });
  const timer = { frame: frame.id, serial: turn.execution.lastTimerSerial };
  turn.commands.push({ type: "ArmTimer", timer, dueAt: due.at });
}

/** The time has come. What may need the guarded evaluator is done in a phase that can go on by itself. */
export function endWait(turn: Turn, frame: Frame, state: WaitState): void {
  const evaluates = state.output !== undefined || state.assign !== undefined;
  if (state.language === "JSONPath" || !evaluates) return leaveWait(turn, frame, state);
  emit(turn, { kind: "WaitEnded", frame: frame.id });
}

/** Leaves a state that has waited. */
export function leaveWait(turn: Turn, frame: Frame, state: WaitState): void {
  const input = applyInputPath(turn, frame, state.inputPath);
  if (!input.ok) return halt(turn, frame, input);
  exitWithInput(turn, frame, state, input.value);
}

type Due = { readonly at: number } | { readonly problem: string } | Halted;

function dueTime(turn: Turn, frame: Frame, until: Until, input: Json): Due {
  switch (until.type) {
    case "Seconds":
      return { at: turn.surroundings.at + until.seconds * 1000 };
    case "SecondsPath":
      return secondsAt(turn, until.path.text, until.path.read(scopeOf(turn, frame, input)));
    case "Timestamp":
      return { at: parseTimestamp(until.timestamp) ?? turn.surroundings.at };
    case "TimestampPath":
      return timestampAt(until.path.text, until.path.read(scopeOf(turn, frame, input)));
    case "SecondsExpression":
      return secondsExpression(turn, frame, until.payload);
    case "TimestampExpression":
      return timestampExpression(turn, frame, until.payload);
  }
}

/** AWS: "Seconds is an integer 0..99,999,999". The texts are recorded from AWS. */
function secondsAt(turn: Turn, path: string, value: Json | undefined): Due {
  if (value === undefined) {
    return { problem: `The SecondsPath parameter does not reference an input value: ${path}` };
  }
  const shown = `${path} == ${typeof value === "string" ? value : stringify(value)}`;
  const seconds = isNumber(value) ? toNumber(value) : NaN;
  if (!Number.isInteger(seconds)) {
    return { problem: `The SecondsPath parameter cannot be parsed as a long value: ${shown}` };
  }
  if (seconds < 0) {
    return { problem: `The SecondsPath parameter references a negative value: ${shown}` };
  }
  if (seconds > MAX_SECONDS) {
    return {
      problem: `The SecondsPath parameter references a value greater than ${MAX_SECONDS}: ${shown}`,
    };
  }
  return { at: turn.surroundings.at + seconds * 1000 };
}

const MAX_SECONDS = 99_999_999;

function secondsExpression(turn: Turn, frame: Frame, payload: Payload): Due {
  const stage = typedPayload(turn, frame, payload, "Seconds", "number");
  if (!stage.ok) return stage;
  const seconds = isNumber(stage.value) ? toNumber(stage.value) : NaN;
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > MAX_SECONDS) {
    const cause = `The Seconds field must be an integer between 0 and ${MAX_SECONDS} but was: ${stringify(stage.value)}`;
    return { ok: false, failure: queryFailure(frame, "Seconds", cause) };
  }
  return { at: turn.surroundings.at + seconds * 1000 };
}

function timestampExpression(turn: Turn, frame: Frame, payload: Payload): Due {
  const stage = typedPayload(turn, frame, payload, "Timestamp", "string");
  if (!stage.ok) return stage;
  const at = typeof stage.value === "string" ? parseTimestamp(stage.value) : undefined;
  if (at !== undefined) return { at };
  const shown = typeof stage.value === "string" ? stage.value : stringify(stage.value);
  const cause = `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${shown}`;
  return { ok: false, failure: queryFailure(frame, "Timestamp", cause) };
}

function timestampAt(path: string, value: Json | undefined): Due {
  if (value === undefined) {
    return { problem: `The TimestampPath parameter does not reference an input value: ${path}` };
  }
  const at = typeof value === "string" ? parseTimestamp(value) : undefined;
  if (at !== undefined) return { at };
  const shown = `${path} == ${typeof value === "string" ? value : stringify(value)}`;
  return {
    problem: `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${shown}`,
  };
}
