/** What an expression of a state can see. */
import type { Scope } from "../data/evaluation.ts";
import type { Json } from "../json/json.ts";
import { contextObject, type ContextExtras } from "./context.ts";
import { variableOf, type Frame } from "./execution.ts";
import type { Turn } from "./turn.ts";

/** What only some fields can see. */
export interface ScopeExtras extends ContextExtras {
  /** `$states.result`. */
  readonly result?: Json;
  /** `$states.errorOutput`. */
  readonly errorOutput?: Json;
}

const NO_EXTRAS: ScopeExtras = {};

/** A scope in which `$` is `input`; JSONata sees the state's raw input and the extras in `$states`. */
export function scopeOf(
  turn: Turn,
  frame: Frame,
  input: Json,
  extras: ScopeExtras = NO_EXTRAS,
): Scope {
  const { surroundings } = turn;
  const scope = {
    input,
    context: () => contextOf(turn, frame, extras),
    variable: (name: string) => variableOf(frame, name),
    random: () => surroundings.random(),
    uuid: () => surroundings.uuid(),
    hash: (algorithm: Parameters<Scope["hash"]>[0], text: string) =>
      surroundings.hash(algorithm, text),
  };
  return frame.state?.language === "JSONata"
    ? { ...scope, states: statesOf(frame, extras) }
    : scope;
}

/** `$$`, `$states.context`. */
export function contextOf(turn: Turn, frame: Frame, extras: ContextExtras): Json {
  return turn.probe?.contextObject?.(frame, extras) ?? contextObject(turn.execution, frame, extras);
}

/** `$states` without its context. */
export function statesOf(frame: Frame, extras: ScopeExtras): NonNullable<Scope["states"]> {
  const { result, errorOutput } = extras;
  return {
    input: frame.input,
    ...(result === undefined ? {} : { result }),
    ...(errorOutput === undefined ? {} : { errorOutput }),
  };
}
