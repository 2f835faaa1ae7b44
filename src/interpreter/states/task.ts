import type { Resource, TaskState } from "../../asl/definition.ts";
import { completedParameters, unusableParameters } from "../../asl/service-parameters.ts";
import type { Json } from "../../json/json.ts";
import { stringify } from "../../json/stringify.ts";
import type { ScheduledTask } from "../command.ts";
import { applyInputPath, applyPayload, type Halted } from "../data-flow.ts";
import { taskStateOf, type Execution, type Frame, type TaskPhase } from "../execution.ts";
import { cancelTask, fail } from "../failure.ts";
import { halt } from "../halt.ts";
import { emit, runtimeFailure, sizeFailure, type Turn } from "../turn.ts";
import { readAmount } from "./amount.ts";

/** Task: schedules an attempt; the shell carries it out and signals what became of it. */
export function runTask(turn: Turn, frame: Frame, state: TaskState): void {
  const input = applyInputPath(turn, frame, state.inputPath);
  if (!input.ok) return halt(turn, frame, input);
  const extras = { taskToken: nextToken(turn, frame, state.resource) };
  const parameters = applyPayload(turn, frame, state.parameters, input.value, extras);
  if (!parameters.ok) return halt(turn, frame, parameters);
  const stage = state.language === "JSONata" ? "afterArguments" : "afterParameters";
  turn.probe?.inspect(stage, parameters.value);
  const timeout = readAmount(turn, frame, state.timeoutSeconds, input.value, "TimeoutSeconds", 1);
  if (!timeout.ok) return halt(turn, frame, timeout);
  const { heartbeatSeconds } = state;
  const heartbeat = readAmount(turn, frame, heartbeatSeconds, input.value, "HeartbeatSeconds", 1);
  if (!heartbeat.ok) return halt(turn, frame, heartbeat);
  const credentials = evaluateCredentials(turn, frame, state, input.value);
  if (!credentials.ok) return halt(turn, frame, credentials);
  if (parameters.value !== frame.input) {
    const tooBig = sizeFailure(turn, parameters.value, state.name);
    if (tooBig !== undefined) return fail(turn, frame, tooBig);
  }
  const reasons = unusableParameters(state.resource, parameters.value);
  if (reasons.length > 0) {
    const text = stringify(parameters.value);
    const cause = `The Parameters '${text}' could not be used to start the Task: [${reasons.join(", ")}]`;
    return fail(turn, frame, runtimeFailure(frame, cause));
  }
  emit(turn, {
    kind: "TaskScheduled",
    frame: frame.id,
    parameters: completedParameters(state.resource, parameters.value),
    credentials: credentials.value,
    timeoutSeconds: timeout.value,
    heartbeatSeconds: heartbeat.value,
  });
  const phase = frame.phase as TaskPhase;
  turn.commands.push({ type: "StartTask", task: scheduledTask(frame, phase) });
  armTimer(turn, frame, phase);
}

function evaluateCredentials(
  turn: Turn,
  frame: Frame,
  state: TaskState,
  input: Json,
): { readonly ok: true; readonly value: Json | undefined } | Halted {
  if (state.credentials === undefined) return { ok: true, value: undefined };
  return applyPayload(turn, frame, state.credentials, input);
}

/** The token of the attempt that is about to be scheduled; the …Scheduled event gets the next id. */
function nextToken(turn: Turn, frame: Frame, resource: Resource): string | undefined {
  if (resource.type !== "Service" || resource.pattern !== "WaitForTaskToken") return undefined;
  const scheduledEventId = turn.execution.lastEventId + 1;
  return turn.surroundings.token({ frame: frame.id, scheduledEventId });
}

/** The attempt that a frame waits for. */
export function scheduledTask(frame: Frame, phase: TaskPhase): ScheduledTask {
  const state = taskStateOf(frame);
  return {
    id: { frame: frame.id, scheduledEventId: phase.scheduledEventId },
    resource: state.resource,
    parameters: phase.parameters,
    timeoutSeconds: phase.timeoutSeconds,
    heartbeatSeconds: phase.heartbeatSeconds,
    credentials: phase.credentials,
    stateName: state.name,
    retryCount: frame.retryCount,
    started: phase.started,
    submitted: phase.submitted,
    submittedOutput: phase.submittedOutput,
    callNumber: phase.callNumber,
  };
}

