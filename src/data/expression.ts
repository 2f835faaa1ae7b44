/** What may stand in a `….$` field, in ErrorPath and in CausePath: a path or an intrinsic call. */
import { withoutSource } from "../json/source.ts";
import { stringify } from "../json/stringify.ts";
import type { Evaluated, EvaluationFailure, Scope } from "./evaluation.ts";
import { IntrinsicError } from "./intrinsic/arguments.ts";
import { evaluateCall, variablesOf } from "./intrinsic/evaluate.ts";
import { parseCall, type Call } from "./intrinsic/parser.ts";
import { compilePath, type Path } from "./path.ts";

/** An expression that gives a value. */
export interface Expression {
  /** As it was written. */
  readonly text: string;
  /** The names of the variables that it reads. */
  readonly variables: readonly string[];
  /** The value; `field` is what a failure names: the key with its `.$`, or `ErrorPath`. */
  evaluate(scope: Scope, field: string): Evaluated;
}

/** Compiles a path or an intrinsic call. A problem tells people what is wrong with it. */
export function compileExpression(text: string): Expression | { readonly problem: string } {
  if (text.startsWith("$")) {
    const path = compilePath(text);
    return "problem" in path ? path : pathExpression(path);
  }
  const call = parseCall(text);
  return "problem" in call ? call : callExpression(text, call);
}

function pathExpression(path: Path): Expression {
  return {
    text: path.text,
    variables: path.variable === undefined ? [] : [path.variable],
    evaluate(scope, field) {
      const value = path.readLenient(scope);
      return value === undefined
        ? notFound(path, scope, field)
        : { ok: true, value: withoutSource(value) };
    },
  };
}

function notFound(path: Path, scope: Scope, field: string): EvaluationFailure {
  const input = stringify(path.document(scope) ?? scope.input);
  return failure(
    `The JSONPath '${path.text}' specified for the field '${field}' could not be found in the input '${input}'`,
  );
}

function callExpression(text: string, call: Call): Expression {
  return {
    text,
    variables: [...new Set(variablesOf(call))],
    evaluate(scope) {
      try {
        return { ok: true, value: evaluateCall(call, scope) };
      } catch (error) {
        if (!(error instanceof IntrinsicError)) throw error;
        return failure(`The function '${text}' had the following error: ${error.message}`);
      }
    },
  };
}

/** AWS reports States.Runtime for both, although States.IntrinsicFailure is documented. */
function failure(cause: string): EvaluationFailure {
  return { ok: false, error: "States.Runtime", cause };
}
