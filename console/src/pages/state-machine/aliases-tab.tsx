/** The aliases of a state machine. */
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useAliases } from "../../api/state-machine-queries.ts";
import { ArnText } from "../../components/arn-text.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatTime } from "../../components/format-time.ts";
import { nameOf } from "../../routing/arns.ts";
import { AliasRouting } from "./alias-routing.tsx";

export function AliasesTab({ arn }: { readonly arn: string }) {
  const { data, isPending } = useAliases(arn);
  return (
    <Table
      variant="borderless"
      header={
        <Header
          variant="h2"
          counter={data === undefined ? "" : `(${data.items.length})`}
          description="An alias leads to one version, or to two of them by weight."
        >
          Aliases
        </Header>
      }
      loading={isPending}
      loadingText="Loading aliases"
      items={data?.items ?? []}
      trackBy="stateMachineAliasArn"
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: "Aliases" }}
      columnDefinitions={[
        {
          id: "alias",
          header: "Alias",
          cell: ({ stateMachineAliasArn }) => nameOf(stateMachineAliasArn),
          isRowHeader: true,
        },
        {
          id: "routing",
          header: "Leads to",
          cell: ({ stateMachineAliasArn }) => <AliasRouting arn={stateMachineAliasArn} />,
        },
        { id: "created", header: "Created", cell: ({ creationDate }) => formatTime(creationDate) },
        {
          id: "arn",
          header: "ARN",
          cell: ({ stateMachineAliasArn }) => <ArnText arn={stateMachineAliasArn} what="alias" />,
        },
      ]}
      empty={<EmptyState title="No aliases" />}
    />
  );
}
