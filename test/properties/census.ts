/** Counts what the generated executions went through: a run in which nothing happened proves nothing. */
import { decodeEvent, readRow } from "../../src/interpreter/codec.ts";
import { evolve } from "../../src/interpreter/evolve.ts";
import { newExecution } from "../../src/interpreter/execution.ts";
import type { Simulation } from "../support/simulate.ts";

export class Census {
  readonly counts = new Map<string, number>();

  add(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  report(): string {
    const lines = [...this.counts].toSorted().map(([what, count]) => `${count} ${what}`);
    return lines.join("\n");
  }

  /** The end, the states by language, the events that AWS hides too, and how failures were handled. */
  take({ execution: taken, rows }: Simulation): void {
    const { info, definition, limits, status, error, lastEventId } = taken;
    this.add(status);
    if (lastEventId >= limits.historyEvents) this.add("history full");
    if (error !== undefined) this.add(`ends with ${error}`);
    const execution = newExecution(info, definition, limits);
    for (const { body, at } of rows) {
      for (const encoded of readRow(body)) {
        const event = decodeEvent(encoded, execution);
        this.add(event.kind);
        if ("frame" in event) {
          const frame = execution.frames.get(event.frame)!;
          const type = frame.state?.type;
          if (event.kind === "StateExited" && frame.phase.type === "Failing") {
            this.add("caught");
            this.add(`caught in ${type ?? ""}`);
          }
          if (event.kind === "RetryScheduled") this.add(`retried ${type}`);
          if (event.kind === "TaskFailed") this.add(`task ${event.how}`);
          if (event.kind === "EvaluationFailed")
            this.add(`EvaluationFailed ${event.location ?? "nowhere"}`);
        }
        evolve(execution, event, at);
        if (event.kind === "StateEntered") {
          const { state } = execution.frames.get(event.frame)!;
          this.add(`${state?.language} ${state?.type}`);
        }
      }
    }
  }

  /** Everything that was seen less often than once in so many cases. */
  rare(cases: number, oneIn: Readonly<Record<string, number>>): string[] {
    return Object.entries(oneIn)
      .map(([what, many]) => ({ what, wanted: cases / many, seen: this.counts.get(what) ?? 0 }))
      .filter(({ wanted, seen }) => seen < wanted)
      .map(({ what, wanted, seen }) => `${what}: ${seen}, wanted ${wanted}`);
  }
}
