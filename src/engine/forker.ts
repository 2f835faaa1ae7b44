/**
 * Starts an execution that goes on from an event of an older one: with its recorded results, and, if
 * wanted, with an edited definition or edited data.
 */
import type { Definition } from "../asl/definition.ts";
import { HistoryCopy, HistoryMismatch } from "../interpreter/copy-history.ts";
import type { Json, JsonObject } from "../json/json.ts";
import type { CompiledRevision } from "./catalog/definition-cache.ts";
import { KeyedLock } from "./catalog/keyed-lock.ts";
import { encodeRevision } from "./catalog/machine-revision.ts";
import type { StateMachine } from "./catalog/state-machine.ts";
import { executionArn } from "./execution-arn.ts";
import { decodeDetails, encodeDetails } from "./execution-details.ts";
import { isInService } from "./execution-loader.ts";
import type { ExecutionLoader, MachineDirectory } from "./execution-loader.ts";
import type { ExecutionReader } from "./execution-reader.ts";
import type { StartResult } from "./execution-service.ts";
import type { GroupCommit } from "./group-commit.ts";
import { LiveExecution } from "./live-execution.ts";
import type { OpenExecutions } from "./open-executions.ts";
import { StoreUnavailable } from "./ports.ts";
import type { Clock, ExecutionRecord, JournalRow, Randomness, Store } from "./ports.ts";
import type { Shard } from "./shard.ts";

export interface ForkRequest {
  /** Of the STANDARD execution whose past is taken over. */
  readonly executionArn: string;
  /** The last event that is taken over. */
  readonly eventId: number;
  /** Undefined: a UUID. */
  readonly name: string | undefined;
  /** Undefined: that of the older execution. Its revision is this execution's alone. */
  readonly edited: { readonly text: string; readonly definition: Definition } | undefined;
  /** In the place of the next state's input, or of the result of a state whose work is done. */
  readonly data: Json | undefined;
  /** Set in the scope of that state. */
  readonly variables: JsonObject | undefined;
}

export type ForkResult =
  | StartResult
  /** The past does not fit, or nothing can go on from there; `reason` says what to change. */
  | { readonly type: "Mismatch"; readonly reason: string };

export interface ForkerParts {
  readonly store: Pick<Store, "findExecution" | "readJournal">;
  readonly commit: GroupCommit;
  readonly directory: MachineDirectory;
  readonly loader: ExecutionLoader;
  readonly reader: Pick<ExecutionReader, "find">;
  readonly shard: Shard;
  readonly open: OpenExecutions;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/** Rows read at a time, so that other work gets its turn in between. */
const ROWS_PER_PAGE = 100;
/** A past is copied in memory, and becomes durable in one batch. */
const MAX_CHARACTERS = 64 * 1024 * 1024;

export class Forker {
  readonly #parts: ForkerParts;
  readonly #names = new KeyedLock();

  constructor(parts: ForkerParts) {
    this.#parts = parts;
  }

