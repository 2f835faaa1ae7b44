/** What an Express execution gave. */
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Output } from "../../api/operations.ts";
import { ElapsedTime } from "../../components/elapsed-time.tsx";
import { ExecutionStatusLabel } from "../../components/execution-status.tsx";
import { JsonView } from "../../editor/json-view.tsx";

export function SyncResult({ result }: { readonly result: Output<"StartSyncExecution"> }) {
  const { status, startDate, stopDate, output, error, cause } = result;
  return (
    <SpaceBetween size="s">
      <SpaceBetween direction="horizontal" size="m">
        <ExecutionStatusLabel status={status} />
        <ElapsedTime from={startDate} to={stopDate} />
      </SpaceBetween>
      {output === undefined ? null : <JsonView text={output} label="Output" maxHeight="240px" />}
      {error === undefined ? null : <Box variant="awsui-key-label">{error}</Box>}
      {cause === undefined ? null : <Box variant="p">{cause}</Box>}
    </SpaceBetween>
  );
}
