/** A Map Run that fails. */
import type { Failure, Frame } from "../execution.ts";
import { stopChildExecutions } from "../failure.ts";
import { mapRunRef, stopsItsChildren } from "../map-run.ts";
import { emit, type Turn } from "../turn.ts";

/**
 * Starts no more children. The run, and with it the Map state, fails when those that run have ended
 * (STANDARD ones are ended) and the results are written.
 */
export function failMapRun(turn: Turn, frame: Frame, failure: Failure): void {
  if (frame.phase.type !== "MapRun" || frame.phase.run === undefined) return;
  const { run } = frame.phase;
  frame.evaluation = undefined;
  if (turn.evaluated === frame) turn.evaluated = undefined;
  const work = frame.mapWork;
  if (work !== undefined) {
    const { building } = work;
    if (building !== undefined && run.running.has(building.index)) {
      work.missing.unshift(building.index);
    }
    work.building = undefined;
  }
  turn.work.push(frame);
  if (run.failing !== undefined) return;
  emit(turn, { kind: "MapRunFailing", frame: frame.id, failure });
  // StopChildren closes the source: what is being read is never told, and may be wanted again.
  if (work !== undefined) work.reading = undefined;
  if (stopsItsChildren(run)) stopChildExecutions(turn, frame);
  else if (run.query !== undefined) {
    turn.commands.push({ type: "StopChildren", run: mapRunRef(run), indexes: [] });
  }
}
