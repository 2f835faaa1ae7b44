/** The result of a test, and the data between the steps. */
import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, {
  type StatusIndicatorProps,
} from "@cloudscape-design/components/status-indicator";
import type { Output } from "../api/operations.ts";
import { JsonView } from "../editor/json-view.tsx";

interface Props {
  readonly result: Output<"TestState">;
}

const STATUS: Readonly<Record<string, StatusIndicatorProps.Type>> = {
  SUCCEEDED: "success",
  FAILED: "error",
  RETRIABLE: "warning",
  CAUGHT_ERROR: "warning",
};

/** In the order in which the data goes through them. */
const STEPS: readonly (readonly [member: string, label: string])[] = [
  ["input", "Input"],
  ["afterInputPath", "After InputPath"],
  ["afterItemsPath", "After ItemsPath"],
  ["afterItemSelector", "After ItemSelector"],
  ["afterItemBatcher", "After ItemBatcher"],
  ["afterParameters", "After Parameters"],
  ["afterArguments", "After Arguments"],
  ["request", "Request"],
  ["response", "Response"],
  ["result", "Result"],
  ["afterResultSelector", "After ResultSelector"],
  ["afterResultPath", "After ResultPath"],
  ["variables", "Variables"],
];

export function TestStateResult({ result }: Props) {
  const { status = "", output, error, cause, nextState, inspectionData = {} } = result;
  const data = inspectionData as Readonly<Record<string, unknown>>;
  const steps = STEPS.flatMap(([member, label]) => {
    const text = textOf(data[member]);
    return text === undefined ? [] : [{ label, text }];
  });
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={2}
        items={[
          {
            label: "Status",
            value: <StatusIndicator type={STATUS[status] ?? "info"}>{status}</StatusIndicator>,
          },
          { label: "Next state", value: nextState ?? "–" },
          ...(error === undefined ? [] : [{ label: "Error", value: error }]),
          ...(cause === undefined ? [] : [{ label: "Cause", value: cause }]),
        ]}
      />
      {steps.map(({ label, text }) => (
        <ExpandableSection key={label} headerText={label} defaultExpanded={label === "Input"}>
          <JsonView text={text} label={label} maxHeight="240px" />
        </ExpandableSection>
      ))}
      {output === undefined ? (
        <Box color="text-status-inactive">There is no output.</Box>
      ) : (
        <ExpandableSection headerText="Output" defaultExpanded>
          <JsonView text={output} label="Output" maxHeight="300px" />
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
