/** What an engine is put together from. */
import type { EngineLog } from "./engine-log.ts";
import type { MachineDirectory } from "./execution-loader.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { EngineLimits } from "./limits.ts";
import type {
  Clock,
  ExecutionObserver,
  ExpressionEvaluator,
  ItemSources,
  Randomness,
  ResultWriters,
  Store,
  TaskRunner,
} from "./ports.ts";

export interface EngineParts {
  readonly store: Store;
  /** Opened on the same store; the catalog writes through it too. */
  readonly commit: GroupCommit;
  readonly directory: MachineDirectory;
  /** Signs task tokens: random bytes, the same over restarts. */
  readonly secret: Uint8Array;
  readonly taskRunner: TaskRunner;
  readonly evaluator: ExpressionEvaluator;
  /** What ItemReaders read; undefined: distributed Maps with one fail. */
  readonly itemSources?: ItemSources | undefined;
  /** Where ResultWriters write; undefined: distributed Maps that export results fail. */
  readonly resultWriters?: ResultWriters | undefined;
  /** Undefined: nobody looks on. */
  readonly observer?: ExecutionObserver | undefined;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly region: string;
  readonly accountId: string;
  readonly limits: EngineLimits;
  readonly log: EngineLog;
}
