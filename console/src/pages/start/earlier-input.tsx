/** A menu of earlier executions, to take over the input of one. */
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { useExecutions } from "../../api/execution-queries.ts";
import { statusText } from "../../components/execution-status.tsx";
import { formatTime } from "../../components/format-time.ts";
import { prettyJson } from "../../components/json-text.ts";
import { useNotifications } from "../../shell/notifications.tsx";

const SHOWN = 10;

interface Props {
  readonly stateMachineArn: string;
  readonly onChoose: (input: string) => void;
}

export function EarlierInput({ stateMachineArn, onChoose }: Props) {
  const { failed } = useNotifications();
  const [isLoading, setIsLoading] = useState(false);
  const { data } = useExecutions(stateMachineArn, undefined);
  const executions = (data?.pages[0]?.executions ?? []).slice(0, SHOWN);
  const choose = (executionArn: string): void => {
    setIsLoading(true);
    call("DescribeExecution", { executionArn })
      .then(({ input }) => onChoose(prettyJson(input ?? "{}")))
      .catch((error: unknown) => failed("The input cannot be copied", error))
      .finally(() => setIsLoading(false));
  };
  return (
    <ButtonDropdown
      loading={isLoading}
      disabled={executions.length === 0}
      items={executions.map(({ executionArn, name, status, startDate }) => ({
        id: executionArn,
        text: name,
        secondaryText: `${statusText(status)}, ${formatTime(startDate)}`,
      }))}
      onItemClick={({ detail }) => choose(detail.id)}
    >
      Copy from
    </ButtonDropdown>
  );
}
