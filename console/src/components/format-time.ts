/** Times and durations for people. Everything comes in epoch seconds or seconds. */

const FORMAT = new Intl.DateTimeFormat("en-US", {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

const PRECISE = new Intl.DateTimeFormat("en-US", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  hourCycle: "h23",
});

/** `Nov 23, 2026, 09:15:02`, in the time zone of the browser. */
export function formatTime(epochSeconds: number): string {
  return FORMAT.format(epochSeconds * 1000);
}

/** `09:15:02.123`. */
export function formatPreciseTime(epochSeconds: number): string {
  return PRECISE.format(epochSeconds * 1000);
}

/** `00:01:02.345`, with days before it if need be, as in `2d 03:00:00.000`. */
export function formatDuration(seconds: number): string {
  const milliseconds = Math.max(0, Math.round(seconds * 1000));
  const part = (unit: number, modulus: number, width: number): string =>
    String(Math.floor(milliseconds / unit) % modulus).padStart(width, "0");
  const time = `${part(3_600_000, 24, 2)}:${part(60_000, 60, 2)}:${part(1000, 60, 2)}`;
  const days = Math.floor(milliseconds / 86_400_000);
  return `${days === 0 ? "" : `${days}d `}${time}.${part(1, 1000, 3)}`;
}
