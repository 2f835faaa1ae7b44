/** One state machine: its executions, definition, versions and settings. */
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type { StateMachineDescription } from "../../api/operations.ts";
import { useStateMachine } from "../../api/state-machine-queries.ts";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { PageSpinner } from "../../components/page-spinner.tsx";
import { paths } from "../../routing/paths.ts";
import { StartDialog } from "../start/start-dialog.tsx";
import { DeleteStateMachines } from "../state-machines/delete-state-machines.tsx";
import { AliasesTab } from "./aliases-tab.tsx";
import { DefinitionTab } from "./definition-tab.tsx";
import { ExecutionsTab } from "./executions-tab.tsx";
import { LoggingTab } from "./logging-tab.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { StateMachineDetails } from "./state-machine-details.tsx";
import { TagsTab } from "./tags-tab.tsx";
import { VersionsTab } from "./versions-tab.tsx";

export function StateMachinePage() {
  const { arn = "" } = useParams();
  const { data, error, refetch } = useStateMachine(arn);
  if (data !== undefined) return <StateMachineView machine={data} />;
  if (error === null) return <PageSpinner label="state machine" />;
  return (
    <FailureAlert
      what="The state machine cannot be shown"
      error={error}
      onRetry={() => void refetch()}
    />
  );
}

type Dialog = "start" | "delete" | "publish";

function StateMachineView({ machine }: { readonly machine: StateMachineDescription }) {
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<Dialog>();
  const close = (): void => setDialog(undefined);
  const { stateMachineArn, name, type } = machine;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <ButtonDropdown
                items={[
                  { id: "publish", text: "Publish version" },
                  { id: "delete", text: "Delete" },
                ]}
                onItemClick={({ detail }) => setDialog(detail.id as Dialog)}
              >
                Actions
              </ButtonDropdown>
              <Button onClick={() => void navigate(paths.editStateMachine(stateMachineArn))}>
                Edit
              </Button>
              <Button variant="primary" onClick={() => setDialog("start")}>
                Start execution
              </Button>
            </SpaceBetween>
          }
        >
          {name}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <StateMachineDetails machine={machine} />
        <StateMachineTabs machine={machine} onStart={() => setDialog("start")} />
      </SpaceBetween>
      {dialog === "start" ? (
        <StartDialog stateMachineArn={stateMachineArn} type={type} onClose={close} />
      ) : null}
      {dialog === "publish" ? <PublishDialog machine={machine} onClose={close} /> : null}
      {dialog === "delete" ? (
        <DeleteStateMachines
          machines={[machine]}
          onClose={(isDeleted) => {
            close();
            if (isDeleted) void navigate(paths.stateMachines);
          }}
        />
      ) : null}
    </ContentLayout>
  );
}

interface TabsProps {
  readonly machine: StateMachineDescription;
  readonly onStart: () => void;
}

/** The tab stands in the address, so that going back leads to it. */
function StateMachineTabs({ machine, onStart }: TabsProps) {
  const [query, setQuery] = useSearchParams();
  const { stateMachineArn: arn } = machine;
  return (
    <Tabs
      activeTabId={query.get("tab") ?? "executions"}
      onChange={({ detail }) => setQuery({ tab: detail.activeTabId }, { replace: true })}
      tabs={[
        {
          id: "executions",
          label: "Executions",
          content: <ExecutionsTab machine={machine} onStart={onStart} />,
        },
        {
          id: "definition",
          label: "Definition",
          content: <DefinitionTab definition={machine.definition} />,
        },
        { id: "versions", label: "Versions", content: <VersionsTab arn={arn} /> },
        { id: "aliases", label: "Aliases", content: <AliasesTab arn={arn} /> },
        { id: "logging", label: "Logging", content: <LoggingTab machine={machine} /> },
        { id: "tags", label: "Tags", content: <TagsTab arn={arn} /> },
      ]}
    />
  );
}
