/** The rarely needed facts of an execution, as its record keeps them. */
import type { Redrives } from "./redrives.ts";

export interface ExecutionDetails {
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
  readonly traceHeader: string | undefined;
  /** Names the attempt of a task that started it. */
  readonly startedBy?: string | undefined;
  /** Undefined: never redriven. */
  readonly redrives?: Redrives | undefined;
}

const NONE: ExecutionDetails = {
  versionArn: undefined,
  aliasArn: undefined,
  traceHeader: undefined,
};

/** JSON text; "" if there are none, as for most executions. */
export function encodeDetails(details: ExecutionDetails): string {
  const { versionArn, aliasArn, traceHeader, startedBy, redrives } = details;
  const text = JSON.stringify({ versionArn, aliasArn, traceHeader, startedBy, redrives });
  return text === "{}" ? "" : text;
}

/** Reads what `encodeDetails` wrote. */
export function decodeDetails(text: string): ExecutionDetails {
  return text === "" ? NONE : { ...NONE, ...(JSON.parse(text) as Partial<ExecutionDetails>) };
}
