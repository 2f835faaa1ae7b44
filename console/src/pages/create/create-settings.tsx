/** The first step of creating a state machine: its settings, and what to begin with. */
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { useMemo } from "react";
import { describeFailure } from "../../api/api-failure.ts";
import type { useCreateStateMachine } from "../../api/state-machine-queries.ts";
import { definitionGraph } from "../../graph/definition-graph.ts";
import { LazyGraph } from "../../graph/lazy-graph.tsx";
import { MachineFields, type MachineFieldsProps } from "./machine-fields.tsx";
import { BLANK, TEMPLATES, type Template } from "./templates.ts";

interface Props extends MachineFieldsProps {
  readonly template: Template;
  readonly create: ReturnType<typeof useCreateStateMachine>;
  readonly onCreate: () => void;
  readonly onEdit: () => void;
  readonly onCancel: () => void;
}

export function CreateSettings({ template, create, onCreate, onEdit, onCancel, ...fields }: Props) {
  const { draft, onChange } = fields;
  const graph = useMemo(() => definitionGraph(template.definition), [template]);
  const isBlank = template.id === BLANK;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={onCancel}>Cancel</Button>
              <Button
                loading={create.isPending}
                disabled={isBlank}
                disabledReason="There is nothing in it yet"
                onClick={onCreate}
              >
                Create
              </Button>
              <Button variant="primary" onClick={onEdit}>
                Open the editor
              </Button>
            </SpaceBetween>
          }
        >
          Create state machine
        </Header>
      }
    >
      <SpaceBetween size="l">
        {create.error === null ? null : (
          <Alert type="error" header="The state machine was not created">
            {describeFailure(create.error)}
          </Alert>
        )}
        <MachineFields {...fields} />
        <Container
          header={
            <Header variant="h2" description="What the workflow editor begins with.">
              Template
            </Header>
          }
        >
          <div className="side-by-side">
            <Tiles
              value={template.id}
              ariaLabel="Template"
              columns={2}
              onChange={({ detail }) => onChange({ ...draft, templateId: detail.value })}
              items={TEMPLATES.map(({ id, title, description }) => ({
                value: id,
                label: title,
                description,
              }))}
            />
            {isBlank || graph === undefined ? (
              <Box textAlign="center" padding="xxl" color="text-status-inactive">
                An empty canvas
              </Box>
            ) : (
              <LazyGraph graph={graph} height="420px" />
            )}
          </div>
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}
