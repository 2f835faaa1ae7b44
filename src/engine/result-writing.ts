/** Lets the results of Map Runs be written where their ResultWriters say, or gathers them. */
import type { Command, MapRunRef } from "../interpreter/command.ts";
import type { ChildResult } from "../interpreter/map-data.ts";
import { resultRecord } from "../interpreter/result-record.ts";
import type { WrittenResults } from "../interpreter/map-run.ts";
import type { Signal } from "../interpreter/signal.ts";
import type { Json, JsonObject } from "../json/json.ts";
import { stringify } from "../json/stringify.ts";
import { childResults } from "./child-results.ts";
import type { ChildResultsParts } from "./child-results.ts";
import type { EngineLog } from "./engine-log.ts";
import type { LiveExecution } from "./live-execution.ts";
import { parentOf } from "./map-run-child.ts";
import { ResultsUnwritable, StoreUnavailable } from "./ports.ts";
import type { Clock, ResultFiles, ResultWriters } from "./ports.ts";
import type { SignalSink } from "./signal-sink.ts";

/** Milliseconds until everything is written again if something cannot be reached; doubled each time. */
const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;

export interface ResultWritingParts extends ChildResultsParts {
  /** Undefined: this server writes no results. */
  readonly writers: ResultWriters | undefined;
  readonly sink: SignalSink;
  readonly clock: Clock;
  readonly log: EngineLog;
}

type WriteResults = Extract<Command, { type: "WriteResults" }>;
type WriteUnstarted = Extract<Command, { type: "WriteUnstarted" }>;

/** Results being written; the newest for its run and its execution in memory. */
interface Writing {
  readonly live: LiveExecution;
  readonly command: WriteResults;
  isOver: boolean;
  /** Takes the inputs that were asked for; undefined: none are. */
  take: ((command: WriteUnstarted) => void) | undefined;
  /** Ends the pause before it is tried again; undefined: there is none. */
  wake: (() => void) | undefined;
}

/** Rejection of a writing that nobody wants any more. */
class Unwanted extends Error {}

