/** How fast a Map Run goes. */
import type { MapRunDescription } from "../../api/operations.ts";
import { shortDuration } from "../../timeline/time-axis.ts";

type Run = Pick<MapRunDescription, "itemCounts" | "startDate" | "stopDate" | "status">;

/** `now`: epoch seconds. Items per second on average, and how long the rest takes at that pace. */
export function mapRunPace({ itemCounts, startDate, stopDate, status }: Run, now: number): string {
  const { succeeded, failed, timedOut, aborted, pending, running } = itemCounts;
  const done = succeeded + failed + timedOut + aborted;
  const seconds = (stopDate ?? now) - startDate;
  if (done === 0 || seconds <= 0) return "";
  const rate = done / seconds;
  const pace = `${rate >= 10 ? Math.round(rate).toLocaleString("en-US") : rate.toFixed(2)} items/s`;
  const left = pending + running;
  if (status !== "RUNNING" || left === 0) return pace;
  return `${pace}, about ${shortDuration(roundUp(left / rate))} left`;
}

/** To two digits: it is an estimate. */
function roundUp(seconds: number): number {
  return Number(seconds.toPrecision(2));
}
