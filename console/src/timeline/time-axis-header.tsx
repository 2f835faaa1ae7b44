/** The times above the bars. */
import { timeTicks } from "./time-axis.ts";

const TICKS = 6;

/** `length`: seconds. */
export function TimeAxis({ length }: { readonly length: number }) {
  return (
    <div className="time-axis" aria-label="Time since the start">
      {timeTicks(length, TICKS)
        // The last label would stand outside.
        .filter(({ at }) => at <= length * 0.94)
        .map(({ at, label }) => (
          <span key={at} style={{ insetInlineStart: `${(at / Math.max(length, 0.001)) * 100}%` }}>
            {label}
          </span>
        ))}
    </div>
  );
}
