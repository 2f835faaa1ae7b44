/** The rarely needed facts of an execution, as its record keeps them. */
import type { Redrives } from "./redrives.ts";

export interface ExecutionDetails {
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
  readonly traceHeader: string | undefined;
  /** Names the attempt of a task that started it. */
  readonly startedBy?: string | undefined;
  /** The execution whose past it has, up to that event; undefined: it has one of its own. */
  readonly forkedFrom?: ForkOrigin | undefined;
  /** Undefined: never redriven. */
  readonly redrives?: Redrives | undefined;
  /** Undefined: not a child execution of a Map Run. */
  readonly child?: ChildDetails | undefined;
  /** Undefined: no service is mocked. */
  readonly testCase?: string | undefined;
}

export interface ForkOrigin {
  readonly executionArn: string;
  readonly eventId: number;
}

/** Where a child execution of a Map Run belongs. */
export interface ChildDetails {
  /** Id of the catalog entry of the state machine whose definition has the Map state. */
  readonly machineId: number;
  /** JSON pointer of the Map state. */
  readonly pointer: string;
  readonly label: string;
  /** UUID of the Map Run. */
  readonly run: string;
  /** Frame of the Map state in the parent. */
  readonly frame: number;
  /** How many items it stands for. */
  readonly items: number;
  /** In which attempt of the run it was started or redriven last; undefined: the first one. */
  readonly attempt?: number;
  /** Undefined: STANDARD. */
  readonly type?: "EXPRESS";
}

const NONE: ExecutionDetails = {
  versionArn: undefined,
  aliasArn: undefined,
  traceHeader: undefined,
};

/** JSON text; "" if there are none, as for most executions. */
export function encodeDetails(details: ExecutionDetails): string {
  const { versionArn, aliasArn, traceHeader, startedBy, forkedFrom, redrives, child, testCase } =
    details;
  const origin = { versionArn, aliasArn, traceHeader, startedBy, forkedFrom };
  const facts = { ...origin, redrives, child, testCase };
  const text = JSON.stringify(facts);
  return text === "{}" ? "" : text;
}

/** Reads what `encodeDetails` wrote. */
export function decodeDetails(text: string): ExecutionDetails {
  return text === "" ? NONE : { ...NONE, ...(JSON.parse(text) as Partial<ExecutionDetails>) };
}
