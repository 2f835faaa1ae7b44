/** What is wrong with a definition, each with a way to its place. */
import Box from "@cloudscape-design/components/box";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { PlacedDiagnostic } from "./definition-diagnostics.ts";

interface Props {
  readonly diagnostics: readonly PlacedDiagnostic[];
  readonly onChoose: (place: { line: number; column: number }) => void;
}

const MAX_SHOWN = 50;

export function DiagnosticList({ diagnostics, onChoose }: Props) {
  if (diagnostics.length === 0) {
    return <StatusIndicator>The definition is valid</StatusIndicator>;
  }
  const hidden = diagnostics.length - MAX_SHOWN;
  return (
    <div className="diagnostics" role="region" aria-label="Diagnostics" aria-live="polite">
      <SpaceBetween size="xs">
        {diagnostics.slice(0, MAX_SHOWN).map(({ severity, code, message, line, column }) => (
          <div key={`${line}:${column} ${code} ${message}`} className="diagnostic">
            <StatusIndicator type={severity === "ERROR" ? "error" : "warning"}>
              {severity === "ERROR" ? "Error" : "Warning"}
            </StatusIndicator>
            <Link
              variant="secondary"
              onFollow={(event) => {
                event.preventDefault();
                onChoose({ line, column });
              }}
            >
              Line {line}:{column}
            </Link>
            <Box variant="span">
              {message} <Box variant="code">{code}</Box>
            </Box>
          </div>
        ))}
        {hidden > 0 ? <Box color="text-status-inactive">and {hidden} more</Box> : null}
      </SpaceBetween>
    </div>
  );
}
