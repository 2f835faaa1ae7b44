/** An engine in virtual time on a store that survives crashes and can be made to fail. */
import { parseDefinition } from "../../src/asl/parse-definition.ts";
import { Catalog } from "../../src/engine/catalog/catalog.ts";
import { NO_LOGGING, NO_TRACING } from "../../src/engine/catalog/configuration.ts";
import type { StateMachine } from "../../src/engine/catalog/state-machine.ts";
import { Engine } from "../../src/engine/engine.ts";
import type { StartRequest } from "../../src/engine/execution-service.ts";
import { GroupCommit } from "../../src/engine/group-commit.ts";
import { DEFAULT_LIMITS, type EngineLimits } from "../../src/engine/limits.ts";
import type {
  ExecutionObserver,
  ItemSources,
  Randomness,
  ResultWriters,
  TaskCall,
  TaskReport,
  TaskRunner,
} from "../../src/engine/ports.ts";
import type { HistoryEvent } from "../../src/interpreter/history.ts";
import { parseSource } from "../../src/json/parse.ts";
import type { Json } from "../../src/json/json.ts";
import { openMemoryStore } from "../../src/store/memory-store.ts";
import { FaultyStore } from "./faulty-store.ts";
import { VirtualClock } from "./virtual-clock.ts";

export const STARTED_AT = Date.UTC(2026, 0, 1);
const PREFIX = "arn:aws:states:us-east-1:123456789012";
/** Turns of the event loop after which nothing more can happen by itself. */
const QUIET_TURNS = 8;

/** Carries out a call; by default it succeeds with `{}` at once. */
export type Worker = (
  call: TaskCall,
  report: TaskReport,
  clock: VirtualClock,
) => (() => void) | void;

export class EngineWorld {
  readonly base = openMemoryStore();
  readonly clock = new VirtualClock(STARTED_AT);
  readonly calls: TaskCall[] = [];
  readonly errors: unknown[] = [];
  worker: Worker = (_call, report) => {
    report.started();
    report.succeeded({});
  };
  /** What the runner says of calls that it answers itself. */
  mocks: NonNullable<TaskRunner["mocks"]> = () => false;
  limits: EngineLimits;
  /** Of servers that are opened from now on. */
  observer: ExecutionObserver | undefined = undefined;
  itemSources: ItemSources | undefined = undefined;
  resultWriters: ResultWriters | undefined = undefined;
  store!: FaultyStore;
  catalog!: Catalog;
  engine!: Engine;
  #seed: number;

  constructor(options: { readonly limits?: Partial<EngineLimits>; readonly seed?: number } = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#seed = options.seed ?? 1;
  }

  static async open(
    options: ConstructorParameters<typeof EngineWorld>[0] = {},
  ): Promise<EngineWorld> {
    const world = new EngineWorld(options);
    await world.open();
    return world;
  }

  /** Starts a server on what is stored. */
  async open(): Promise<void> {
    this.store = new FaultyStore(this.base);
    const { store, clock, limits } = this;
    const log = { warn: () => {}, error: (facts: object) => void this.errors.push(facts) };
    const commit = await GroupCommit.open({ store, limits, log });
    const randomness = this.#randomness();
    const compile = (text: string, type: "STANDARD" | "EXPRESS") => {
      const { definition, diagnostics } = parseDefinition(text, { type });
      if (definition === undefined) throw new Error(JSON.stringify(diagnostics));
      return definition;
    };
    this.catalog = await Catalog.load({
      reader: store,
      writer: commit,
      clock,
      randomness,
      compile,
    });
    this.engine = await Engine.open({
      store,
      commit,
      directory: this.catalog,
      secret: this.catalog.secret,
      taskRunner: this.#runner(store),
      evaluator: { evaluate: () => Promise.reject(new Error("no expression needs it here")) },
      observer: this.observer,
      itemSources: this.itemSources,
      resultWriters: this.resultWriters,
      clock,
      randomness,
      region: "us-east-1",
      accountId: "123456789012",
      limits,
      log,
    });
  }

  /** kill -9. */
  crash(): void {
    this.store.cut();
    this.clock.clear();
  }

