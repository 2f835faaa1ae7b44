/** Chooses the execution to compare with: of the same state machine, or any by its ARN. */
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { useExecutions } from "../../api/execution-queries.ts";
import { useOrigin } from "../../api/insight-queries.ts";
import { ElapsedTime } from "../../components/elapsed-time.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ExecutionStatusLabel } from "../../components/execution-status.tsx";
import { formatTime } from "../../components/format-time.ts";
import { nameOf, stateMachineArnOf } from "../../routing/arns.ts";

interface Props {
  readonly executionArn: string;
  readonly onChoose: (executionArn: string) => void;
}

const SHOWN = 20;

export function OtherExecution({ executionArn, onChoose }: Props) {
  const machineArn = stateMachineArnOf(executionArn);
  const { data, isPending } = useExecutions(machineArn, undefined);
  const { data: origin } = useOrigin(executionArn);
  const [written, setWritten] = useState("");
  const others = (data?.pages[0]?.executions ?? []).filter(
    (one) => one.executionArn !== executionArn,
  );
  const forkedFrom = origin?.forkedFrom?.executionArn;
  const isArn = /^arn:[^:]+:states:[^:]+:\d{12}:execution:.+/.test(written.trim());
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Any execution</Header>}>
        <SpaceBetween size="s">
          <FormField label="ARN of the other execution" stretch>
            <Input
              value={written}
              placeholder="arn:aws:states:…:execution:…"
              onChange={({ detail }) => setWritten(detail.value)}
              onKeyDown={({ detail }) => {
                if (detail.key === "Enter" && isArn) onChoose(written.trim());
              }}
            />
          </FormField>
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!isArn} onClick={() => onChoose(written.trim())}>
              Compare
            </Button>
            {forkedFrom === undefined ? null : (
              <Button onClick={() => onChoose(forkedFrom)}>
                Compare with {nameOf(forkedFrom)}, from which it was forked
              </Button>
            )}
          </SpaceBetween>
        </SpaceBetween>
      </Container>
      <Table
        variant="container"
        items={others.slice(0, SHOWN)}
        trackBy="executionArn"
        loading={isPending}
        loadingText="Loading executions"
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: "Executions of the same state machine" }}
        header={<Header variant="h2">Newest executions of {nameOf(machineArn)}</Header>}
        columnDefinitions={[
          { id: "name", header: "Name", cell: ({ name }) => name, isRowHeader: true },
          {
            id: "status",
            header: "Status",
            cell: ({ status }) => <ExecutionStatusLabel status={status} />,
          },
          { id: "started", header: "Started", cell: ({ startDate }) => formatTime(startDate) },
          {
            id: "duration",
            header: "Duration",
            cell: ({ startDate, stopDate }) => <ElapsedTime from={startDate} to={stopDate} />,
          },
          {
            id: "choose",
            header: "Compare",
            cell: ({ name, executionArn: arn }) => (
              <Button
                variant="inline-link"
                ariaLabel={`Compare with ${name}`}
                onClick={() => onChoose(arn)}
              >
                Compare
              </Button>
            ),
          },
        ]}
        empty={<EmptyState title="There is no other execution of this state machine" />}
      />
    </SpaceBetween>
  );
}
