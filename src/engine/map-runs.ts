/**
 * Map Runs, seen from outside of their parents: their child executions, their items and their results.
 * Who is to run is decided, and recorded, by the parents alone; a child is named after its run and its
 * number in it, so none is ever made twice.
 */
import type { Command } from "../interpreter/command.ts";
import { ItemReading } from "./item-reading.ts";
import type { LiveExecution } from "./live-execution.ts";
import { childOf, parentOf } from "./map-run-child.ts";
import { MapRunChildren } from "./map-run-children.ts";
import type { MapRunChildrenParts } from "./map-run-children.ts";
import { isChildOfMapRun, mapRunOfRecord, parseChildName } from "./map-run-names.ts";
import type { ExecutionRecord, ItemSources, ResultWriters, Store } from "./ports.ts";
import { ResultWriting } from "./result-writing.ts";

export interface MapRunsParts extends MapRunChildrenParts {
  readonly store: Pick<Store, "findExecution" | "readExecution" | "readJournal">;
  /** Undefined: this server reads no items, writes no results. */
  readonly itemSources: ItemSources | undefined;
  readonly resultWriters: ResultWriters | undefined;
}

export type MapRunCommand = Extract<
  Command,
  {
    type:
      | "StartChild"
      | "ResumeChildren"
      | "StopChildren"
      | "ReadItems"
      | "WriteResults"
      | "WriteUnstarted";
  }
>;

export class MapRuns {
  readonly #parts: MapRunsParts;
  readonly #children: MapRunChildren;
  readonly #reading: ItemReading;
  readonly #writing: ResultWriting;
  #stopped = false;

  constructor(parts: MapRunsParts) {
    this.#parts = parts;
    this.#children = new MapRunChildren(parts);
    this.#reading = new ItemReading({ ...parts, sources: parts.itemSources });
    this.#writing = new ResultWriting({ ...parts, writers: parts.resultWriters });
  }

  /** Carries out a command of `live`; what it rests on is durable. */
  carryOut(live: LiveExecution, command: MapRunCommand): void {
    if (this.#stopped) return;
    const parent = parentOf(live);
    const { run } = command;
    switch (command.type) {
      case "StartChild":
        this.#children.start(childOf(parent, run, command.index), command);
        break;
      case "ResumeChildren":
        this.#children.resume(command.indexes.map((index) => childOf(parent, run, index)));
        break;
      case "StopChildren":
        for (const index of command.indexes) this.#children.end(childOf(parent, run, index));
        this.#reading.close(parent.id, run.id.startedEventId);
        break;
      case "ReadItems":
        this.#reading.read(live, command);
        break;
      case "WriteResults":
        this.#writing.write(live, command);
        break;
      case "WriteUnstarted":
        this.#writing.writeUnstarted(live, command);
        break;
    }
  }

  /** An execution has ended durably. */
  closed(live: LiveExecution): void {
    const { record, execution } = live;
    this.#reading.closeAll(live.id);
    this.#writing.closeAll(live);
    if (isChildOfMapRun(record)) this.#children.closed(record, execution);
  }

  /** Ends a child execution, found running at the start of the server, that no run waits for. */
  async endIfOrphan(record: ExecutionRecord): Promise<void> {
    const { executionId, startedEventId } = mapRunOfRecord(record);
    const parent = this.#parts.shard.live.get(executionId);
    if (parent === undefined) {
      const stored = await this.#parts.store.readExecution(executionId);
      // One that could not be read at start is not in memory; its children wait for it.
      const isWaitedFor = stored?.status === "RUNNING" && stored.parkedUntil === undefined;
      if (isWaitedFor) return;
    } else {
      // What is not durable yet ends its children itself.
      if (parent.uncommitted > 0) return;
      const run = parent.execution.mapRuns.find(({ id }) => id.startedEventId === startedEventId);
      const index = parseChildName(record.name)?.index;
      if (index !== undefined && run?.status === "RUNNING" && run.running.has(index)) return;
    }
    const none = { error: undefined, cause: undefined };
    this.#parts.sink.insist(record.id, { type: "StopRequested", ...none });
  }

  /** Starts, reads, writes and looks for nothing more. */
  stop(): void {
    this.#stopped = true;
    this.#children.stop();
    this.#reading.stop();
    this.#writing.stop();
  }
}
