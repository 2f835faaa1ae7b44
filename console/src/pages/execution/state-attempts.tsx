/** The attempts of a state's work: when each began, how long it took, why it failed. */
import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMemo } from "react";
import type { HistoryEvent } from "../../api/operations.ts";
import { ElapsedTime } from "../../components/elapsed-time.tsx";
import { formatDuration, formatPreciseTime } from "../../components/format-time.ts";
import type { StateRun } from "../../history/state-run.ts";
import { attemptsOf, type Attempt } from "../../history/task-attempts.ts";

interface Props {
  readonly run: StateRun | undefined;
  readonly events: readonly HistoryEvent[];
  /** Epoch seconds; undefined: now. */
  readonly at: number | undefined;
}

const LOOKS = {
  IN_PROGRESS: { type: "in-progress", text: "In progress" },
  SUCCEEDED: { type: "success", text: "Succeeded" },
  FAILED: { type: "error", text: "Failed" },
} as const;

export function StateAttempts({ run, events, at }: Props) {
  const count = run?.eventIds.length ?? 0;
  // The run's list of events grows in place.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const attempts = useMemo(() => (run === undefined ? [] : attemptsOf(run, events)), [run, count]);
  if (attempts.length === 0) {
    return <Box color="text-status-inactive">It calls nothing that could be retried.</Box>;
  }
  return (
    <ol className="attempts" aria-label="Attempts">
      {attempts.map((attempt, index) => (
        <Row key={attempt.number} attempt={attempt} before={attempts[index - 1]} at={at} />
      ))}
    </ol>
  );
}

interface RowProps {
  readonly attempt: Attempt;
  readonly before: Attempt | undefined;
  readonly at: number | undefined;
}

function Row({ attempt, before, at }: RowProps) {
  const { number, status, startedAt, stoppedAt, error, cause, isRedriven } = attempt;
  const pause = before?.stoppedAt === undefined ? undefined : startedAt - before.stoppedAt;
  return (
    <li>
      <div className="attempt-head">
        <strong>{number === 1 ? "First attempt" : `Attempt ${number}`}</strong>
        <StatusIndicator type={LOOKS[status].type}>{LOOKS[status].text}</StatusIndicator>
        <span className="numbers">
          {formatPreciseTime(startedAt)} · <ElapsedTime from={startedAt} to={stoppedAt ?? at} />
        </span>
      </div>
      {pause === undefined ? null : (
        <Box fontSize="body-s" color="text-body-secondary">
          {isRedriven ? "After a redrive" : "Retried"}, {formatDuration(pause)} after the attempt
          before
        </Box>
      )}
      {error === undefined && cause === undefined ? null : (
        <div className="cause">
          <strong>{error}</strong>
          {cause === undefined ? "" : ` ${cause}`}
        </div>
      )}
    </li>
  );
}
