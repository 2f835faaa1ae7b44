/** What is set beside the definition, to be read while it is edited. */
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { StateMachineDescription } from "../../api/operations.ts";
import { ArnText } from "../../components/arn-text.tsx";

export function MachineSettings({ machine }: { readonly machine: StateMachineDescription }) {
  const { name, type, stateMachineArn, roleArn, loggingConfiguration, tracingConfiguration } =
    machine;
  return (
    <Container
      header={
        <Header variant="h2" description="Name and type cannot be changed after the creation.">
          Settings
        </Header>
      }
    >
      <KeyValuePairs
        columns={2}
        items={[
          { label: "Name", value: name },
          { label: "Type", value: type === "EXPRESS" ? "Express" : "Standard" },
          { label: "ARN", value: <ArnText arn={stateMachineArn} what="state machine" /> },
          { label: "IAM role ARN", value: <ArnText arn={roleArn} what="role" /> },
          { label: "Logging", value: loggingConfiguration?.level ?? "OFF" },
          { label: "X-Ray tracing", value: tracingConfiguration?.enabled === true ? "On" : "Off" },
        ]}
      />
    </Container>
  );
}
