/** The input or the output of a state. */
import Box from "@cloudscape-design/components/box";
import { useQuery } from "@tanstack/react-query";
import { executionHistory } from "../../api/extension.ts";
import { queryKeys } from "../../api/query-keys.ts";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { PageSpinner } from "../../components/page-spinner.tsx";
import { JsonView } from "../../editor/json-view.tsx";
import { detailsOf } from "../../history/event-details.ts";
import type { StateRun } from "../../history/state-run.ts";

interface Props {
  readonly executionArn: string;
  /** Undefined: the state was not reached. */
  readonly run: StateRun | undefined;
  readonly side: "input" | "output";
}

const LABELS = { input: "Input", output: "Output" };

export function RunPayload({ executionArn, run, side }: Props) {
  const text = run?.[side];
  if (text !== undefined) return <JsonView text={text} label={LABELS[side]} />;
  const eventId = run && eventOf(run, side);
  if (eventId !== undefined) {
    return <LatePayload executionArn={executionArn} eventId={eventId} side={side} />;
  }
  if (run?.error === undefined) {
    const why = run === undefined ? "The state was not reached." : "There is none (yet).";
    return <Box color="text-status-inactive">{why}</Box>;
  }
  return (
    <div>
      <Box variant="awsui-key-label">{run.error}</Box>
      <div className="cause">{run.cause ?? ""}</div>
    </div>
  );
}

/** The event that has it; undefined: it has not happened. */
function eventOf(run: StateRun, side: Props["side"]): number | undefined {
  if (side === "input") return run.enteredEventId;
  return run.hasExited ? run.eventIds.at(-1) : undefined;
}

interface LateProps {
  readonly executionArn: string;
  readonly eventId: number;
  readonly side: Props["side"];
}

/** Of a history that was too large to be loaded with all payloads. */
function LatePayload({ executionArn, eventId, side }: LateProps) {
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.event(executionArn, eventId),
    queryFn: ({ signal }) =>
      executionHistory(
        { executionArn, afterEventId: eventId - 1, maxResults: 1, includeExecutionData: true },
        signal,
      ),
    staleTime: Infinity,
  });
  if (error !== null) {
    return (
      <FailureAlert
        what={`The ${side} cannot be loaded`}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  const [event] = data?.events ?? [];
  if (event === undefined) return <PageSpinner label={side} />;
  return <JsonView text={detailsOf(event)[side] ?? ""} label={LABELS[side]} />;
}
