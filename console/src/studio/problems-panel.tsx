/** What is wrong with the definition, each with a way to its place. */
import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { jsonProblem } from "../components/json-text.ts";
import { pathKey, pointerOf } from "../document/json-path.ts";
import type { Problem } from "../workflow/find-problems.ts";
import { useStudio } from "./use-studio.ts";

interface Props {
  readonly onShowCode: () => void;
}

const MAX_SHOWN = 100;

export function ProblemsPanel({ onShowCode }: Props) {
  const { problems, isJson, draft, select } = useStudio();
  const [isOpen, setIsOpen] = useState(false);
  const errors = problems.filter(({ severity }) => severity === "ERROR").length;
  const warnings = problems.length - errors;
  if (!isJson) {
    return (
      <div className="problems" role="region" aria-label="Problems">
        <StatusIndicator type="error">
          The text is no JSON, so that the graph shows how it was before:{" "}
          {jsonProblem(draft.text)?.message ?? ""}
        </StatusIndicator>
        <Button variant="inline-link" onClick={onShowCode}>
          Show the code
        </Button>
      </div>
    );
  }
  if (problems.length === 0) {
    return (
      <div className="problems" role="region" aria-label="Problems" aria-live="polite">
        <StatusIndicator>The definition is valid</StatusIndicator>
      </div>
    );
  }
  return (
    <div
      className={isOpen ? "problems is-open" : "problems"}
      role="region"
      aria-label="Problems"
      aria-live="polite"
    >
      <button
        type="button"
        className="problems-head"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name={isOpen ? "angle-down" : "angle-up"} />
        {errors > 0 ? <Badge color="red">{count(errors, "error")}</Badge> : null}
        {warnings > 0 ? <Badge color="severity-medium">{count(warnings, "warning")}</Badge> : null}
        {isOpen ? null : <span className="problems-first">{problems[0]?.message}</span>}
      </button>
      {isOpen ? (
        <ul className="problems-list">
          {problems.slice(0, MAX_SHOWN).map((problem) => (
            <li key={`${problem.code} ${pathKey(problem.path)} ${problem.message}`}>
              <ProblemLine problem={problem} onChoose={() => select(problem.state)} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function ProblemLine({
  problem,
  onChoose,
}: {
  readonly problem: Problem;
  readonly onChoose: () => void;
}) {
  const { severity, message, path, code } = problem;
  return (
    <button type="button" className="problem-line" onClick={onChoose}>
      <StatusIndicator type={severity === "ERROR" ? "error" : "warning"}>
        {pointerOf(path) || "/"}
      </StatusIndicator>
      <span className="problem-message">{message}</span>
      <code>{code}</code>
    </button>
  );
}

function count(number: number, what: string): string {
  return `${number} ${number === 1 ? what : `${what}s`}`;
}
