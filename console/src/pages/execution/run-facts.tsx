/** The facts about one run of a state. */
import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { isObject } from "../../../../src/json/kind.ts";
import type { Json } from "../../../../src/json/json.ts";
import { ElapsedTime } from "../../components/elapsed-time.tsx";
import { formatPreciseTime } from "../../components/format-time.ts";
import { JsonView } from "../../editor/json-view.tsx";
import type { StateRun } from "../../history/state-run.ts";

interface Props {
  readonly run: StateRun | undefined;
  readonly state: Json | undefined;
}

export function RunFacts({ run, state }: Props) {
  const resource = state !== undefined && isObject(state) ? state["Resource"] : undefined;
  if (run === undefined) return <Box color="text-status-inactive">It was not reached.</Box>;
  const { error, cause, assigned, iterations, mapRunArn } = run;
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={2}
        items={[
          { label: "Type", value: run.type },
          { label: "Retries", value: String(Math.max(0, run.attempts - 1)) },
          { label: "Started", value: formatPreciseTime(run.startedAt) },
          {
            label: "Duration",
            value: <ElapsedTime from={run.startedAt} to={run.stoppedAt} />,
          },
          ...(typeof resource === "string" ? [{ label: "Resource", value: resource }] : []),
          ...(mapRunArn === undefined ? [] : [{ label: "Map Run", value: mapRunArn }]),
          ...(iterations === undefined || mapRunArn !== undefined
            ? []
            : [
                {
                  label: "Items",
                  value: `${iterations.succeeded} succeeded, ${iterations.failed} failed, of ${iterations.total}`,
                },
              ]),
        ]}
      />
      {error === undefined ? null : (
        <div>
          <Box variant="awsui-key-label">{error}</Box>
          <div className="cause">{cause ?? ""}</div>
        </div>
      )}
      {assigned === undefined ? null : (
        <div>
          <Box variant="awsui-key-label">Variables that were set</Box>
          <JsonView text={variablesText(assigned)} label="Variables" maxHeight="200px" />
        </div>
      )}
    </SpaceBetween>
  );
}

/** The values are JSON texts already. */
function variablesText(variables: Readonly<Record<string, string>>): string {
  const members = Object.entries(variables).map(
    ([name, text]) => `${JSON.stringify(name)}:${text}`,
  );
  return `{${members.join(",")}}`;
}
