/** What is wrong with an object as a whole: a field that it lacks, fields that exclude each other. */
import Alert from "@cloudscape-design/components/alert";
import { pathKey, type JsonPath } from "../../document/json-path.ts";
import { useStudio } from "../use-studio.ts";

export function PlaceProblems({ path }: { readonly path: JsonPath }) {
  const { problemsAt } = useStudio();
  const problems = problemsAt.get(pathKey(path)) ?? [];
  if (problems.length === 0) return null;
  return (
    <Alert type={problems[0]?.severity === "ERROR" ? "error" : "warning"}>
      {problems.map(({ message }) => (
        <div key={message}>{message}</div>
      ))}
    </Alert>
  );
}
