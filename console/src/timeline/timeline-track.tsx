/** The bar of one row; a state that was retried has one for each attempt. */
import type { HistoryEvent } from "../api/operations.ts";
import { formatDuration } from "../components/format-time.ts";
import { attemptsOf, type Attempt } from "../history/task-attempts.ts";
import type { TimelineRow } from "./timeline-rows.ts";

interface Props {
  readonly row: TimelineRow;
  readonly events: readonly HistoryEvent[];
  /** Epoch seconds. */
  readonly from: number;
  readonly to: number;
}

/** More attempts are not told apart. */
const MAX_ATTEMPTS = 50;
const MIN_LENGTH = 0.001;

export function TimelineTrack({ row, events, from, to }: Props) {
  const length = Math.max(to - from, MIN_LENGTH);
  const place = (start: number, end: number) => {
    const left = Math.min(100, Math.max(0, ((start - from) / length) * 100));
    const width = Math.max(0, ((end - start) / length) * 100);
    return { insetInlineStart: `min(${left}%, calc(100% - 4px))`, width: `max(4px, ${width}%)` };
  };
  const { run, item } = row;
  const isRetried = item === undefined && run.attempts > 1 && run.attempts <= MAX_ATTEMPTS;
  const attempts = isRetried ? attemptsOf(run, events) : [];
  const whole = place(row.from, row.to ?? to);
  const status = `is-${row.status.toLowerCase()}`;
  if (attempts.length < 2) {
    return (
      <div className="timeline">
        <div className={`timeline-bar ${status}`} style={whole} />
      </div>
    );
  }
  return (
    <div className="timeline">
      <div className="timeline-bar timeline-pause" style={whole} />
      {attempts.map((attempt) => (
        <div
          key={attempt.number}
          className={`timeline-bar ${attemptStatus(attempt)}`}
          style={place(attempt.startedAt, attempt.stoppedAt ?? row.to ?? to)}
          title={attemptText(attempt, row.to ?? to)}
        />
      ))}
    </div>
  );
}

function attemptStatus({ status }: Attempt): string {
  return `is-${status.toLowerCase()}`;
}

function attemptText(attempt: Attempt, end: number): string {
  const took = formatDuration((attempt.stoppedAt ?? end) - attempt.startedAt);
  const error = attempt.error === undefined ? "" : `, ${attempt.error}`;
  return `Attempt ${attempt.number}: ${attempt.status.toLowerCase().replace("_", " ")} after ${took}${error}`;
}