export class ResultWriting {
  readonly #parts: ResultWritingParts;
  /** By execution and the run's start. */
  readonly #writings = new Map<string, Writing>();
  /** Ends when the files of a run are nobody's any more. */
  readonly #ended = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(parts: ResultWritingParts) {
    this.#parts = parts;
  }

  /** Answers with ResultsWritten or ResultsFailed, unless the execution ends before. */
  write(live: LiveExecution, command: WriteResults): void {
    if (this.#stopped) return;
    const key = keyOf(live.id, command.run);
    const before = this.#writings.get(key);
    if (before !== undefined) cancel(before);
    const writing: Writing = { live, command, isOver: false, take: undefined, wake: undefined };
    this.#writings.set(key, writing);
    const ended = (this.#ended.get(key) ?? Promise.resolve()).then(() => this.#write(key, writing));
    this.#ended.set(key, ended);
  }

  /** Takes inputs that were asked for. */
  writeUnstarted(live: LiveExecution, command: WriteUnstarted): void {
    this.#writings.get(keyOf(live.id, command.run))?.take?.(command);
  }

  /** The execution has ended. */
  closeAll(live: LiveExecution): void {
    for (const run of live.execution.mapRuns) {
      const writing = this.#writings.get(keyOf(live.id, run));
      if (writing !== undefined) cancel(writing);
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const writing of this.#writings.values()) cancel(writing);
  }

  async #write(key: string, writing: Writing): Promise<void> {
    const { live, command } = writing;
    const { sink, log } = this.#parts;
    const { run } = command;
    const attempt = { run: run.id, redriveCount: run.redriveCount };
    const done = (signal: Signal | undefined): void => {
      if (this.#writings.get(key) === writing) {
        this.#writings.delete(key);
        this.#ended.delete(key);
      }
      if (signal !== undefined && !writing.isOver) sink.insist(live.id, signal);
    };
    for (let delay = FIRST_DELAY; ; delay = Math.min(delay * 2, LONGEST_DELAY)) {
      if (isUnwanted(writing)) return done(undefined);
      try {
        const written = await this.#writeAll(writing);
        return done({ type: "ResultsWritten", ...attempt, written });
      } catch (failure) {
        if (isUnwanted(writing)) return done(undefined);
        if (!(failure instanceof StoreUnavailable)) {
          if (!(failure instanceof ResultsUnwritable)) {
            log.error({ err: failure, executionId: live.id }, "defect while results were written");
          }
          const cause = failure instanceof Error ? failure.message : String(failure);
          return done({ type: "ResultsFailed", ...attempt, cause });
        }
        const facts = { err: failure, executionId: live.id };
        log.warn(facts, "the results of a Map Run cannot be written now");
      }
      await this.#pause(writing, delay);
    }
  }

  /** Ends when nobody wants the writing any more, too: its successor waits for that. */
  async #pause(writing: Writing, delay: number): Promise<void> {
    const { clock } = this.#parts;
    await new Promise<void>((resolve) => {
      const cancelTimer = clock.schedule(clock.now() + delay, resolve);
      writing.wake = () => {
        cancelTimer();
        resolve();
      };
    });
    writing.wake = undefined;
  }

  async #writeAll(writing: Writing): Promise<WrittenResults> {
    const { target } = writing.command;
    if (target === undefined) return { type: "Gathered", records: await this.#gather(writing) };
    const { writers } = this.#parts;
    if (writers === undefined) {
      throw new ResultsUnwritable("This server has no access to where a ResultWriter writes");
    }
    const files = writers.open(target);
    try {
      for await (const result of this.#results(writing)) await files.add(result);
      await this.#addUnstarted(writing, files);
      if (isUnwanted(writing)) throw new Unwanted();
      return { type: "Exported", manifest: await files.finish() };
    } catch (failure) {
      await files.abort().catch(() => {});
      throw failure;
    }
  }

  async *#results(writing: Writing): AsyncGenerator<ChildResult> {
    const { live, command } = writing;
    const { run, children } = command;
    for await (const result of childResults(this.#parts, parentOf(live), run, children)) {
      if (isUnwanted(writing)) throw new Unwanted();
      yield result;
    }
  }

  /** Records of the children that succeeded; no more than are too many for a state's output. */
  async #gather(writing: Writing): Promise<JsonObject[]> {
    const records: JsonObject[] = [];
    let characters = 0;
    for await (const result of this.#results(writing)) {
      if (result.status !== "SUCCEEDED") continue;
      const record = resultRecord(result);
      records.push(record);
      characters += stringify(record).length;
      if (characters > writing.live.execution.limits.payloadBytes) break;
    }
    return records;
  }

  /** The decider makes the inputs, some at a time. */
  async #addUnstarted(writing: Writing, files: ResultFiles): Promise<void> {
    const { live, command } = writing;
    if (!command.hasUnstarted) return;
    const { run } = command;
    for (let isLast = false; !isLast;) {
      if (isUnwanted(writing)) throw new Unwanted();
      const told = new Promise<WriteUnstarted>((resolve) => {
        writing.take = resolve;
      });
      const attempt = { run: run.id, redriveCount: run.redriveCount };
      this.#parts.sink.insist(live.id, { type: "UnstartedWanted", ...attempt });
      const answer = await told;
      writing.take = undefined;
      if (isUnwanted(writing)) throw new Unwanted();
      for (const input of answer.inputs) await files.add(pending(input));
      ({ isLast } = answer);
    }
  }
}

function pending(input: Json): ChildResult {
  return {
    executionArn: "",
    stateMachineArn: "",
    name: "",
    status: "PENDING",
    input,
    output: undefined,
    error: undefined,
    cause: undefined,
    startedAt: undefined,
    stoppedAt: undefined,
    redriveCount: 0,
  };
}

function keyOf(executionId: number, { id }: Pick<MapRunRef, "id">): string {
  return `${executionId}:${id.startedEventId}`;
}

/** Its successor in memory asks for everything again. */
function isUnwanted({ isOver, live }: Writing): boolean {
  return isOver || live.isGone;
}

function cancel(writing: Writing): void {
  writing.isOver = true;
  writing.wake?.();
  const { run } = writing.command;
  writing.take?.({ type: "WriteUnstarted", run, inputs: [], isLast: true });
}
