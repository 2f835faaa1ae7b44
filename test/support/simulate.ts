/** Runs a definition in virtual time without any shell, and checks the fold after every decision. */
import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { Evaluated, PendingExpression } from "../../src/data/evaluation.ts";
import { parseDefinition } from "../../src/asl/parse-definition.ts";
import { readyFrames, waitsForShell } from "../../src/interpreter/advance.ts";
import type { Command, ScheduledTask } from "../../src/interpreter/command.ts";
import { decide } from "../../src/interpreter/decide.ts";
import {
  newExecution,
  type Execution,
  type ForkPhase,
  type Frame,
} from "../../src/interpreter/execution.ts";
import type { HistoryEvent } from "../../src/interpreter/history.ts";
import type { SourceItem } from "../../src/interpreter/map-data.ts";
import type { ManifestPlace, MapRunPhase, MapRunRef } from "../../src/interpreter/map-run.ts";
import { AWS_LIMITS, type Limits } from "../../src/interpreter/limits.ts";
import { pendingCommands } from "../../src/interpreter/pending.ts";
import { replay } from "../../src/interpreter/replay.ts";
import type { Signal, Surroundings } from "../../src/interpreter/signal.ts";
import type { Json, JsonObject } from "../../src/json/json.ts";
import { parseSource } from "../../src/json/parse.ts";

/** What a task does: gives a result, fails, or never answers. */
export type TaskAnswer =
  | (TaskCourse & { readonly output: Json })
  | (TaskCourse & { readonly error: string; readonly cause?: string })
  | "never";

/** What a child execution of a Map Run gives, or how it ends; "never": it goes on for ever. */
export type ChildAnswer =
  | { readonly output: Json; readonly afterMs?: number }
  | { readonly status: "FAILED" | "TIMED_OUT" | "ABORTED"; readonly afterMs?: number }
  | "never";

/** What an ItemReader gives: all items, in order, or why they cannot be read. */
export type ReaderAnswer = readonly SourceItem[] | { readonly error: string };

/** Where results are exported, or why they cannot be. */
export type WriterAnswer = ManifestPlace | { readonly error: string };

export type StartedChild = Extract<Command, { type: "StartChild" }>;

interface TaskCourse {
  readonly afterMs?: number;
  /** When heartbeats come, also such that are too late. */
  readonly heartbeatsMs?: readonly number[];
  /** What a service answered at once to a job or a callback. */
  readonly submitted?: Json;
  /** The answer comes again a second later. */
  readonly twice?: boolean;
}

export interface SimulationOptions {
  readonly definition: unknown;
  readonly input?: string;
  readonly task?: (task: ScheduledTask) => TaskAnswer;
  /** By default a child gives its input. */
  readonly child?: (child: StartedChild) => ChildAnswer;
  /** What a child that is redriven gives; by default its index. */
  readonly redrivenChild?: (index: number) => ChildAnswer | "missing" | "not redrivable";
  readonly items?: ReaderAnswer;
  /** Most items that a reader gives at a time. */
  readonly pageItems?: number;
  /** How long a page takes to be read. Default 0. */
  readonly pageMs?: number;
  readonly write?: (command: Extract<Command, { type: "WriteResults" }>) => WriterAnswer;
  /** Signals that come at some time (epoch ms). */
  readonly signals?: readonly { readonly at: number; readonly signal: Signal }[];
  readonly limits?: Partial<Limits>;
  /** Epoch ms at which StopExecution is called. */
  readonly stopAt?: number;
  /** How often the execution is redriven, a second after it failed, timed out or was stopped. */
  readonly redrives?: number;
  /** What the guarded evaluator gives for expressions that are not evaluated in process. */
  readonly evaluate?: (expression: PendingExpression, variables: JsonObject) => Evaluated;
  /** A journal to go on from, instead of a start. */
  readonly rows?: readonly { readonly body: string; readonly at: number }[];
  /** Throw the live execution away after every decision and go on with the fold. */
  readonly restartAlways?: boolean;
}

export interface Simulation {
  readonly execution: Execution;
  readonly history: readonly HistoryEvent[];
  readonly rows: readonly { readonly body: string; readonly at: number }[];
  /** Inputs of children that were never started, as they were told for the result files. */
  readonly unstarted: readonly Json[];
  /** `id<previous Type` lines, for compact expectations. */
  readonly lines: readonly string[];
  readonly now: number;
}

