/** Creates a state machine, from a template or from nothing. */
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { useState } from "react";
import { useNavigate } from "react-router";
import { describeFailure } from "../../api/api-failure.ts";
import { useCreateStateMachine } from "../../api/state-machine-queries.ts";
import type { PlacedDiagnostic } from "../../editor/definition-diagnostics.ts";
import { DefinitionWorkbench } from "../../editor/definition-workbench.tsx";
import { paths } from "../../routing/paths.ts";
import { useNotifications } from "../../shell/notifications.tsx";
import { nameProblem } from "./name-problem.ts";
import { TEMPLATES } from "./templates.ts";

/** Nobody assumes it, but AWS's API wants one. */
const ROLE = "arn:aws:iam::123456789012:role/stepwell";

export function CreatePage() {
  const navigate = useNavigate();
  const { succeeded } = useNotifications();
  const [template, setTemplate] = useState(TEMPLATES[0]);
  const [name, setName] = useState("");
  const [type, setType] = useState<"STANDARD" | "EXPRESS">("STANDARD");
  const [roleArn, setRoleArn] = useState(ROLE);
  const [text, setText] = useState(TEMPLATES[0]?.definition ?? "");
  const [diagnostics, setDiagnostics] = useState<readonly PlacedDiagnostic[]>([]);
  const [wasTried, setWasTried] = useState(false);
  const create = useCreateStateMachine();
  const hasErrors = diagnostics.some(({ severity }) => severity === "ERROR");
  const problem = nameProblem(name);
  const submit = (): void => {
    setWasTried(true);
    if (problem !== undefined || hasErrors) return;
    create.mutate(
      { name, type, roleArn, definition: text },
      {
        onSuccess: ({ stateMachineArn }) => {
          succeeded(`The state machine ${name} is created`);
          void navigate(paths.stateMachine(stateMachineArn));
        },
      },
    );
  };
  const choose = (id: string): void => {
    const chosen = TEMPLATES.find((one) => one.id === id);
    setTemplate(chosen);
    setText(chosen?.definition ?? "");
  };
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => void navigate(paths.stateMachines)}>Cancel</Button>
              <Button
                variant="primary"
                loading={create.isPending}
                disabled={hasErrors}
                disabledReason="The definition has errors"
                onClick={submit}
              >
                Create
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
        <Container header={<Header variant="h2">Settings</Header>}>
          <SpaceBetween size="l">
            <ColumnLayout columns={2}>
              <FormField
                label="Name"
                constraintText="1 to 80 letters, digits, - and _."
                errorText={wasTried ? problem : undefined}
              >
                <Input value={name} onChange={({ detail }) => setName(detail.value)} />
              </FormField>
              <FormField label="IAM role ARN" description="Stored, as AWS wants one; not assumed.">
                <Input value={roleArn} onChange={({ detail }) => setRoleArn(detail.value)} />
              </FormField>
            </ColumnLayout>
            <FormField label="Type" description="It cannot be changed later." stretch>
              <Tiles
                value={type}
                ariaLabel="Type"
                onChange={({ detail }) => setType(detail.value as typeof type)}
                items={[
                  {
                    value: "STANDARD",
                    label: "Standard",
                    description: "Durable, with a history; takes up to a year.",
                  },
                  {
                    value: "EXPRESS",
                    label: "Express",
                    description: "Fast and in memory; takes up to five minutes.",
                  },
                ]}
              />
            </FormField>
          </SpaceBetween>
        </Container>
        <Container
          header={
            <Header variant="h2" description="Choosing one replaces the definition below.">
              Template
            </Header>
          }
        >
          <Tiles
            value={template?.id ?? null}
            ariaLabel="Template"
            columns={4}
            onChange={({ detail }) => choose(detail.value)}
            items={TEMPLATES.map(({ id, title, description }) => ({
              value: id,
              label: title,
              description,
            }))}
          />
        </Container>
        <DefinitionWorkbench
          text={text}
          type={type}
          onChange={setText}
          onDiagnose={setDiagnostics}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}
