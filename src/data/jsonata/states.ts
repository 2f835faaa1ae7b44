/** `$states`, the data of the state that an expression belongs to. */
import type { Json } from "../../json/json.ts";
import type { Scope } from "../evaluation.ts";
import type { Run } from "./run.ts";
import { plainValue, type Value } from "./value.ts";

/** A member of `$states`, or undefined if it is not there. */
export function statesMember(scope: Scope, name: string): Json | undefined {
  switch (name) {
    case "input":
      return scope.states === undefined ? scope.input : scope.states.input;
    case "context":
      return scope.context();
    case "result":
      return scope.states?.result;
    case "errorOutput":
      return scope.states?.errorOutput;
    default:
      return undefined;
  }
}

/** `$states` as a whole. */
export function statesObject(run: Run): Value {
  const object: { [key: string]: Value } = {};
  for (const name of ["input", "context", "result", "errorOutput"]) {
    const value = statesMember(run.scope, name);
    if (value !== undefined) object[name] = plainValue(value);
  }
  return object;
}
