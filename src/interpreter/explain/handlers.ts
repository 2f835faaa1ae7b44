/** Why Retry and Catch did not save the state that failed, and those around it. */
import type { Retrier, State, WorkFields } from "../../asl/definition.ts";
import { nearest } from "../../asl/spelling.ts";
import { matches } from "../failure.ts";
import type { Failure } from "../execution.ts";
import { retriesOf } from "../visits/retries.ts";
import type { StateVisit, VisitFailure } from "../visits/state-visit.ts";
import type { Explanation, Fact } from "./explanation.ts";
import { isHistoryFull, type FailureSite } from "./failure-site.ts";
import { count } from "./shown-value.ts";

/** The summary begins with a blank, to follow another; it is "" if there is nothing to say. */
export function handlersOf(site: FailureSite): Explanation {
  const { visit, past, error } = site;
  // Nobody can retry or catch that no event fits into the history any more.
  if (isHistoryFull(site)) return NOTHING;
  const levels: StateVisit[] = [];
  for (let one = visit; one !== undefined; one = one.line.parent) levels.push(one);
  const works = levels.flatMap((level) => {
    const state = past.state(level);
    return state !== undefined && isWork(state) ? [{ level, state }] : [];
  });
  if (works.length === 0) return NOTHING;
  if (error === "States.Runtime") return runtimeError(works.map(({ state }) => state));
  const notes = works.map(({ level, state }) => levelNote(site, level, state));
  return {
    summary: notes.map(({ summary }) => summary).join(""),
    facts: notes.flatMap(({ facts }) => facts),
    fixes: notes.flatMap(({ fixes }) => fixes),
  };
}

const NOTHING: Explanation = { summary: "", facts: [], fixes: [] };

function isWork(state: State): state is State & WorkFields {
  return state.type === "Task" || state.type === "Parallel" || state.type === "Map";
}

function runtimeError(states: readonly WorkFields[]): Explanation {
  const has = states.some(({ retry, catch: catchers }) => retry.length + catchers.length > 0);
  if (!has) return NOTHING;
  return {
    summary: " Its Retry and Catch do not count here: States.Runtime is never retried nor caught.",
    facts: [
      { label: "Retry and Catch", value: "not asked: States.Runtime always fails the execution" },
    ],
    fixes: [],
  };
}

function levelNote(site: FailureSite, level: StateVisit, state: WorkFields): Explanation {
  const failure = failureOf(site, level);
  const { name } = state;
  const retry = retryNote(level, state, failure);
  const caught = catchNote(state, failure);
  return {
    summary: retry.summary + caught.summary,
    facts: [
      { label: `Retry of '${name}'`, value: retry.value },
      { label: `Catch of '${name}'`, value: caught.value },
    ],
    fixes: [...retry.fixes, ...caught.fixes],
  };
}

interface Note {
  readonly summary: string;
  readonly value: Fact["value"];
  readonly fixes: readonly string[];
}

/** A missed heartbeat has a second name, but only for the state that missed it. */
function failureOf({ error, cause, visit }: FailureSite, level: StateVisit): Failure {
  const last = level.failures.at(-1);
  const isTimeout = visit === level && error === "States.Timeout" && last !== undefined;
  return isTimeout && isMissedHeartbeat(last)
    ? { error, cause, alias: "States.HeartbeatTimeout" }
    : { error, cause };
}

function isMissedHeartbeat({ eventType }: VisitFailure): boolean {
  return eventType.endsWith("TimedOut");
}

function retryNote(level: StateVisit, state: WorkFields, failure: Failure): Note {
  const { retry, name } = state;
  if (retry.length === 0) return { summary: "", value: "none", fixes: [] };
  const index = retry.findIndex(({ errorEquals }) => matches(errorEquals, failure));
  const retrier = retry[index];
  if (retrier !== undefined) return exhausted(level, state, index, retrier);
  const names = retry.flatMap(({ errorEquals }) => errorEquals);
  return {
    summary: ` The Retry of '${name}' did not help: ${mismatch(names, failure)}.`,
    value: `${shownNames(names)} does not match ${nameOf(failure)}`,
    fixes: [addName("Retry", name, names, failure)],
  };
}

function exhausted(
  level: StateVisit,
  { name }: WorkFields,
  index: number,
  { maxAttempts, errorEquals }: Retrier,
): Note {
  const made = retriesOf(level);
  if (maxAttempts === 0) {
    return {
      summary: ` Retry[${index}] of '${name}' has MaxAttempts 0, so it was not retried.`,
      value: `Retry[${index}] ${shownNames(errorEquals)} with MaxAttempts 0: never`,
      fixes: [],
    };
  }
  return {
    summary: ` It was retried ${count(made, "time")} and Retry[${index}] of '${name}' allows no more (MaxAttempts ${maxAttempts}).`,
    value: `Retry[${index}] ${shownNames(errorEquals)}: ${count(made, "retry").replace("retrys", "retries")} made, MaxAttempts ${maxAttempts}`,
    fixes: [
      `If it would pass by itself: raise MaxAttempts of Retry[${index}], or wait longer between attempts (IntervalSeconds, BackoffRate).`,
    ],
  };
}

function catchNote({ catch: catchers, name }: WorkFields, failure: Failure): Note {
  if (catchers.length === 0) return { summary: "", value: "none", fixes: [] };
  const names = catchers.flatMap(({ errorEquals }) => errorEquals);
  if (matches(names, failure)) {
    return {
      summary: "",
      value: `${shownNames(names)} matches, but its output could not be made`,
      fixes: [],
    };
  }
  return {
    summary: ` The Catch of '${name}' did not help: ${mismatch(names, failure)}.`,
    value: `${shownNames(names)} does not match ${nameOf(failure)}`,
    fixes: [addName("Catch", name, names, failure)],
  };
}

function mismatch(names: readonly string[], failure: Failure): string {
  const error = nameOf(failure);
  if (failure.error === "States.Timeout" && names.includes("States.TaskFailed")) {
    return "States.TaskFailed matches every error but States.Timeout, which came";
  }
  const near = nearName(failure.error ?? "", names);
  const guess = near === undefined ? "" : `; '${near}' is near, but not the same`;
  return `its ErrorEquals ${shownNames(names)} does not name ${error}${guess}`;
}

/** A name that differs a little, or only in what stands before its last dot. */
function nearName(error: string, names: readonly string[]): string | undefined {
  const last = lastPart(error);
  const same = names.find((name) => lastPart(name) === last);
  return (
    same ??
    nearest(error, names) ??
    names.find((name) => nearest(last, [lastPart(name)]) !== undefined)
  );
}

function lastPart(name: string): string {
  return (
    name
      .split(".")
      .pop()
      ?.replace(/(?:Exception|Error)$/u, "")
      .toLowerCase() ?? name
  );
}

function addName(
  field: "Retry" | "Catch",
  state: string,
  names: readonly string[],
  failure: Failure,
): string {
  const near = nearName(failure.error ?? "", names);
  const name = failure.error === undefined || failure.error === "" ? "States.ALL" : failure.error;
  return near === undefined
    ? `Add "${name}" to the ErrorEquals of a ${field} of '${state}' (or use States.ALL as the last one).`
    : `Write "${name}" instead of "${near}" in the ErrorEquals of the ${field} of '${state}'.`;
}

function nameOf({ error }: Failure): string {
  return error === undefined || error === "" ? "an error without a name" : `'${error}'`;
}

function shownNames(names: readonly string[]): string {
  const some = names.slice(0, 8);
  return `[${some.join(", ")}${names.length > some.length ? ", …" : ""}]`;
}
