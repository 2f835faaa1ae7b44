/** The facts about an execution, its input and output, and the definition it runs. */
import Box from "@cloudscape-design/components/box";
import Tabs from "@cloudscape-design/components/tabs";
import type { ExecutionDescription } from "../../api/operations.ts";
import { PageSpinner } from "../../components/page-spinner.tsx";
import { JsonView } from "../../editor/json-view.tsx";
import { ExecutionFacts } from "./execution-facts.tsx";

interface Props {
  readonly execution: ExecutionDescription;
  readonly definition: string | undefined;
}

export function ExecutionSummary({ execution, definition }: Props) {
  return (
    <Tabs
      variant="container"
      tabs={[
        { id: "details", label: "Details", content: <ExecutionFacts execution={execution} /> },
        {
          id: "data",
          label: "Execution input and output",
          content: <InputAndOutput execution={execution} />,
        },
        {
          id: "definition",
          label: "Definition",
          content:
            definition === undefined ? (
              <PageSpinner label="definition" />
            ) : (
              <JsonView text={definition} label="Definition" />
            ),
        },
      ]}
    />
  );
}

function InputAndOutput({ execution }: { readonly execution: ExecutionDescription }) {
  const { status, input, output } = execution;
  return (
    <div className="side-by-side">
      <div>
        <Box variant="h3">Input</Box>
        <JsonView text={input ?? "{}"} label="Input of the execution" />
      </div>
      <div>
        <Box variant="h3">Output</Box>
        {output === undefined ? (
          <Box color="text-status-inactive">
            {status === "RUNNING" ? "There is none until it has ended." : "It gave none."}
          </Box>
        ) : (
          <JsonView text={output} label="Output of the execution" />
        )}
      </div>
    </div>
  );
}