/** When the attempt times out next; undefined: never, or not before it is started. */
export function taskDueAt(phase: TaskPhase): number | undefined {
  if (phase.countsFrom === undefined) return undefined;
  const { timeoutSeconds, heartbeatSeconds } = phase;
  const timeoutAt =
    timeoutSeconds === undefined ? Infinity : phase.countsFrom + timeoutSeconds * 1000;
  const missedAt =
    heartbeatSeconds === undefined ? Infinity : phase.heartbeatAt + heartbeatSeconds * 1000;
  const dueAt = Math.min(timeoutAt, missedAt);
  return dueAt === Infinity ? undefined : dueAt;
}

function armTimer(turn: Turn, frame: Frame, phase: TaskPhase): void {
  const dueAt = taskDueAt(phase);
  if (dueAt === undefined || phase.serial === 0) return;
  const timer = { frame: frame.id, serial: phase.serial };
  turn.commands.push({ type: "ArmTimer", timer, dueAt });
}

export function taskStarted(
  turn: Turn,
  frame: Frame,
  phase: TaskPhase,
  workerName: string | undefined,
): void {
  if (phase.started) return;
  emit(turn, { kind: "TaskStarted", frame: frame.id, workerName });
  if (taskStateOf(frame).resource.type === "Activity") armTimer(turn, frame, phase);
}

/** The attempt has a result; too big a one is a failure (AWS: States.DataLimitExceeded). */
export function taskSucceeded(turn: Turn, frame: Frame, phase: TaskPhase, output: Json): void {
  taskStarted(turn, frame, phase, undefined);
  const { resource } = taskStateOf(frame);
  const what = resource.type === "Service" ? resource.service : resource.arn;
  const tooBig = sizeFailure(turn, output, what);
  if (tooBig !== undefined) {
    const { error, cause } = tooBig;
    emit(turn, { kind: "TaskFailed", frame: frame.id, how: "Failed", error, cause });
    return fail(turn, frame, tooBig);
  }
  emit(turn, { kind: "TaskSucceeded", frame: frame.id, output });
  turn.probe?.inspect("result", output);
  turn.work.push(frame);
}

/** The task's timer fired: a time-out, or a heartbeat came meanwhile and the timer is set again. */
export function taskTimer(turn: Turn, frame: Frame, phase: TaskPhase): void {
  const { at } = turn.surroundings;
  const dueAt = taskDueAt(phase);
  if (dueAt === undefined) return;
  if (dueAt > at) {
    emit(turn, { kind: "TaskTimerArmed", frame: frame.id });
    armTimer(turn, frame, phase);
    return;
  }
  const timedOut = isOver(phase.countsFrom, phase.timeoutSeconds, at);
  cancelTask(turn, frame);
  // AWS reports a missed heartbeat as States.Timeout, too (recorded), without a cause.
  const failure = { error: "States.Timeout", cause: undefined };
  const how = timedOut ? "TimedOut" : "HeartbeatMissed";
  emit(turn, { kind: "TaskFailed", frame: frame.id, how, ...failure });
  fail(turn, frame, timedOut ? failure : { ...failure, alias: "States.HeartbeatTimeout" });
}

function isOver(from: number | undefined, seconds: number | undefined, at: number): boolean {
  return from !== undefined && seconds !== undefined && from + seconds * 1000 <= at;
}

/** Whether an attempt is still waited for. */
export function taskStatus(
  execution: Execution,
  task: { frame: number; scheduledEventId: number },
): "Open" | "Closed" {
  return openTask(execution, task) === undefined ? "Closed" : "Open";
}

/** The frame that waits for this very attempt. */
export function openTask(
  execution: Execution,
  task: { frame: number; scheduledEventId: number },
): { frame: Frame; phase: TaskPhase } | undefined {
  const frame = execution.frames.get(task.frame);
  if (frame?.phase.type !== "Task") return undefined;
  if (frame.phase.scheduledEventId !== task.scheduledEventId) return undefined;
  return { frame, phase: frame.phase };
}
