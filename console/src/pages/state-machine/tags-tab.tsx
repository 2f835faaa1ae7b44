/** The tags of a state machine. */
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useTags } from "../../api/state-machine-queries.ts";
import { EmptyState } from "../../components/empty-state.tsx";

export function TagsTab({ arn }: { readonly arn: string }) {
  const { data, isPending } = useTags(arn);
  const tags = data?.tags ?? [];
  return (
    <Table
      variant="borderless"
      header={
        <Header variant="h2" counter={data === undefined ? "" : `(${tags.length})`}>
          Tags
        </Header>
      }
      loading={isPending}
      loadingText="Loading tags"
      items={[...tags]}
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: "Tags" }}
      columnDefinitions={[
        { id: "key", header: "Key", cell: ({ key }) => key, isRowHeader: true },
        { id: "value", header: "Value", cell: ({ value }) => value },
      ]}
      empty={<EmptyState title="No tags" />}
    />
  );
}
