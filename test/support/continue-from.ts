/** Goes on from the past of a simulated execution, as a new one. */
import { HistoryCopy } from "../../src/interpreter/copy-history.ts";
import type { Signal } from "../../src/interpreter/signal.ts";
import { executionsOf, simulate, type Simulation, type SimulationOptions } from "./simulate.ts";

export interface Past {
  /** Of the execution that is copied. */
  readonly options: SimulationOptions;
  readonly run: Simulation;
  /** The last event that is copied. */
  readonly eventId: number;
}

export type Edits = Partial<
  Pick<Signal & { readonly type: "HistoryAdopted" }, "data" | "variables">
>;

/** Throws HistoryMismatch. `options`: of the new execution. */
export function continueFrom(
  { options: before, run, eventId }: Past,
  options: SimulationOptions,
  edits: Edits = {},
): Simulation {
  const copy = new HistoryCopy(executionsOf(before)(), executionsOf(options)(), eventId);
  const rows: { body: string; at: number }[] = [];
  for (const { body, at } of run.rows) {
    if (copy.isComplete) break;
    rows.push({ body: copy.copy(body, at), at });
  }
  copy.finish();
  const signal: Signal = {
    type: "HistoryAdopted",
    fromArn: run.execution.info.arn,
    eventId,
    frame: copy.lastFrame ?? 0,
    data: edits.data,
    variables: edits.variables,
  };
  return simulate({ ...options, rows, signals: [{ at: run.now, signal }] });
}
