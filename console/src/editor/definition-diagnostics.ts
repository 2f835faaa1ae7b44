/** What the server would say about a definition, with places in its text. */
import { locate } from "../../../src/asl/position.ts";
import { parseDefinition } from "../../../src/asl/parse-definition.ts";

export interface PlacedDiagnostic {
  readonly severity: "ERROR" | "WARNING";
  readonly code: string;
  readonly message: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/** Most serious first, then by place. The same parser as the server's. */
export function definitionDiagnostics(
  text: string,
  type: "STANDARD" | "EXPRESS",
): readonly PlacedDiagnostic[] {
  return parseDefinition(text, { type })
    .diagnostics.map(({ severity, code, message, location }) => ({
      severity,
      code,
      // The place that the message of a syntax error quotes is told by line and column.
      message: message.split("\n at [Source")[0] ?? message,
      ...locate(text, location),
    }))
    .toSorted(
      (a, b) =>
        Number(a.severity === "WARNING") - Number(b.severity === "WARNING") ||
        a.line - b.line ||
        a.column - b.column,
    );
}
