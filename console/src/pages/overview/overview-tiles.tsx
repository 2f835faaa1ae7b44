/** The numbers that one looks at first. */
import type { Overview } from "../../api/own-operations.ts";
import { percent, totalsOf } from "./overview-totals.ts";

export function OverviewTiles({ overview }: { readonly overview: Overview }) {
  const { running, succeeded, failed, perMinute, successRate, isComplete } = totalsOf(overview);
  const more = isComplete ? "" : "+";
  const number = (value: number): string => `${value.toLocaleString("en-US")}${more}`;
  const waiting = overview.activities.reduce((sum, { waitingTasks }) => sum + waitingTasks, 0);
  return (
    <dl className="tiles" aria-label="Totals">
      <Tile label="Running now" value={number(running)} look="in_progress" />
      <Tile label="Succeeded" value={number(succeeded)} look="succeeded" />
      <Tile
        label="Failed"
        value={number(failed)}
        look={failed > 0 ? "failed" : "pending"}
        note="in any way"
      />
      <Tile
        label="Success rate"
        value={percent(successRate)}
        look="pending"
        note="of those that ended"
      />
      <Tile
        label="Throughput"
        value={
          perMinute >= 100 ? Math.round(perMinute).toLocaleString("en-US") : perMinute.toFixed(1)
        }
        look="pending"
        note="executions a minute"
      />
      <Tile
        label="Tasks without a worker"
        value={waiting.toLocaleString("en-US")}
        look={waiting > 0 ? "caught" : "pending"}
        note="of activities"
      />
    </dl>
  );
}

interface TileProps {
  readonly label: string;
  readonly value: string;
  readonly look: string;
  readonly note?: string;
}

function Tile({ label, value, look, note }: TileProps) {
  return (
    <div className={`tile tile-${look}`}>
      <dt>{label}</dt>
      <dd>
        <span className="tile-value numbers">{value}</span>
        {note === undefined ? null : <small>{note}</small>}
      </dd>
    </div>
  );
}
