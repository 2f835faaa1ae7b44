/** One event in full, and what can be done from it. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { HistoryEvent } from "../../api/operations.ts";
import { JsonView } from "../../editor/json-view.tsx";
import { isForkable } from "../../fork/fork-point.ts";

interface Props {
  readonly event: HistoryEvent;
  /** Whether the execution is shown as it was after it. */
  readonly isShown: boolean;
  readonly onShow: () => void;
  readonly onFork: () => void;
}

export function EventDetail({ event, isShown, onShow, onFork }: Props) {
  return (
    <div className="event-detail" role="region" aria-label={`Event ${event.id}`}>
      <SpaceBetween size="xs">
        <Box variant="h3">
          Event {event.id}: {event.type}
        </Box>
        <SpaceBetween direction="horizontal" size="xs">
          <Button iconName="history" disabled={isShown} onClick={onShow}>
            See this moment
          </Button>
          {isForkable(event) ? (
            <Button iconName="share" onClick={onFork}>
              Fork from here
            </Button>
          ) : null}
        </SpaceBetween>
        <JsonView text={JSON.stringify(event)} label={`Event ${event.id}`} maxHeight="388px" />
      </SpaceBetween>
    </div>
  );
}
