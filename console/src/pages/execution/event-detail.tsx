/** One event in full. */
import Box from "@cloudscape-design/components/box";
import type { HistoryEvent } from "../../api/operations.ts";
import { JsonView } from "../../editor/json-view.tsx";

export function EventDetail({ event }: { readonly event: HistoryEvent }) {
  return (
    <div>
      <Box variant="h3">
        Event {event.id}: {event.type}
      </Box>
      <JsonView text={JSON.stringify(event)} label={`Event ${event.id}`} />
    </div>
  );
}
