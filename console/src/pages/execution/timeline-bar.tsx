/** When a state ran, as a part of the execution's time. */
import type { StateRun } from "../../history/state-run.ts";

interface Props {
  readonly run: StateRun;
  /** Epoch seconds, of the execution. */
  readonly from: number;
  readonly to: number;
}

/** What ran for a moment only is seen, too: per cent. */
const MIN_WIDTH = 1.5;

export function TimelineBar({ run, from, to }: Props) {
  const total = Math.max(to - from, 0.001);
  const percent = (at: number): number => Math.min(100, Math.max(0, ((at - from) / total) * 100));
  const left = Math.min(percent(run.startedAt), 100 - MIN_WIDTH);
  const width = Math.max(MIN_WIDTH, percent(run.stoppedAt ?? to) - left);
  return (
    <div className="timeline" aria-hidden>
      <div
        className={`timeline-bar is-${run.status.toLowerCase()}`}
        style={{ insetInlineStart: `${left}%`, width: `${width}%` }}
      />
    </div>
  );
}
