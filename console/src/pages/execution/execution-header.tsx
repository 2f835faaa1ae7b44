/** The name of an execution, and what can be done with it. */
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useRedriveExecution } from "../../api/execution-queries.ts";
import type { ExecutionDescription } from "../../api/operations.ts";
import { ExecutionStatusLabel } from "../../components/execution-status.tsx";
import { prettyJson } from "../../components/json-text.ts";
import { stateMachineArnOf } from "../../routing/arns.ts";
import { paths } from "../../routing/paths.ts";
import { useNotifications } from "../../shell/notifications.tsx";
import { StartDialog } from "../start/start-dialog.tsx";
import { StopDialog } from "./stop-dialog.tsx";

interface Props {
  readonly execution: ExecutionDescription;
  /** From the moment that is looked at. */
  readonly onFork: () => void;
  readonly onExport: () => void;
}

export function ExecutionHeader({ execution, onFork, onExport }: Props) {
  const navigate = useNavigate();
  const { succeeded, failed } = useNotifications();
  const [dialog, setDialog] = useState<"start" | "stop">();
  const redrive = useRedriveExecution();
  const { executionArn, name = "", status, input, redriveStatus } = execution;
  const stateMachineArn = stateMachineArnOf(executionArn);
  return (
    <>
      <Header
        variant="h1"
        info={<ExecutionStatusLabel status={status} />}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {status === "RUNNING" ? <Button onClick={() => setDialog("stop")}>Stop</Button> : null}
            {redriveStatus === "REDRIVABLE" ? (
              <Button
                loading={redrive.isPending}
                onClick={() =>
                  redrive.mutate(
                    { executionArn },
                    {
                      onSuccess: () => succeeded("The execution goes on where it stopped"),
                      onError: (error) => failed("The execution was not redriven", error),
                    },
                  )
                }
              >
                Redrive
              </Button>
            ) : null}
            <ButtonDropdown
              items={[
                { id: "fork", text: "Fork from this moment", iconName: "share" },
                { id: "compare", text: "Compare with another", iconName: "multiscreen" },
                { id: "edit", text: "Edit state machine", iconName: "edit" },
                { id: "export", text: "Export as JSON", iconName: "download" },
              ]}
              onItemClick={({ detail }) => {
                if (detail.id === "fork") onFork();
                else if (detail.id === "compare") void navigate(paths.compare(executionArn));
                else if (detail.id === "edit") {
                  void navigate(paths.editStateMachine(stateMachineArn));
                } else onExport();
              }}
            >
              Actions
            </ButtonDropdown>
            <Button variant="primary" onClick={() => setDialog("start")}>
              New execution
            </Button>
          </SpaceBetween>
        }
      >
        {name}
      </Header>
      {dialog === "stop" ? (
        <StopDialog executionArn={executionArn} onClose={() => setDialog(undefined)} />
      ) : null}
      {dialog === "start" ? (
        <StartDialog
          stateMachineArn={stateMachineArn}
          type="STANDARD"
          input={prettyJson(input ?? "{}")}
          onClose={() => setDialog(undefined)}
        />
      ) : null}
    </>
  );
}
