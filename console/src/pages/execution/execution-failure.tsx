/** Why an execution did not succeed. */
import Alert from "@cloudscape-design/components/alert";
import type { ExecutionDescription } from "../../api/operations.ts";
import { statusText } from "../../components/execution-status.tsx";

export function ExecutionFailure({ execution }: { readonly execution: ExecutionDescription }) {
  const { status, error, cause } = execution;
  if (status === "RUNNING" || status === "SUCCEEDED") return null;
  if (error === undefined && cause === undefined) return null;
  return (
    <Alert
      type={status === "ABORTED" ? "warning" : "error"}
      header={`${statusText(status)}${error === undefined ? "" : `: ${error}`}`}
    >
      <div className="cause">{cause ?? "No cause was given."}</div>
    </Alert>
  );
}
