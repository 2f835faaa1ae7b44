/** The variables that a state sees: its own scope's and those around it. */
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useSnapshot } from "../../api/insight-queries.ts";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { prettyValue } from "../../components/json-text.ts";
import { PageSpinner } from "../../components/page-spinner.tsx";
import { JsonView } from "../../editor/json-view.tsx";
import { scopesOf } from "../../history/frames.ts";
import type { StateRun } from "../../history/state-run.ts";

interface Props {
  readonly executionArn: string;
  readonly run: StateRun | undefined;
  /** Of the moment that is looked at. */
  readonly lastEventId: number;
}

export function StateVariables({ executionArn, run, lastEventId }: Props) {
  // After a state was left its scope may be gone: then it is told as it was at the entry.
  const last = run?.eventIds.at(-1);
  const eventId = run === undefined ? undefined : Math.min(last ?? 0, lastEventId);
  const { data, error } = useSnapshot(executionArn, eventId);
  if (run === undefined) return <Box color="text-status-inactive">It was not reached.</Box>;
  if (error !== null) return <FailureAlert what="The variables cannot be shown" error={error} />;
  if (data === undefined) return <PageSpinner label="variables" />;
  const scopes = scopesOf(data.frames, run.enteredEventId);
  const filled = scopes.filter(({ variables }) => Object.keys(variables).length > 0);
  if (filled.length === 0) {
    return <Box color="text-status-inactive">No variable was set when it ran.</Box>;
  }
  return (
    <SpaceBetween size="s">
      {filled.map(({ place, variables }) => (
        <div key={place}>
          <Box variant="awsui-key-label">{place === "" ? "Of the whole execution" : place}</Box>
          <JsonView
            text={prettyValue(variables)}
            label={`Variables of ${place}`}
            maxHeight="260px"
          />
        </div>
      ))}
    </SpaceBetween>
  );
}
