/** One execution: where it is, what it did and with what; at any of its moments. */
import ContentLayout from "@cloudscape-design/components/content-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { useExecution, useExecutionDefinition } from "../../api/execution-queries.ts";
import type { ExecutionDescription } from "../../api/operations.ts";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { PageSpinner } from "../../components/page-spinner.tsx";
import { ForkDialog } from "../../fork/fork-dialog.tsx";
import { forkPoint } from "../../fork/fork-point.ts";
import { useExecutionHistory } from "../../history/use-execution-history.ts";
import { EventsSection } from "./events-section.tsx";
import { ExecutionHeader } from "./execution-header.tsx";
import { ExecutionSummary } from "./execution-summary.tsx";
import { ExplanationCard } from "./explanation-card.tsx";
import { exportExecution } from "./export-execution.ts";
import { StatesSection, type ChosenState } from "./states-section.tsx";
import { useMoment } from "./use-moment.ts";

export function ExecutionPage() {
  const { arn = "" } = useParams();
  const { data, error, refetch } = useExecution(arn);
  if (data !== undefined) return <ExecutionView key={arn} execution={data} />;
  if (error === null) return <PageSpinner label="execution" />;
  return (
    <FailureAlert
      what="The execution cannot be shown"
      error={error}
      onRetry={() => void refetch()}
    />
  );
}

function ExecutionView({ execution }: { readonly execution: ExecutionDescription }) {
  const { executionArn } = execution;
  const history = useExecutionHistory(executionArn);
  const { data: machine } = useExecutionDefinition(executionArn);
  const [search] = useSearchParams();
  const moment = useMoment(history, eventOf(search));
  const [chosen, setChosen] = useState<ChosenState>();
  const [eventId, setEventId] = useState<number>();
  const [forkEventId, setForkEventId] = useState<number>();
  const definition = machine?.definition;
  const forkEvent = forkEventId === undefined ? undefined : forkPoint(history.events, forkEventId);
  return (
    <ContentLayout
      header={
        <ExecutionHeader
          execution={execution}
          onFork={() => setForkEventId(moment.lastEventId)}
          onExport={() => exportExecution(execution, definition, history.events)}
        />
      }
    >
      <SpaceBetween size="l">
        <ExplanationCard
          execution={execution}
          onShowState={(name, enteredEventId) => {
            const run = history.runs.runs.find((one) => one.enteredEventId === enteredEventId);
            setChosen(run === undefined ? { name } : { name, index: run.index });
          }}
          onShowEvent={setEventId}
          onFork={setForkEventId}
        />
        <ExecutionSummary execution={execution} definition={definition} />
        {history.error === undefined ? null : (
          <FailureAlert
            what="The history cannot be loaded"
            error={history.error}
            onRetry={() => history.reload()}
          />
        )}
        <StatesSection
          execution={execution}
          moment={moment}
          definition={definition}
          chosen={chosen}
          onChoose={setChosen}
          onFork={setForkEventId}
        />
        <EventsSection
          history={history}
          moment={moment}
          startDate={execution.startDate}
          selectedId={eventId}
          onSelect={setEventId}
          onFork={setForkEventId}
        />
      </SpaceBetween>
      {forkEvent === undefined || definition === undefined ? null : (
        <ForkDialog
          executionArn={executionArn}
          event={forkEvent}
          run={history.runs.runOf(forkEvent.id)}
          definition={definition}
          onClose={() => setForkEventId(undefined)}
        />
      )}
    </ContentLayout>
  );
}

/** The event that the address names; undefined: none. */
function eventOf(search: URLSearchParams): number | undefined {
  const text = search.get("event");
  return text !== null && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
}