  async restart(): Promise<void> {
    this.crash();
    await this.open();
  }

  async createMachine(
    name: string,
    definition: object,
    type: "STANDARD" | "EXPRESS" = "STANDARD",
    logging = NO_LOGGING,
  ): Promise<StateMachine> {
    const text = JSON.stringify(definition);
    const compiled = parseDefinition(text, { type });
    if (compiled.definition === undefined) throw new Error(JSON.stringify(compiled.diagnostics));
    const result = await this.catalog.machines.create({
      arn: `${PREFIX}:stateMachine:${name}`,
      name,
      type,
      definition: { text, compiled: compiled.definition },
      roleArn: "arn:aws:iam::123456789012:role/r",
      tags: [],
      publish: false,
      versionDescription: undefined,
      logging,
      tracing: NO_TRACING,
      encryption: undefined,
    });
    if (result.type !== "Created") throw new Error(result.type);
    return result.machine;
  }

  request(machine: StateMachine, options: { name?: string; input?: string } = {}): StartRequest {
    return {
      machine,
      revisionId: machine.revisionId,
      name: options.name,
      input: json(options.input ?? "{}"),
      traceHeader: undefined,
      versionArn: undefined,
      aliasArn: undefined,
    };
  }

  /** Starts and gives the ARN, or throws if the name is taken. */
  async start(
    machine: StateMachine,
    options: { name?: string; input?: string } = {},
  ): Promise<string> {
    const result = await this.engine.start(this.request(machine, options));
    if (result.type !== "Started") throw new Error(result.type);
    return result.executionArn;
  }

  /** What the server answers; undefined if it dies before. */
  async unlessDead<T>(answer: Promise<T>): Promise<T | undefined> {
    return Promise.race([answer, this.store.died.then(() => undefined)]);
  }

  /** Lets everything happen that can happen without time passing. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.store.pending > 0 && !this.store.isCut && this.store.gate === undefined) quiet = 0;
    }
  }

  /** Lets `milliseconds` pass, alarm by alarm. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.clock.now() + milliseconds;
    await this.settle();
    while (this.clock.nextAlarm <= end && !this.store.isCut) {
      this.clock.moveTo(this.clock.nextAlarm);
      await this.settle();
    }
    this.clock.moveTo(end);
    await this.settle();
  }

  /** Time passes until the execution has ended, at most `milliseconds`. */
  async finish(arn: string, milliseconds = 86_400_000): Promise<string | undefined> {
    const end = this.clock.now() + milliseconds;
    for (;;) {
      await this.settle();
      if (this.store.isCut) return undefined;
      const description = await this.unlessDead(this.engine.describe(arn));
      if (description?.status !== "RUNNING" || this.clock.nextAlarm > end)
        return description?.status;
      this.clock.moveTo(this.clock.nextAlarm);
    }
  }

  async history(arn: string): Promise<readonly HistoryEvent[]> {
    const page = { afterId: 0, limit: 100_000, reverse: false };
    return (await this.engine.history(arn, page))?.events ?? [];
  }

  #runner(store: FaultyStore): TaskRunner {
    return {
      run: (call, report) => {
        if (store.isCut) return () => {};
        this.calls.push(call);
        return this.worker(call, report, this.clock) ?? (() => {});
      },
      mocks: (call) => this.mocks(call),
      close: async () => {},
    };
  }

  /** Seeded, so that a failure can be had again. */
  #randomness(): Randomness {
    const number = (): number => {
      this.#seed = (this.#seed * 48_271) % 2_147_483_647;
      return this.#seed / 2_147_483_647;
    };
    const hex = (length: number): string =>
      Array.from({ length }, () => Math.floor(number() * 16).toString(16)).join("");
    return {
      number,
      uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
      bytes: (length) => Uint8Array.from({ length }, () => Math.floor(number() * 256)),
    };
  }
}

/** Parsed as StartExecution parses an input. */
export function json(text: string): Json {
  const parsed = parseSource(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

/** `id<previous Type` lines. */
export function lines(history: readonly HistoryEvent[]): string[] {
  return history.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`);
}
