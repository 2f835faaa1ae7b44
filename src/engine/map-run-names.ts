/**
 * Names of Map Runs and of their child executions. They are UUIDs that say which execution started
 * the run, so that a run, its parent and its children are found by their ARNs without an index.
 *
 *   PPPPPPPP-EEEE-8ESS-8SSS-SSSSSSRRRRRR   run; R random
 *   PPPPPPPP-EEEE-8ESS-9SSS-SSSSSSIIIIII   child number I of it
 *
 * P: id of the parent; E: id of its MapRunStarted; S: random, the same for a run and its children, so
 * that names differ also if ids are given out again after a restored backup.
 */
import type { ExecutionRecord } from "./ports.ts";

/** Which Map Run: the parent's id and the id of its MapRunStarted event. */
export interface MapRunKey {
  readonly executionId: number;
  readonly startedEventId: number;
}

/** Above the ids of catalog entries: executions of a run are stored as if the run were a machine. */
const FIRST_COLLECTION = 2 ** 52;
/** Event ids are below this. */
const EVENTS = 2 ** 20;

/** `random`: a UUID. */
export function mapRunUuid({ executionId, startedEventId }: MapRunKey, random: string): string {
  const salt = random.replaceAll("-", "");
  const parent = executionId.toString(16).padStart(8, "0").slice(-8);
  const event = startedEventId.toString(16).padStart(5, "0");
  const middle = `8${event[4]}${salt.slice(0, 2)}`;
  return `${parent}-${event.slice(0, 4)}-${middle}-8${salt.slice(2, 5)}-${salt.slice(20, 32)}`;
}

/** Name of the run's child number `index`, below 2^24. */
export function childName(runUuid: string, index: number): string {
  return `${runUuid.slice(0, 19)}9${runUuid.slice(20, 30)}${index.toString(16).padStart(6, "0")}`;
}

/** What a child's name says; undefined: it is not one. */
export function parseChildName(name: string): (MapRunKey & { readonly index: number }) | undefined {
  const key = parse(name, "9");
  return key && { ...key, index: Number.parseInt(name.slice(-6), 16) };
}

/** What the UUID of a Map Run says; undefined: it is not one. */
export function parseMapRunUuid(uuid: string): MapRunKey | undefined {
  return parse(uuid, "8");
}

function parse(text: string, variant: string): MapRunKey | undefined {
  const match =
    /^([\da-f]{8})-([\da-f]{4})-8([\da-f])[\da-f]{2}-([89])[\da-f]{3}-[\da-f]{12}$/.exec(text);
  if (match === null || match[4] !== variant) return undefined;
  return {
    executionId: Number.parseInt(match[1]!, 16),
    startedEventId: Number.parseInt(match[2]! + match[3]!, 16),
  };
}

/** What stands in the place of the state machine's id in the records of a run's children. */
export function collectionId({ executionId, startedEventId }: MapRunKey): number {
  return FIRST_COLLECTION + executionId * EVENTS + startedEventId;
}

/** Whether the record is that of a child execution. */
export function isChildOfMapRun({ machineId }: Pick<ExecutionRecord, "machineId">): boolean {
  return machineId >= FIRST_COLLECTION;
}

/** The run that a child's record belongs to. */
export function mapRunOfRecord({ machineId }: Pick<ExecutionRecord, "machineId">): MapRunKey {
  const key = machineId - FIRST_COLLECTION;
  return { executionId: Math.floor(key / EVENTS), startedEventId: key % EVENTS };
}
