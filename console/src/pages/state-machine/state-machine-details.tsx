/** The facts about a state machine. */
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { StateMachineDescription } from "../../api/operations.ts";
import { ArnText } from "../../components/arn-text.tsx";
import { formatTime } from "../../components/format-time.ts";

export function StateMachineDetails({ machine }: { readonly machine: StateMachineDescription }) {
  const { stateMachineArn, type, status, creationDate, roleArn, revisionId } = machine;
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: "ARN", value: <ArnText arn={stateMachineArn} what="state machine" /> },
          { label: "Type", value: type === "EXPRESS" ? "Express" : "Standard" },
          { label: "Created", value: formatTime(creationDate) },
          { label: "IAM role ARN", value: <ArnText arn={roleArn} what="role" /> },
          {
            label: "Status",
            value:
              status === "DELETING" ? (
                <StatusIndicator type="in-progress">Deleting</StatusIndicator>
              ) : (
                <StatusIndicator>Active</StatusIndicator>
              ),
          },
          { label: "Revision", value: revisionId ?? "The first one" },
        ]}
      />
    </Container>
  );
}
