/** What each stage of a state made of its data, with the expression that did it. */
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import type { Json } from "../../../src/json/json.ts";
import { useDataFlow } from "../api/insight-queries.ts";
import { FailureAlert } from "../components/failure-alert.tsx";
import { prettyValue } from "../components/json-text.ts";
import { PageSpinner } from "../components/page-spinner.tsx";
import { JsonView } from "../editor/json-view.tsx";
import { dataFlowSteps, type DataFlowStep } from "./data-flow-steps.ts";

interface Props {
  readonly executionArn: string;
  readonly enteredEventId: number;
  /** Of what is known of the execution; while the state works its flow grows. */
  readonly lastEventId: number;
  /** The definition of the state. */
  readonly state: Json | undefined;
}

export function DataFlowView({ executionArn, enteredEventId, lastEventId, state }: Props) {
  const { data, error, refetch } = useDataFlow(executionArn, enteredEventId, lastEventId);
  const steps = useMemo(
    () => (data === undefined ? [] : dataFlowSteps(data, state)),
    [data, state],
  );
  if (error !== null) {
    const what = "The data flow cannot be shown";
    return <FailureAlert what={what} error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <PageSpinner label="data flow" />;
  const { failure, assigned, variables, retryCount } = data;
  return (
    <SpaceBetween size="s">
      <Box color="text-body-secondary" fontSize="body-s">
        {data.queryLanguage}
        {retryCount > 0 ? `, ${retryCount === 1 ? "1 retry" : `${retryCount} retries`}` : ""}. Lines
        that a stage made are marked.
      </Box>
      <ol className="flow-steps" aria-label="Stages of the data flow">
        {steps.map((step) => (
          <Step key={step.id} step={step} />
        ))}
      </ol>
      {failure === undefined ? null : (
        <Alert type="error" header={failure.error ?? "Failed"}>
          <div className="cause">{failure.cause ?? "No cause was given."}</div>
        </Alert>
      )}
      <Values title="Variables that Assign set" values={assigned} />
      <Values title="Variables that the state saw" values={variables} />
    </SpaceBetween>
  );
}

function Step({ step }: { readonly step: DataFlowStep }) {
  const { title, field, expression, text, changes, isPassing } = step;
  const [isOpen, setIsOpen] = useState(!isPassing);
  return (
    <li className={`flow-step${isPassing ? " is-passing" : ""}`}>
      <div className="flow-head">
        {title}
        {isPassing ? (
          <>
            <small>there is no {field}: it stays as it is</small>
            <Button variant="inline-link" onClick={() => setIsOpen(!isOpen)}>
              {isOpen ? "Hide" : "Show"}
            </Button>
          </>
        ) : null}
        {changes === undefined || isPassing ? null : (
          <span className="flow-changes" title="Lines that came and went">
            +{changes.added.length} −{changes.removed}
          </span>
        )}
      </div>
      {expression === undefined ? null : (
        <pre className="flow-expression" tabIndex={0} aria-label={`${field} in the definition`}>
          {field}: {expression}
        </pre>
      )}
      {isOpen ? (
        <JsonView text={text} label={title} maxHeight="260px" marked={changes?.added} />
      ) : null}
    </li>
  );
}

function Values({
  title,
  values,
}: {
  readonly title: string;
  readonly values: Readonly<Record<string, Json>> | undefined;
}) {
  if (values === undefined || Object.keys(values).length === 0) return null;
  return (
    <div>
      <Box variant="awsui-key-label">{title}</Box>
      <JsonView text={prettyValue(values)} label={title} maxHeight="200px" />
    </div>
  );
}
