/**
 * What happens when a state fails: retry, catch, or the failure of whatever the state is in. The only
 * place that reads Retry and Catch.
 */
import type { Catcher, Retrier, WorkFields } from "../asl/definition.ts";
import type { Json } from "../json/json.ts";
import { applyResultPath, evaluateAssign, outputAndAssign } from "./data-flow.ts";
import { requestEvaluation } from "./evaluation-request.ts";
import type { Failure, Frame } from "./execution.ts";
import { mapRunRef } from "./map-run.ts";
import { emit, sizeFailure, type Turn } from "./turn.ts";
import { assignFailure } from "./variable-limits.ts";

/** Fails the state that `frame` is in. */
export function fail(turn: Turn, frame: Frame, failure: Failure): void {
  turn.probe?.failed(failure);
  // A Map that waits for the evaluation of an item fails with one of its iterations.
  if (frame.evaluation?.isOpen === true) frame.evaluation = undefined;
  abortChildren(turn, frame);
  const isFork = hasChildren(frame) || isForkWithout(frame, failure);
  if (failure.evaluation !== undefined) showEvaluationFailure(turn, frame, failure);
  const work = failure.error === "States.Runtime" ? undefined : workFields(frame);
  if (work !== undefined && retry(turn, frame, work, failure)) return;
  if (isFork) {
    const { error, cause } = failure;
    emit(turn, { kind: "ForkFailed", frame: frame.id, error, cause });
  }
  if (work !== undefined && catchFailure(turn, frame, work, failure)) return;
  propagate(turn, frame, failure);
}

/** A distributed Map fails as such only after its Map Run. */
function hasChildren({ phase }: Frame): boolean {
  return phase.type === "Fork" || (phase.type === "MapRun" && phase.run !== undefined);
}

/** Recorded from AWS: MapStateFailed follows EvaluationFailed also when no child was started. */
function isForkWithout(frame: Frame, failure: Failure): boolean {
  const type = frame.state?.type;
  return failure.evaluation !== undefined && (type === "Map" || type === "Parallel");
}

function showEvaluationFailure(turn: Turn, frame: Frame, failure: Failure): void {
  emit(turn, {
    kind: "EvaluationFailed",
    frame: frame.id,
    error: failure.error ?? "",
    cause: failure.cause ?? "",
    location: failure.evaluation?.location,
    beforeEntry:
      failure.evaluation?.inExpression === true && frame.lastEventId === frame.enteredEventId,
  });
}

function workFields(frame: Frame): WorkFields | undefined {
  const { state } = frame;
  return state?.type === "Task" || state?.type === "Parallel" || state?.type === "Map"
    ? state
    : undefined;
}

/** Whether one of a retrier's or catcher's names means this failure. */
export function matches(names: readonly string[], failure: Failure): boolean {
  return names.some((name) => matchesName(name, failure));
}

function matchesName(name: string, failure: Failure): boolean {
  if (name === "States.ALL" || name === failure.error) return true;
  if (failure.alias !== undefined && name === failure.alias) return true;
  return name === "States.TaskFailed" && failure.error !== "States.Timeout";
}

/** True if the first retrier that matches has an attempt left. */
function retry(turn: Turn, frame: Frame, work: WorkFields, failure: Failure): boolean {
  const index = work.retry.findIndex(({ errorEquals }) => matches(errorEquals, failure));
  const retrier = work.retry[index];
  const made = frame.attempts?.[index] ?? 0;
  if (retrier !== undefined) turn.probe?.count("retryIndex", index);
  if (retrier === undefined || made >= retrier.maxAttempts) return false;
  const { surroundings } = turn;
  const delay = retryDelaySeconds(retrier, made);
  const seconds = retrier.jitter === "FULL" ? surroundings.random() * delay : delay;
  turn.probe?.count("retryBackoffIntervalSeconds", seconds);
  const dueAt = surroundings.at + Math.ceil(seconds * 1000);
  emit(turn, { kind: "RetryScheduled", frame: frame.id, retrier: index, dueAt });
  const serial = turn.execution.lastTimerSerial;
  turn.commands.push({ type: "ArmTimer", timer: { frame: frame.id, serial }, dueAt });
  return true;
}

/** IntervalSeconds * BackoffRate^made, at most MaxDelaySeconds (States Language, "Retriers"). */
export function retryDelaySeconds(retrier: Retrier, made: number): number {
  const delay = retrier.intervalSeconds * retrier.backoffRate ** made;
  return Math.min(delay, retrier.maxDelaySeconds ?? LONGEST_DELAY_SECONDS);
}

/** One year, as long as an execution may live: keeps huge back-offs finite. */
const LONGEST_DELAY_SECONDS = 31_536_000;

