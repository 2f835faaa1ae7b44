/** A Lambda function that runs on this machine, as configuration says. */

export type RuntimeFamily = "nodejs" | "python" | "provided";

export interface FunctionConfig {
  /** 1-64 letters, digits, `-`, `_`. */
  readonly name: string;
  /** As configured, e.g. `nodejs20.x`. */
  readonly runtime: string;
  /** `folder/file.export`; meaningless for `provided`. */
  readonly handler: string;
  /** Absolute path of the folder with the code. */
  readonly code: string;
  readonly environment: Readonly<Record<string, string>>;
  /** 1-900. */
  readonly timeoutSeconds: number;
  /** MB; undefined = reported to the function as 128, but not enforced. */
  readonly memory: number | undefined;
  /** Most processes at the same time. */
  readonly concurrency: number;
}

export const DEFAULT_TIMEOUT_SECONDS = 3;
export const DEFAULT_CONCURRENCY = 10;
export const DEFAULT_MEMORY = 128;

/** @returns undefined if functions of this runtime cannot run here (`java21`, `ruby3.3`, ...). */
export function runtimeFamily(runtime: string): RuntimeFamily | undefined {
  if (/^nodejs(\d+\.x)?$/.test(runtime)) return "nodejs";
  if (/^python(3(\.\d+)?)?$/.test(runtime)) return "python";
  if (/^provided(\.al\d+)?$/.test(runtime)) return "provided";
  return undefined;
}
