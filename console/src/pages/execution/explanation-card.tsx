/** Why an execution did not succeed, in words, and what to change. */
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useExplanation } from "../../api/insight-queries.ts";
import type { ExecutionDescription } from "../../api/operations.ts";
import type { Explanation } from "../../api/own-operations.ts";
import { statusText } from "../../components/execution-status.tsx";

interface Props {
  readonly execution: ExecutionDescription;
  readonly onShowState: (name: string, enteredEventId: number) => void;
  readonly onShowEvent: (eventId: number) => void;
  readonly onFork: (eventId: number) => void;
}

export function ExplanationCard({ execution, ...actions }: Props) {
  const { status, error, cause } = execution;
  const { data } = useExplanation(execution);
  if (status === "RUNNING" || status === "SUCCEEDED") return null;
  return (
    <Alert
      type={status === "ABORTED" ? "warning" : "error"}
      header={`${statusText(status)}${error === undefined ? "" : `: ${error}`}`}
    >
      <SpaceBetween size="s">
        {data === undefined ? (
          <div className="cause">{cause ?? "No cause was given."}</div>
        ) : (
          <Explained explanation={data} cause={cause} {...actions} />
        )}
      </SpaceBetween>
    </Alert>
  );
}

interface ExplainedProps extends Omit<Props, "execution"> {
  readonly explanation: Explanation;
  readonly cause: string | undefined;
}

function Explained({ explanation, cause, ...actions }: ExplainedProps) {
  const { summary, facts, fixes, state, failedEventId } = explanation;
  return (
    <SpaceBetween size="s">
      <div className="explanation-summary">{summary}</div>
      {fixes.length === 0 ? null : (
        <div>
          <Box variant="awsui-key-label">What to do</Box>
          <ul className="explanation-fixes">
            {fixes.map((fix) => (
              <li key={fix}>{fix}</li>
            ))}
          </ul>
        </div>
      )}
      {facts.length === 0 ? null : (
        <dl className="explanation-facts">
          {facts.map(({ label, value }, index) => (
            // Labels may come twice, and nothing is moved.
            // eslint-disable-next-line react/no-array-index-key
            <div key={`${index} ${label}`}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {cause === undefined || summary.includes(cause) ? null : (
        <ExpandableSection headerText="Cause as it was recorded">
          <div className="cause">{cause}</div>
        </ExpandableSection>
      )}
      <SpaceBetween direction="horizontal" size="xs">
        {state === undefined ? null : (
          <Button onClick={() => actions.onShowState(state.name, state.enteredEventId)}>
            Show {state.name}
          </Button>
        )}
        {failedEventId === undefined ? null : (
          <Button onClick={() => actions.onShowEvent(failedEventId)}>
            Go to event {failedEventId}
          </Button>
        )}
        {state === undefined ? null : (
          <Button iconName="share" onClick={() => actions.onFork(state.enteredEventId)}>
            Fork before {state.name}
          </Button>
        )}
      </SpaceBetween>
    </SpaceBetween>
  );
}
