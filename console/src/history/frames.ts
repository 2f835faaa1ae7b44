/** Lines of control of an execution, in words. */
import type { JsonObject } from "../../../src/json/json.ts";
import type { FrameSnapshot } from "../api/own-operations.ts";
import { shortDuration } from "../timeline/time-axis.ts";

/** Where each frame is, by its id: `Pack items [1]`, `Check, branch 2`; the top level is "". */
export function framePlaces(frames: readonly FrameSnapshot[]): ReadonlyMap<number, string> {
  const byId = new Map(frames.map((frame) => [frame.id, frame]));
  const places = new Map<number, string>();
  for (const { id, parent, index } of frames) {
    const outer = parent === undefined ? undefined : byId.get(parent);
    if (outer === undefined) {
      places.set(id, "");
      continue;
    }
    const around = places.get(outer.id) ?? "";
    const own = `${outer.state ?? "?"} [${index}]`;
    places.set(id, around === "" ? own : `${around} › ${own}`);
  }
  return places;
}

/** What a frame does. `at`: epoch seconds of the moment. */
export function phaseText({ phase, retryCount }: FrameSnapshot, at: number): string {
  const left = (dueDate: number): string => shortDuration(Math.max(0, dueDate - at));
  switch (phase.type) {
    case "Ready":
      return `goes to ${phase.next}`;
    case "Entered":
      return "has just been entered";
    case "Worked":
      return "has its result, and is about to be left";
    case "Finished":
      return "is through";
    case "Waiting":
      return `waits ${left(phase.dueDate)} more`;
    case "Backoff":
      return `failed, retry ${retryCount} begins in ${left(phase.dueDate)}`;
    case "Task":
      if (phase.submitted) return "is submitted, and waits for its end or a callback";
      return phase.started ? "runs" : "is scheduled, and waits for a worker";
    case "Fork":
      return `runs ${phase.started - phase.succeeded} inside; ${phase.succeeded} of ${phase.total} are done`;
    case "MapRun":
      return `runs ${phase.running} children; ${phase.succeeded} items succeeded, ${phase.failed} failed`;
    case "Failing":
      return `fails with ${phase.error ?? "no error name"}`;
  }
}

export interface Scope {
  /** As `framePlaces` tells it. */
  readonly place: string;
  readonly variables: JsonObject;
}

/**
 * The scopes that a state sees, the innermost first; that of the whole execution if no frame is in
 * that state any more.
 */
export function scopesOf(
  frames: readonly FrameSnapshot[],
  enteredEventId: number,
): readonly Scope[] {
  const places = framePlaces(frames);
  const byId = new Map(frames.map((frame) => [frame.id, frame]));
  const own = frames.find((frame) => frame.enteredEventId === enteredEventId) ?? frames[0];
  const scopes: Scope[] = [];
  for (let frame = own; frame !== undefined; frame = byId.get(frame.parent ?? -1)) {
    scopes.push({ place: places.get(frame.id) ?? "", variables: frame.variables });
  }
  return scopes;
}
