/** The published versions of a state machine. */
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useVersions } from "../../api/state-machine-queries.ts";
import { ArnText } from "../../components/arn-text.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatTime } from "../../components/format-time.ts";
import { nameOf } from "../../routing/arns.ts";

export function VersionsTab({ arn }: { readonly arn: string }) {
  const { data, isPending } = useVersions(arn);
  return (
    <Table
      variant="borderless"
      header={
        <Header
          variant="h2"
          counter={data === undefined ? "" : `(${data.items.length})`}
          description="A version is a revision that never changes. Actions > Publish version makes one."
        >
          Versions
        </Header>
      }
      loading={isPending}
      loadingText="Loading versions"
      items={data?.items ?? []}
      trackBy="stateMachineVersionArn"
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: "Versions" }}
      columnDefinitions={[
        {
          id: "version",
          header: "Version",
          cell: ({ stateMachineVersionArn }) => nameOf(stateMachineVersionArn),
          isRowHeader: true,
        },
        {
          id: "created",
          header: "Published",
          cell: ({ creationDate }) => formatTime(creationDate),
        },
        {
          id: "arn",
          header: "ARN",
          cell: ({ stateMachineVersionArn }) => (
            <ArnText arn={stateMachineVersionArn} what="version" />
          ),
        },
      ]}
      empty={<EmptyState title="No versions are published" />}
    />
  );
}
