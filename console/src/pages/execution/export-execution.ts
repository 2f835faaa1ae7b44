/** Saves an execution as a JSON file: its description, its definition and its history. */
import type { ExecutionDescription, HistoryEvent } from "../../api/operations.ts";

export function exportExecution(
  execution: ExecutionDescription,
  definition: string | undefined,
  events: readonly HistoryEvent[],
): void {
  const content = { execution, definition, history: { events } };
  const file = new Blob([JSON.stringify(content, undefined, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${execution.name ?? "execution"}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
