/** What a state machine logs, and whether it traces. */
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { StateMachineDescription } from "../../api/operations.ts";

export function LoggingTab({ machine }: { readonly machine: StateMachineDescription }) {
  const { loggingConfiguration, tracingConfiguration } = machine;
  const { level = "OFF", includeExecutionData, destinations } = loggingConfiguration ?? {};
  const groups = (destinations ?? [])
    .map(({ cloudWatchLogsLogGroup }) => cloudWatchLogsLogGroup?.logGroupArn)
    .filter((arn) => arn !== undefined);
  return (
    <SpaceBetween size="m">
      <Header
        variant="h2"
        description="Where records go, the server's options say: --execution-logs, or an endpoint of CloudWatch Logs."
      >
        Logging and tracing
      </Header>
      <KeyValuePairs
        columns={2}
        items={[
          { label: "Log level", value: level },
          { label: "Payloads in the logs", value: includeExecutionData === true ? "Yes" : "No" },
          { label: "Log group", value: groups.length === 0 ? "-" : groups.join(", ") },
          {
            label: "X-Ray tracing",
            value: tracingConfiguration?.enabled === true ? "Enabled" : "Disabled",
          },
        ]}
      />
    </SpaceBetween>
  );
}
