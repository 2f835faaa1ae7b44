/** Calls of built-in functions. */
import { FUNCTIONS } from "./fast-functions.ts";
import type { Names } from "./names.ts";
import type { Evaluate, NodeCompiler } from "./run.ts";
import type { Node } from "./syntax.ts";
import { notHere } from "./value.ts";

/** A call with `given` as its first arguments. Throws `notHere` if the function is not a fast one. */
export function compileCall(
  procedure: Node,
  rest: readonly Node[],
  given: readonly Evaluate[],
  names: Names,
  compile: NodeCompiler,
): Evaluate {
  if (procedure.type !== "variable" || procedure.predicate !== undefined) throw notHere;
  const name = procedure.value;
  const definition = FUNCTIONS.get(name);
  if (definition === undefined || names.slot(name) !== undefined) throw notHere;
  const parts = [...given, ...rest.map((part) => compile.node(part, names))];
  // Fewer arguments would mean that the context is one; more are an error.
  if (parts.length < definition.least || parts.length > definition.most) throw notHere;
  const { call } = definition;
  return (run, context) => {
    // A variable of the state machine hides the function.
    if (run.scope.variable(name) !== undefined) throw notHere;
    return call(
      parts.map((part) => part(run, context)),
      run,
    );
  };
}