function catchFailure(turn: Turn, frame: Frame, work: WorkFields, failure: Failure): boolean {
  const index = work.catch.findIndex(({ errorEquals }) => matches(errorEquals, failure));
  const catcher = work.catch[index];
  if (catcher === undefined) return false;
  turn.probe?.count("catchIndex", index);
  const errorOutput = { Error: failure.error ?? "", Cause: failure.cause ?? "" };
  exitToCatcher(turn, frame, catcher, errorOutput);
  return true;
}

function exitToCatcher(turn: Turn, frame: Frame, catcher: Catcher, errorOutput: Json): void {
  const caught = catcherOutput(turn, frame, catcher, errorOutput);
  if (!caught.ok) {
    if ("pending" in caught) return requestEvaluation(turn, frame, caught);
    if (caught.failure.evaluation !== undefined) showEvaluationFailure(turn, frame, caught.failure);
    return propagate(turn, frame, caught.failure);
  }
  const { output, assigned } = caught;
  const name = frame.state?.name ?? "";
  const tooBig = assignFailure(turn, frame, assigned) ?? sizeFailure(turn, output, name);
  if (tooBig !== undefined) return propagate(turn, frame, tooBig);
  emit(turn, { kind: "StateExited", frame: frame.id, output, assigned, next: catcher.next });
  turn.work.push(frame);
}

function catcherOutput(
  turn: Turn,
  frame: Frame,
  catcher: Catcher,
  errorOutput: Json,
): ReturnType<typeof outputAndAssign> {
  if (frame.state?.language === "JSONata") {
    return outputAndAssign(turn, frame, catcher, errorOutput, { errorOutput });
  }
  const output = applyResultPath(frame, catcher.resultPath, frame.input, errorOutput);
  if (!output.ok) return output;
  const assign = evaluateAssign(turn, frame, catcher.assign, errorOutput);
  return assign.ok ? { ok: true, output: output.value, assigned: assign.assigned } : assign;
}

/** Nothing in the state caught it: its branch, iteration or the whole execution fails. */
function propagate(turn: Turn, frame: Frame, failure: Failure): void {
  const { parent } = frame;
  if (parent === undefined) {
    emit(turn, { kind: "ExecutionFailed", error: failure.error, cause: failure.cause });
    return;
  }
  const kind = parent.state?.type === "Map" ? "IterationFailed" : "BranchFailed";
  emit(turn, { kind, frame: frame.id });
  if (frame.state?.type === "Task") {
    emit(turn, { kind: "FailedStateAborted", frame: parent.id, child: frame.id });
  }
  // What was shown as EvaluationFailed further in is not shown again.
  fail(turn, parent, { error: failure.error, cause: failure.cause });
}

/** Ends the branches or iterations that still run, innermost first. */
function abortChildren(turn: Turn, frame: Frame): void {
  if (frame.phase.type !== "Fork") return;
  for (const child of frame.phase.children.values()) {
    // The one that failed is over already.
    if (!turn.execution.frames.has(child.id)) continue;
    abortChildren(turn, child);
    cancelTask(turn, child);
    if (hasOpenMapRun(child)) emit(turn, { kind: "MapRunAborted", frame: child.id });
    if (isUnderWay(child)) emit(turn, { kind: "StateAborted", frame: child.id });
    // The frames of branches go with the fork itself.
    if (frame.state?.type === "Map") emit(turn, { kind: "IterationAborted", frame: child.id });
  }
}

/** States that take time can be aborted; the others are over before anyone could. */
function isUnderWay(frame: Frame): boolean {
  switch (frame.phase.type) {
    case "Task":
    case "Fork":
    case "MapRun":
    case "Waiting":
    case "Backoff":
      return true;
    case "Ready":
    case "Entered":
    case "Worked":
    case "Failing":
    case "Finished":
      return false;
  }
}

/** Tells the shell that nobody waits for the frame's task or child executions any more. */
export function cancelTask(turn: Turn, frame: Frame): void {
  stopChildExecutions(turn, frame);
  if (frame.phase.type !== "Task" || frame.state?.type !== "Task") return;
  turn.commands.push({
    type: "CancelTask",
    task: { frame: frame.id, scheduledEventId: frame.phase.scheduledEventId },
    resource: frame.state.resource,
  });
}

function hasOpenMapRun({ phase }: Frame): boolean {
  return phase.type === "MapRun" && phase.run?.status === "RUNNING";
}

/** Tells the shell to end the child executions of the frame's Map Run, and to read no more items. */
export function stopChildExecutions(turn: Turn, { phase }: Frame): void {
  if (phase.type !== "MapRun" || phase.run?.status !== "RUNNING") return;
  const { run } = phase;
  if (run.running.size === 0 && run.query === undefined) return;
  const indexes = [...run.running.keys()];
  turn.commands.push({ type: "StopChildren", run: mapRunRef(run), indexes });
}
