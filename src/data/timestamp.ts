/** Timestamps of the Amazon States Language: RFC 3339 with upper-case `T` and `Z` (or an offset). */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

/** A point in time to the nanosecond. */
export interface Instant {
  /** Whole milliseconds. */
  readonly ms: EpochMs;
  /** 0..999,999 nanoseconds after them. */
  readonly nanos: number;
}

const TIMESTAMP =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):(\d{2}))$/u;

/**
 * Reads a timestamp; undefined if it is not one: no `T`, no offset, a month 13, a 30 February,
 * an hour 24, a leap second.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = TIMESTAMP.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = offsetMinutes(match[8], Number(match[9] ?? 0), Number(match[10] ?? 0));
  if (offset === undefined) return undefined;
  const fraction = Number((match[7] ?? "").padEnd(9, "0"));
  // setUTCFullYear takes years below 100 as they are, unlike Date.UTC.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute - offset, second, Math.trunc(fraction / 1e6));
  return { ms: date.getTime(), nanos: fraction % 1e6 };
}

/**
 * When a timer for this timestamp is due: a started millisecond counts as whole, so that it never
 * fires early. undefined if the text is not a timestamp.
 */
export function parseTimestamp(text: string): EpochMs | undefined {
  const instant = parseInstant(text);
  if (instant === undefined) return undefined;
  return instant.nanos > 0 ? instant.ms + 1 : instant.ms;
}

/** Negative, zero or positive, like the order of the instants. */
export function compareInstants(a: Instant, b: Instant): number {
  return a.ms - b.ms || a.nanos - b.nanos;
}

/** Minutes east of UTC, at most 18 hours; undefined if out of range. */
function offsetMinutes(sign: string | undefined, hours: number, minutes: number) {
  if (sign === undefined) return 0;
  const total = hours * 60 + minutes;
  if (minutes > 59 || total > 18 * 60) return undefined;
  return sign === "-" ? -total : total;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
