/** What was going on at a moment of the past: each line of control, what it waited for, its variables. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useDeferredValue } from "react";
import { useSnapshot } from "../../api/insight-queries.ts";
import type { ExecutionSnapshot } from "../../api/own-operations.ts";
import { describeFailure } from "../../api/api-failure.ts";
import { ExecutionStatusLabel } from "../../components/execution-status.tsx";
import { prettyValue } from "../../components/json-text.ts";
import { framePlaces, phaseText } from "../../history/frames.ts";

interface Props {
  readonly executionArn: string;
  readonly eventId: number;
  readonly onSelect: (state: { readonly name: string; readonly enteredEventId: number }) => void;
}

/** More lines are counted. */
const MAX_SHOWN = 30;
const MAX_TEXT = 160;

export function MomentFrames({ executionArn, eventId, onSelect }: Props) {
  const settled = useDeferredValue(eventId);
  const { data, error, isPlaceholderData } = useSnapshot(executionArn, settled);
  if (error !== null) {
    return <StatusIndicator type="warning">{describeFailure(error)}</StatusIndicator>;
  }
  if (data === undefined) {
    return <StatusIndicator type="loading">Loading what was going on</StatusIndicator>;
  }
  return (
    <div className={`moment-frames${isPlaceholderData ? " is-stale" : ""}`}>
      <Frames snapshot={data} onSelect={onSelect} />
    </div>
  );
}

function Frames({
  snapshot,
  onSelect,
}: {
  readonly snapshot: ExecutionSnapshot;
  readonly onSelect: Props["onSelect"];
}) {
  const { frames, frameCount, status, timestamp } = snapshot;
  const places = framePlaces(frames);
  const variables = frames.flatMap(({ id, variables: own }) =>
    Object.entries(own).map(([name, value]) => ({ id, name, value })),
  );
  const hidden = frameCount - Math.min(frames.length, MAX_SHOWN);
  return (
    <>
      <div className="moment-status">
        <Box variant="awsui-key-label">At this moment</Box>
        <ExecutionStatusLabel status={status} />
      </div>
      <ul className="frame-list" aria-label="Lines of control">
        {frames.slice(0, MAX_SHOWN).map((frame) => (
          <li key={frame.id}>
            <span className="frame-place">{places.get(frame.id)}</span>
            {frame.state === undefined ? (
              <span>-</span>
            ) : (
              <Button
                variant="inline-link"
                onClick={() =>
                  onSelect({ name: frame.state ?? "", enteredEventId: frame.enteredEventId })
                }
              >
                {frame.state}
              </Button>
            )}
            <span className="frame-phase">{phaseText(frame, timestamp)}</span>
          </li>
        ))}
        {hidden > 0 ? <li>and {hidden} more</li> : null}
      </ul>
      {variables.length === 0 ? null : (
        <dl className="variable-list" aria-label="Variables at this moment">
          {variables.slice(0, MAX_SHOWN).map(({ id, name, value }) => (
            <div key={`${id} ${name}`}>
              <dt title={places.get(id)}>${name}</dt>
              <dd title={prettyValue(value)}>{shorten(prettyValue(value))}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT)}…`;
}
