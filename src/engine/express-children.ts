/**
 * EXPRESS child executions of Map Runs: in memory while they run, and in the store from their end on,
 * which is told to their parents only then. After a crash those run again that had not ended durably.
 */
import { expressEndRow, expressRow } from "../interpreter/express-row.ts";
import type { Execution } from "../interpreter/execution.ts";
import type { Json } from "../json/json.ts";
import type { CompiledRevision } from "./catalog/definition-cache.ts";
import { decodeDetails, encodeDetails } from "./execution-details.ts";
import type { ExecutionLoader, MachineDirectory } from "./execution-loader.ts";
import type { Express } from "./express.ts";
import type { GroupCommit } from "./group-commit.ts";
import { collectionOf, detailsOf, encodeChildDetails, machineOf } from "./map-run-child.ts";
import type { Child } from "./map-run-child.ts";
import type { Clock, ExecutionRecord, JournalRow } from "./ports.ts";

/** Milliseconds until an end is written again that could not be stored. */
const RETRY_DELAY = 1_000;

export interface ExpressChildrenParts {
  readonly commit: Pick<GroupCommit, "nextExecutionId" | "put">;
  readonly directory: MachineDirectory;
  readonly loader: ExecutionLoader;
  readonly express: Express;
  readonly clock: Clock;
}

/** What is stored of a child that ran in an attempt before. */
export interface FormerExpress {
  readonly record: ExecutionRecord;
  /** Rows of its journal. */
  readonly rows: number;
}

export class ExpressChildren {
  readonly #parts: ExpressChildrenParts;
  #stopped = false;

  constructor(parts: ExpressChildrenParts) {
    this.#parts = parts;
  }

  /**
   * Runs a child; `ended` is called once, when its end is durable, or without an execution if the
   * server stops. What is returned ends it. "Full": as many run as there may be.
   */
  start(
    child: Child,
    compiled: CompiledRevision,
    work: {
      readonly input: Json;
      readonly items: number;
      /** Undefined: it runs for the first time. */
      readonly former: FormerExpress | undefined;
    },
    ended: (execution: Execution | undefined) => void,
  ): (() => void) | "Full" {
    const { loader, directory, clock, express } = this.#parts;
    const machine = machineOf(directory, child.parent);
    const now = clock.now();
    const own = { name: child.name, startedAt: now, testCase: child.parent.info.testCase };
    const execution = loader.createChild(machine, compiled, child.run, own, "EXPRESS");
    const count = work.former === undefined ? 0 : redrivesOf(work.former.record) + 1;
    // Recorded from AWS: the context object has the count, but no RedriveTime.
    if (count > 0) execution.redrive = { count, at: undefined, eventId: 0, timeoutSerial: 0 };
    return express.startChild(execution, compiled, work.input, (done) => {
      if (done === undefined) return ended(undefined);
      const record = recordOf(child, done, work.items, work.former);
      this.#write(record, done, work.former, ended);
    });
  }

  /** Writes nothing again. */
  stop(): void {
    this.#stopped = true;
  }

  #write(
    known: ExecutionRecord | undefined,
    execution: Execution,
    former: FormerExpress | undefined,
    ended: (execution: Execution | undefined) => void,
  ): void {
    const { commit, clock } = this.#parts;
    const id = former?.record.id ?? commit.nextExecutionId();
    const record = { ...known!, id };
    const row: JournalRow = {
      executionId: id,
      sequence: former?.rows ?? 0,
      at: execution.stoppedAt ?? execution.lastAt,
      body: former === undefined ? expressRow(execution) : expressEndRow(execution),
    };
    commit.put({
      executionId: id,
      record,
      isNew: former === undefined,
      row,
      change: undefined,
      batch: 0,
      durable: () => ended(execution),
      lost: () => {
        if (this.#stopped) return ended(undefined);
        clock.schedule(clock.now() + RETRY_DELAY, () =>
          this.#write(known, execution, former, ended),
        );
      },
    });
  }
}

function recordOf(
  child: Child,
  { status, info, stoppedAt }: Execution,
  items: number,
  former: FormerExpress | undefined,
): ExecutionRecord {
  const { parent, run, name } = child;
  const state = { status, stoppedAt, parkedUntil: undefined };
  if (former === undefined) {
    return {
      id: 0,
      machineId: collectionOf(parent, run),
      revisionId: parent.revisionId,
      name,
      startedAt: info.startedAt,
      details: encodeChildDetails(parent, detailsOf(child, items)),
      ...state,
    };
  }
  const details = decodeDetails(former.record.details);
  const redrives = {
    count: redrivesOf(former.record) + 1,
    at: info.startedAt,
    requests: [],
  };
  const place = detailsOf(child, items);
  return {
    ...former.record,
    ...state,
    details: encodeDetails({ ...details, redrives, child: place }),
  };
}

function redrivesOf({ details }: ExecutionRecord): number {
  return decodeDetails(details).redrives?.count ?? 0;
}
