/**
 * What a distributed Map state is doing right now. Not part of the fold: after a restart it is made
 * anew out of the Map Run.
 */
import type { Json } from "../json/json.ts";
import type { SourceItem } from "./map-data.ts";

export interface MapWork {
  /** Children that are recorded as running but do not exist, by index: to be started again. */
  missing: number[];
  /** The input that is being made; undefined: none. */
  building: ChildInput | undefined;
  /** Items that an ItemReader gave, from number `first` on. */
  first: number;
  items: readonly SourceItem[];
  /** Number of the first item of the page that is being read; undefined: none is. */
  reading: number | undefined;
  /** Whether the shell is writing or gathering the results. */
  isWriting: boolean;
  /** Children that were never started, whose inputs the shell writes; undefined: none are wanted. */
  untold: Untold | undefined;
}

export interface Untold {
  /** Number of the next child, and of its first item. */
  index: number;
  first: number;
  /** Made, but not told yet. */
  readonly inputs: Json[];
  /** Whether the shell has asked for them. */
  isWanted: boolean;
  /** The items cannot be read: there are no more inputs. */
  isOver: boolean;
}

/** Input of a child execution, item by item. */
export interface ChildInput {
  readonly index: number;
  readonly first: number;
  /** Number of its items; undefined: the batch's bounds decide. */
  readonly count: number | undefined;
  /** Undefined: not evaluated yet. */
  batchInput: Json | undefined;
  readonly items: Json[];
  /** Bytes of the input so far. */
  bytes: number;
  /** Number of an item that must be read before it goes on. */
  unread: number | undefined;
}

/** Items asked for at a time. */
export const PAGE_ITEMS = 1_000;

export function newMapWork(): MapWork {
  return {
    missing: [],
    building: undefined,
    first: 0,
    items: [],
    reading: undefined,
    isWriting: false,
    untold: undefined,
  };
}

/** The item of that number, if it is at hand. */
export function itemAt({ first, items }: MapWork, number: number): SourceItem | undefined {
  return number < first ? undefined : items[number - first];
}

/** Number of the first item after those at hand. */
export function endOfItems({ first, items }: MapWork): number {
  return first + items.length;
}

/** Takes a page in; what comes before item `needed` is dropped. */
export function takePage(work: MapWork, from: number, page: readonly SourceItem[], needed: number) {
  const follows = from === endOfItems(work);
  const kept = follows ? work.items.slice(Math.max(0, needed - work.first)) : [];
  work.items = [...kept, ...page];
  work.first = from - kept.length;
}
