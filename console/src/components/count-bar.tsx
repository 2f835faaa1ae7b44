/** Parts of a whole as a bar with a legend. */

export interface CountPart {
  readonly label: string;
  readonly count: number;
  /** As in the graph: `succeeded`, `failed`, ...; `pending` is what is still to come. */
  readonly look: "succeeded" | "failed" | "timed_out" | "aborted" | "in_progress" | "pending";
}

interface Props {
  readonly label: string;
  readonly parts: readonly CountPart[];
}

export function CountBar({ label, parts }: Props) {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const told = parts.map((part) => `${part.count} ${part.label.toLowerCase()}`).join(", ");
  return (
    <div className="count-bar">
      <div className="count-bar-track" role="img" aria-label={`${label}: ${told}`}>
        {parts.map(({ label: name, count, look }) =>
          count === 0 ? null : (
            <span
              key={name}
              className={`is-${look}`}
              style={{ flexGrow: count / Math.max(1, total) }}
              title={`${name}: ${count}`}
            />
          ),
        )}
      </div>
      <ul>
        {parts.map(({ label: name, count, look }) => (
          <li key={name}>
            <span className={`status-dot is-${look}`} />
            {name} <strong className="numbers">{count.toLocaleString("en-US")}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
