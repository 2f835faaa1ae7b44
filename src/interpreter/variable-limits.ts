/** The limits of variables (Developer Guide, "Passing data between states with variables"). */
import type { Json, JsonObject } from "../json/json.ts";
import { utf8Length } from "../json/size.ts";
import { stringify } from "../json/stringify.ts";
import type { Execution, Failure, Frame } from "./execution.ts";
import { sizeFailure, type Turn } from "./turn.ts";

/** Values are immutable: their sizes are counted once. */
const sizes = new WeakMap<object, number>();

/** States.DataLimitExceeded if one Assign, or all variables of the execution together, are too big. */
export function assignFailure(
  turn: Turn,
  frame: Frame,
  assigned: JsonObject | undefined,
): Failure | undefined {
  if (assigned === undefined) return undefined;
  const name = frame.state?.name ?? "";
  const tooBig = sizeFailure(turn, assigned, name);
  if (tooBig !== undefined) return tooBig;
  const { variableBytes } = turn.execution.limits;
  if (bytesWith(turn.execution, frame, assigned) <= variableBytes) return undefined;
  return {
    error: "States.DataLimitExceeded",
    cause: `The state '${name}' assigns variables that exceed ${variableBytes} bytes together with those of the execution.`,
  };
}

/** Bytes of all live variables once `assigned` has replaced those of the frame. */
function bytesWith(execution: Execution, frame: Frame, assigned: JsonObject): number {
  let bytes = 0;
  for (const value of Object.values(assigned)) bytes += bytesOf(value);
  for (const other of execution.frames.values()) {
    for (const [name, value] of other.variables ?? []) {
      if (other !== frame || !Object.hasOwn(assigned, name)) bytes += bytesOf(value);
    }
  }
  return bytes;
}

function bytesOf(value: Json): number {
  if (typeof value !== "object" || value === null) return utf8Length(stringify(value));
  let bytes = sizes.get(value);
  if (bytes === undefined) {
    bytes = utf8Length(stringify(value));
    sizes.set(value, bytes);
  }
  return bytes;
}
