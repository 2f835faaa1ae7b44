/** The facts about one run of a state. */
import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { isObject } from "../../../../src/json/kind.ts";
import type { Json } from "../../../../src/json/json.ts";
import type { HistoryEvent } from "../../api/operations.ts";
import { ElapsedTime } from "../../components/elapsed-time.tsx";
import { formatPreciseTime } from "../../components/format-time.ts";
import { PageLink } from "../../components/page-link.tsx";
import { JsonView } from "../../editor/json-view.tsx";
import { childExecutionArn } from "../../history/child-execution.ts";
import type { StateRun } from "../../history/state-run.ts";
import { nameOf } from "../../routing/arns.ts";
import { paths } from "../../routing/paths.ts";

interface Props {
  readonly run: StateRun | undefined;
  readonly state: Json | undefined;
  readonly events: readonly HistoryEvent[];
  /** Epoch seconds; undefined: now. */
  readonly at: number | undefined;
}

export function RunFacts({ run, state, events, at }: Props) {
  const resource = state !== undefined && isObject(state) ? state["Resource"] : undefined;
  if (run === undefined) return <Box color="text-status-inactive">It was not reached.</Box>;
  const { error, cause, assigned, iterations, mapRunArn } = run;
  const child = childExecutionArn(run, events);
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
            value: <ElapsedTime from={run.startedAt} to={run.stoppedAt ?? at} />,
          },
          ...(typeof resource === "string" ? [{ label: "Resource", value: resource }] : []),
          ...(child === undefined
            ? []
            : [
                {
                  label: "Child execution",
                  value: <PageLink href={paths.execution(child)}>{nameOf(child)}</PageLink>,
                },
              ]),
          ...(mapRunArn === undefined
            ? []
            : [
                {
                  label: "Map Run",
                  value: <PageLink href={paths.mapRun(mapRunArn)}>{nameOf(mapRunArn)}</PageLink>,
                },
              ]),
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
