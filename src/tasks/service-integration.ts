/** What an optimised service integration is made of. One file per service registers one of these. */
import type { HttpTrace, TaskCall } from "../engine/ports.ts";
import type { Json } from "../json/json.ts";

export type ServicePattern = "RequestResponse" | "Sync" | "Sync2" | "WaitForTaskToken";

/** What an action may use and report while it runs. */
export interface TaskProgress {
  /** Aborted when nobody waits for the task any more. */
  readonly signal: AbortSignal;
  /** The call goes out; repeated calls are ignored. */
  started(): void;
  /** First answer of a `.sync` task; the action then waits for the job's end. */
  submitted(output: Json): void;
  /** From now on the call only waits, perhaps for long; repeated calls are ignored. */
  waits(): void;
  /** Who wants to see the HTTP request of the call. */
  readonly trace?: HttpTrace | undefined;
}

/**
 * Carries out one call and resolves with its output; for WaitForTaskToken that is the answer of the
 * call itself. Rejects with TaskFailure.
 */
export type TaskAction = (call: TaskCall, progress: TaskProgress) => Promise<Json>;

export interface ServiceIntegration {
  /** As in `Resource.service`, e.g. `lambda`. */
  readonly service: string;
  /** Actions by name (`invoke`), each with the patterns it supports. */
  readonly actions: ReadonlyMap<
    string,
    { readonly patterns: readonly ServicePattern[]; readonly run: TaskAction }
  >;
  /** Ends connections and processes. */
  close(): Promise<void>;
}

/** Carries out all services whose name begins with `prefix` and that have no integration of their own. */
export interface ServiceFamily {
  /** e.g. `aws-sdk:`. */
  readonly prefix: string;
  /** What every action supports. */
  readonly patterns: readonly ServicePattern[];
  /** Like a TaskAction; `task`: what the call's resource names. */
  run(
    call: TaskCall,
    task: { readonly service: string; readonly action: string },
    progress: TaskProgress,
  ): Promise<Json>;
  close(): Promise<void>;
}
