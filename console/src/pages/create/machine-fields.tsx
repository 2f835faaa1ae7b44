/** Name, role and type of a state machine that is being created. */
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";

export interface MachineDraft {
  readonly name: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly roleArn: string;
  readonly templateId: string;
}

export interface MachineFieldsProps {
  readonly draft: MachineDraft;
  readonly nameError: string | undefined;
  readonly onChange: (draft: MachineDraft) => void;
}

export function MachineFields({ draft, nameError, onChange }: MachineFieldsProps) {
  const set = (changes: Partial<MachineDraft>): void => onChange({ ...draft, ...changes });
  return (
    <Container header={<Header variant="h2">Settings</Header>}>
      <SpaceBetween size="l">
        <ColumnLayout columns={2}>
          <FormField
            label="Name"
            constraintText="1 to 80 letters, digits, - and _."
            errorText={nameError}
          >
            <Input value={draft.name} onChange={({ detail }) => set({ name: detail.value })} />
          </FormField>
          <FormField label="IAM role ARN" description="Stored, as AWS wants one; not assumed.">
            <Input
              value={draft.roleArn}
              onChange={({ detail }) => set({ roleArn: detail.value })}
            />
          </FormField>
        </ColumnLayout>
        <FormField label="Type" description="It cannot be changed later." stretch>
          <Tiles
            value={draft.type}
            ariaLabel="Type"
            onChange={({ detail }) => set({ type: detail.value as MachineDraft["type"] })}
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
  );
}