  /** Resolves when the new execution is durable. Undefined: no such execution to fork. */
  async fork(request: ForkRequest): Promise<ForkResult | undefined> {
    const { reader, directory, store, randomness } = this.#parts;
    const source = await reader.find(request.executionArn);
    if (source === undefined) return undefined;
    if (decodeDetails(source.details).child !== undefined) {
      return { type: "Mismatch", reason: "A child execution of a Map Run cannot be forked" };
    }
    const machine = directory.machines.findById(source.machineId);
    if (machine === undefined || !isInService(directory, machine)) return { type: "MachineGone" };
    const { name } = request;
    if (name === undefined) return this.#begin(request, source, machine, randomness.uuid());
    return this.#names.run(`${machine.id}:${name}`, async () => {
      const present = await store.findExecution(machine.id, name);
      if (present !== undefined) {
        return { type: "NameTaken", executionArn: executionArn(machine.arn, name) };
      }
      return this.#begin(request, source, machine, name);
    });
  }

  async #begin(
    request: ForkRequest,
    source: ExecutionRecord,
    machine: StateMachine,
    name: string,
  ): Promise<ForkResult> {
    const { commit, directory, loader, shard, clock, open } = this.#parts;
    const before = await directory.definitions.get(source.revisionId);
    const compiled = this.#revision(request, before);
    const startedAt = Math.max(clock.now(), machine.createdAt);
    const arn = executionArn(machine.arn, name);
    const { versionArn, aliasArn, traceHeader, testCase } = decodeDetails(source.details);
    const execution = loader.create(machine, compiled, { name, arn, startedAt, testCase });
    const copy = new HistoryCopy(await loader.blank(source), execution, request.eventId);
    const id = commit.nextExecutionId();
    let rows: readonly JournalRow[];
    try {
      rows = await this.#copy(source.id, copy, id);
    } catch (error) {
      if (error instanceof HistoryMismatch) return { type: "Mismatch", reason: error.message };
      throw error;
    }
    const frame = copy.lastFrame;
    const { data, variables } = request;
    if (frame === undefined && (data !== undefined || variables !== undefined)) {
      const reason = `No state goes on right after event ${request.eventId}: its data cannot be edited`;
      return { type: "Mismatch", reason };
    }
    // From here to the commit nothing waits, so a deletion finds every start in the store.
    if (!isInService(directory, machine)) return { type: "MachineGone" };
    if (open.isFull) return { type: "TooManyOpen", limit: open.limit };
    if (commit.isFull)
      throw new StoreUnavailable("Too much waits for the database; try again later");
    const { eventId, executionArn: fromArn } = request;
    const origin = { executionArn: fromArn, eventId };
    const isEdited = compiled !== before;
    const record: ExecutionRecord = {
      id,
      machineId: machine.id,
      revisionId: compiled.revision.id,
      name,
      status: "RUNNING",
      startedAt,
      stoppedAt: undefined,
      details: encodeDetails({
        versionArn: isEdited ? undefined : versionArn,
        aliasArn: isEdited ? undefined : aliasArn,
        traceHeader,
        forkedFrom: origin,
        testCase,
      }),
      parkedUntil: undefined,
    };
    const { logging } = compiled.revision;
    const journal = { rows: 0, characters: 0 };
    const live = new LiveExecution(record, execution, logging, journal, clock.now());
    live.nextSequence = rows.length;
    live.adopted = {
      rows,
      change: isEdited ? { revisions: [encodeRevision(compiled.revision)] } : undefined,
    };
    if (isEdited) directory.definitions.add(compiled);
    open.opened();
    return new Promise((resolve, reject) => {
      shard.start(
        live,
        { type: "HistoryAdopted", fromArn, eventId, frame: frame ?? 0, data, variables },
        {
          settled: () => resolve({ type: "Started", executionArn: arn, startedAt }),
          lost: (error) => {
            open.closed();
            reject(error);
          },
        },
      );
    });
  }

  #revision({ edited }: ForkRequest, before: CompiledRevision): CompiledRevision {
    if (edited === undefined || edited.text === before.revision.definition) return before;
    const { commit, clock, randomness } = this.#parts;
    const revision = {
      ...before.revision,
      id: commit.nextRevisionId(),
      definition: edited.text,
      revision: randomness.uuid(),
      createdAt: clock.now(),
    };
    return { revision, definition: edited.definition };
  }

  async #copy(sourceId: number, copy: HistoryCopy, executionId: number): Promise<JournalRow[]> {
    const rows: JournalRow[] = [];
    let characters = 0;
    for (let read = 0; !copy.isComplete; read += ROWS_PER_PAGE) {
      const page = await this.#parts.store.readJournal(sourceId, read, ROWS_PER_PAGE);
      for (const { body, at } of page) {
        const text = copy.copy(body, at);
        if (text === "") break;
        rows.push({ executionId, sequence: rows.length, at, body: text });
        characters += text.length;
      }
      if (characters > MAX_CHARACTERS) {
        const bound = `the bound is ${MAX_CHARACTERS / 1024 / 1024} MiB`;
        throw new HistoryMismatch(`The past is too big to be copied: ${bound}`);
      }
      if (page.length < ROWS_PER_PAGE) break;
    }
    copy.finish();
    return rows;
  }
}
