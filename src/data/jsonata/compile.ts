/** JSONata expressions, compiled once and evaluated often. */
import type { Evaluated, Scope } from "../evaluation.ts";
import { nothingReturned } from "./failure.ts";
import { compileFast } from "./fast-node.ts";
import { parseExpression, TOO_DEEP } from "./parse.ts";
import { referencesOf, type StatesMember } from "./references.ts";
import { Run } from "./run.ts";
import type { Node } from "./syntax.ts";
import { jsonOf, NotHere, Sequence } from "./value.ts";

export interface JsonataExpression {
  /** Without the `{% %}` and the blanks around it. */
  readonly text: string;
  /** The variables of the state machine that it reads, sorted. */
  readonly variables: readonly string[];
  /** The members of `$states` that it names. */
  readonly readsStates: ReadonlySet<StatesMember>;
  /** Whether it uses `$states` as a whole, so that it may read any member. */
  readonly readsWholeStates: boolean;
  /**
   * The value or the failure, or undefined if the expression must be evaluated by the guarded
   * evaluator. `field` is the field as failures name it.
   */
  evaluateNow(scope: Scope, field: string): Evaluated | undefined;
}

/** AWS's codes of what is wrong with an expression. */
export type JsonataProblemCode = "INVALID_JSONATA_EXPRESSION" | "UNSUPPORTED_JSONATA_EXPRESSION";

export interface JsonataProblem {
  readonly code: JsonataProblemCode;
  readonly problem: string;
}

/** The first problem, and all of them. */
export interface InvalidJsonata extends JsonataProblem {
  readonly problems: readonly JsonataProblem[];
}

/** Compiles an expression without its `{% %}`. Never throws. */
export function compileJsonata(source: string): JsonataExpression | InvalidJsonata {
  const text = source.trim();
  const parsed = parseExpression(text);
  if ("problem" in parsed) return invalid(parsed.problem);
  try {
    return compileParsed(text, parsed);
  } catch (error) {
    if (error instanceof RangeError) return invalid(TOO_DEEP);
    throw error;
  }
}

function invalid(what: string): InvalidJsonata {
  const problem: JsonataProblem = { code: "INVALID_JSONATA_EXPRESSION", problem: what };
  return { ...problem, problems: [problem] };
}

function compileParsed(
  text: string,
  parsed: { readonly node: Node; readonly nodes: number },
): JsonataExpression | InvalidJsonata {
  const references = referencesOf(parsed.node);
  const problems = [...references.context].map(unsupportedReference);
  if (problems[0] !== undefined) return { ...problems[0], problems };
  const evaluate = compileFast(parsed.node, parsed.nodes);
  return {
    text,
    variables: [...references.variables].toSorted(),
    readsStates: references.states,
    readsWholeStates: references.wholeStates,
    evaluateNow(scope, field) {
      if (evaluate === undefined) return undefined;
      const run = new Run(scope);
      try {
        const value = evaluate(run, undefined);
        if (value === undefined) return nothingReturned(text, field);
        const finished = !run.unfinished && !(value instanceof Sequence);
        return { ok: true, value: finished ? (value as never) : jsonOf(value) };
      } catch (error) {
        // RangeError: deeper than the stack.
        if (error instanceof NotHere || error instanceof RangeError) return undefined;
        throw error;
      }
    },
  };
}

/** Expressions of a state machine have no document: all they read is in `$states` and variables. */
function unsupportedReference(name: string): JsonataProblem {
  return {
    code: "UNSUPPORTED_JSONATA_EXPRESSION",
    problem: `Reference to '${name}' at the top level is not supported.`,
  };
}