export const STARTED_AT = Date.UTC(2026, 0, 1);
const MAX_SIGNALS = 100_000;

const INFO = {
  arn: "arn:aws:states:us-east-1:123456789012:execution:m:e",
  name: "e",
  roleArn: "arn:aws:iam::123456789012:role/r",
  stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:m",
  stateMachineName: "m",
  startedAt: STARTED_AT,
};

/** Makes executions of a definition before their first event. */
export function executionsOf({
  definition: document,
  limits,
}: Pick<SimulationOptions, "definition" | "limits">): () => Execution {
  const text = JSON.stringify(document);
  const { definition, diagnostics } = parseDefinition(text, { type: "STANDARD" });
  if (definition === undefined) throw new Error(JSON.stringify(diagnostics));
  return () => newExecution(INFO, definition, { ...AWS_LIMITS, ...limits });
}

export function simulate(options: SimulationOptions): Simulation {
  const blank = executionsOf(options);
  const parsed = parseSource(options.input ?? "{}");
  if (!parsed.ok) throw new Error(parsed.message);

  let execution = blank();
  let now = STARTED_AT;
  const rows = [...(options.rows ?? [])];
  for (const { body, at } of rows) {
    replay(execution, body, at);
    now = at;
  }
  const timers: { dueAt: number; order: number; signal: Signal }[] = [];
  let order = 0;
  const queue: Signal[] = [];
  if (options.rows === undefined) queue.push({ type: "Started", input: parsed.value });
  if (options.stopAt !== undefined) {
    const signal: Signal = { type: "StopRequested", error: "E", cause: "C" };
    timers.push({ dueAt: options.stopAt, order: order++, signal });
  }

  const fold = (): Execution => {
    const folded = blank();
    for (const { body, at } of rows) replay(folded, body, at);
    return folded;
  };
  const schedule = (dueAt: number, signal: Signal) =>
    timers.push({ dueAt, order: order++, signal });
  const dropPages = ({ id }: MapRunRef) => {
    for (let index = timers.length - 1; index >= 0; index--) {
      const { signal } = timers[index]!;
      const isPage = signal.type === "ItemsRead" || signal.type === "ItemsFailed";
      if (isPage && signal.run.startedEventId === id.startedEventId) timers.splice(index, 1);
    }
  };
  const unstarted: Json[] = [];
  /** Children that do not exist although they are recorded as running: of a run, by index. */
  const missing = new Map<number, Set<number>>();
  const tellMissing = ({ id, redriveCount }: MapRunRef, indexes: readonly number[]) => {
    if (indexes.length === 0) return;
    schedule(now, { type: "ChildrenMissing", run: id, redriveCount, indexes });
  };
  /** A restarted shell looks for all children, and finds that these are missing. */
  const resumeMissing = () => {
    for (const command of pendingCommands(execution)) {
      if (command.type !== "ResumeChildren") continue;
      const gone = missing.get(command.run.id.startedEventId);
      tellMissing(
        command.run,
        command.indexes.filter((index) => gone?.has(index)),
      );
    }
  };
  let writing: Signal | undefined;
  const endChild = (run: MapRunRef, index: number, answer: ChildAnswer) => {
    if (answer === "never") return;
    const status = "status" in answer ? answer.status : "SUCCEEDED";
    const output = "output" in answer ? answer.output : undefined;
    const ends = [{ index, status, output }] as const;
    const { id, redriveCount } = run;
    const dueAt = now + (answer.afterMs ?? 0);
    schedule(dueAt, { type: "ChildrenEnded", run: id, redriveCount, ends });
  };
  const carryOutForMapRun = (command: Command): boolean => {
    if (!("run" in command)) return false;
    const { run } = command;
    const attempt = { run: run.id, redriveCount: run.redriveCount };
    switch (command.type) {
      case "StartChild":
        missing.get(run.id.startedEventId)?.delete(command.index);
        endChild(run, command.index, options.child?.(command) ?? { output: command.input });
        break;
      case "ResumeChildren":
        for (const index of command.indexes) {
          const answer = options.redrivenChild?.(index) ?? { output: index };
          const end = {
            index,
            status: "FAILED",
            output: undefined,
            isNotRedrivable: true,
          } as const;
          if (answer === "missing") {
            const { startedEventId } = run.id;
            missing.set(startedEventId, (missing.get(startedEventId) ?? new Set()).add(index));
            tellMissing(run, [index]);
          } else if (answer === "not redrivable") {
            schedule(now, { type: "ChildrenEnded", ...attempt, ends: [end] });
          } else {
            endChild(run, index, answer);
          }
        }
        break;
      case "StopChildren":
        // The source is closed: what is being read is not told any more.
        dropPages(run);
        for (const index of command.indexes) endChild(run, index, { status: "ABORTED" });
        break;
      case "ReadItems": {
        const all = options.items ?? [];
        const { from } = command;
        const dueAt = now + (options.pageMs ?? 0);
        if ("error" in all) {
          schedule(dueAt, { type: "ItemsFailed", ...attempt, from, cause: all.error });
        } else {
          const end = from + Math.min(command.limit, options.pageItems ?? Infinity);
          const items = all.slice(from, end);
          const isLast = end >= all.length;
          schedule(dueAt, { type: "ItemsRead", ...attempt, from, items, isLast });
        }
        break;
      }
      case "WriteResults": {
        const answer = options.write?.(command) ?? { bucket: "b", key: "k/manifest.json" };
        writing =
          "error" in answer
            ? { type: "ResultsFailed", ...attempt, cause: answer.error }
            : command.target === undefined
              ? { type: "ResultsWritten", ...attempt, written: { type: "Gathered", records: [] } }
              : {
                  type: "ResultsWritten",
                  ...attempt,
                  written: { type: "Exported", manifest: answer },
                };
        schedule(now, command.hasUnstarted ? { type: "UnstartedWanted", ...attempt } : writing);
        break;
      }
      case "WriteUnstarted":
        unstarted.push(...command.inputs);
        schedule(now, command.isLast ? writing! : { type: "UnstartedWanted", ...attempt });
        break;
    }
    return true;
  };
  const carryOut = (command: Command) => {
    if (carryOutForMapRun(command)) return;
    if (command.type === "ArmTimer") {
      schedule(command.dueAt, { type: "TimerFired", timer: command.timer });
    } else if (command.type === "Evaluate") {
      const { evaluate } = options;
      if (evaluate === undefined) throw new Error("the simulation has no evaluator");
      const { expressions, variables } = command;
      const results = new Map(expressions.map((one) => [one.field, evaluate(one, variables)]));
      schedule(now, { type: "Evaluated", id: command.id, results });
    } else if (command.type === "StartTask") {
      const answer: TaskAnswer = options.task?.(command.task) ?? { output: {} };
      if (answer === "never") return;
      const task = command.task.id;
      const dueAt = now + (answer.afterMs ?? 0);
      schedule(now, { type: "TaskStarted", task });
      if (answer.submitted !== undefined && command.task.resource.type === "Service") {
        schedule(now, { type: "TaskSubmitted", task, output: answer.submitted });
      }
      for (const afterMs of answer.heartbeatsMs ?? []) {
        schedule(now + afterMs, { type: "TaskHeartbeat", task });
      }
      const signal: Signal =
        "output" in answer
          ? { type: "TaskSucceeded", task, output: answer.output }
          : { type: "TaskFailed", task, kind: "Failed", error: answer.error, cause: answer.cause };
      schedule(dueAt, signal);
      if (answer.twice === true) schedule(dueAt + 1000, signal);
    }
  };

  for (const { at, signal } of options.signals ?? []) schedule(at, signal);
  let redrives = options.redrives ?? 0;
  for (let signals = 0; ; signals++) {
    if (signals > MAX_SIGNALS) throw new Error("the simulation does not end");
    if (execution.status !== "RUNNING") {
      if (execution.status === "SUCCEEDED" || redrives-- === 0) break;
      now += 1000;
      // Timers and answers of the time before stay: they must change nothing.
      queue.splice(0, Infinity, { type: "RedriveRequested" });
    }
    let signal = queue.shift();
    if (signal === undefined) {
      timers.sort((a, b) => a.dueAt - b.dueAt || a.order - b.order);
      const timer = timers.shift();
      if (timer === undefined) break;
      now = Math.max(now, timer.dueAt);
      signal = timer.signal;
    }
    // Hidden events may be spread over more rows after restarts.
    const surroundings = surroundingsAt(now, execution.lastEventId);
    const decision = decide(execution, signal, surroundings);
    if (decision.body !== "") rows.push({ body: decision.body, at: now });
    const folded = fold();
    expect(snapshot(folded)).toEqual(snapshot(execution));
    expect(pendingCommands(folded)).toEqual(pendingCommands(execution));
    const goesOn = decision.more || waitsForShell(execution);
    // Of missing children a restarted shell has to hear again first.
    if (!isStartingMissing(execution)) expect(readyFrames(folded).length > 0).toBe(goesOn);
    decision.commands.forEach(carryOut);
    if (decision.more) queue.push({ type: "Continue" });
    if (options.restartAlways === true && decision.body !== "") {
      execution = folded;
      resumeMissing();
      // What was being evaluated is forgotten and asked for again.
      if (!decision.more && readyFrames(folded).length > 0) queue.push({ type: "Continue" });
    }
  }

  const history: HistoryEvent[] = [];
  const observed = blank();
  for (const { body, at } of rows) replay(observed, body, at, (event) => history.push(event));
  expect(history.map(({ id }) => id)).toEqual(history.map((_, index) => index + 1));
  const lines = history.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`);
  return { execution, history, rows, lines, unstarted, now };
}

function surroundingsAt(at: number, seed: number): Surroundings {
  return {
    at,
    random: () => 0.5,
    uuid: () => `00000000-0000-4000-8000-${String(seed).padStart(12, "0")}`,
    hash: (algorithm, text) =>
      createHash(algorithm.replace("-", "").toLowerCase()).update(text).digest("hex"),
    token: ({ frame, scheduledEventId }) => `token-${frame}-${scheduledEventId}`,
    mapRunUuid: (startedEventId) => `run-${startedEventId}`,
  };
}

function isStartingMissing({ frames }: Execution): boolean {
  return [...frames.values()].some(({ phase, mapWork }) => {
    if (phase.type !== "MapRun" || mapWork === undefined) return false;
    const { missing, building } = mapWork;
    const isOld = building !== undefined && phase.run?.running.has(building.index) === true;
    return missing.length > 0 || isOld;
  });
}

/** Everything of the live state that matters, as plain data. */
function snapshot(execution: Execution): unknown {
  const { status, lastEventId, input, output, error, cause, stoppedAt, nextFrameId } = execution;
  const live = [...execution.frames.keys()];
  const frames = framesBelow(execution.root).map((frame) => ({
    ...frame,
    evaluation: undefined,
    mapWork: undefined,
    machine: frame.machine.startAt,
    parent: frame.parent?.id,
    state: frame.state?.name,
    variables: frame.variables === undefined ? undefined : [...frame.variables],
    phase:
      frame.phase.type === "Fork"
        ? plainFork(frame.phase)
        : frame.phase.type === "Failing" && frame.phase.fork !== undefined
          ? { ...frame.phase, fork: plainFork(frame.phase.fork) }
          : frame.phase.type === "MapRun"
            ? plainFork(frame.phase)
            : frame.phase,
  }));
  const facts = { status, lastEventId, input, output, error, cause, stoppedAt, nextFrameId };
  const { redrive, mapRuns } = execution;
  return { ...facts, redrive, mapRuns, live, frames };
}

/** The frame and all below it, also those that wait for a redrive. */
function framesBelow(frame: Frame): Frame[] {
  const fork =
    frame.phase.type === "Fork"
      ? frame.phase
      : frame.phase.type === "Failing"
        ? frame.phase.fork
        : undefined;
  const children = fork?.type === "Fork" ? [...fork.children.values()] : [];
  return [frame, ...children.flatMap(framesBelow)];
}

function plainFork(fork: ForkPhase | MapRunPhase): unknown {
  if (fork.type === "MapRun") return { ...fork, state: undefined };
  return { ...fork, state: undefined, children: [...fork.children.keys()] };
}
