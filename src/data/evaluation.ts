/** What evaluating a path, a template or an expression needs, and what it gives. */
import type { Json } from "../json/json.ts";

/** Everything an expression can see. Time and randomness come from outside, so evaluation is pure. */
export interface Scope {
  /** What `$` means here. */
  readonly input: Json;
  /** The context object, what `$$` means; built on demand because few expressions read it. */
  context(): Json;
  /** The value of a variable (`$name`), or undefined if it is not set. */
  variable(name: string): Json | undefined;
  /** A number in [0, 1), for `States.MathRandom`. */
  random(): number;
  /** A version 4 UUID, for `States.UUID`. */
  uuid(): string;
  /**
   * What `$states` has besides `context` in JSONata: the raw input always, the result or the error
   * output where there is one.
   */
  readonly states?: {
    readonly input: Json;
    readonly result?: Json;
    readonly errorOutput?: Json;
  };
  /** The digest of the text's UTF-8 bytes in lower-case hexadecimal digits, for `States.Hash`. */
  hash(algorithm: HashAlgorithm, text: string): string;
}

/** All of `$states`. */
export type States = NonNullable<Scope["states"]> & { readonly context: Json };

/** The algorithms of `States.Hash`, by the names AWS gives them. */
export type HashAlgorithm = "MD5" | "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";

/** The value, or the failure with which AWS fails the state. */
export type Evaluated = { readonly ok: true; readonly value: Json } | EvaluationFailure;

export interface EvaluationFailure {
  readonly ok: false;
  /** `States.Runtime`, `States.ParameterPathFailure`, `States.IntrinsicFailure`, ... */
  readonly error: string;
  /** AWS's text without its beginning "An error occurred while executing the state ...". */
  readonly cause: string;
  /** The field of a JSONata expression that failed, e.g. `Output/total`. */
  readonly field?: string;
}

/**
 * What a field that may be JSONata gives: also that some of its expressions cannot be evaluated here
 * and now (see `JsonataExpression.evaluateNow`), and must come back with their results.
 */
export type Evaluation = Evaluated | Pending;

export interface Pending {
  readonly ok: false;
  readonly pending: readonly PendingExpression[];
}

export interface PendingExpression {
  /** Without the `{% %}`. */
  readonly text: string;
  /** The field as failures name it, e.g. `Arguments/FunctionName`. */
  readonly field: string;
  /** The names of the variables that it reads. */
  readonly variables: readonly string[];
}

/** A field's value in either query language. */
export interface Payload {
  /** The names of the variables that its expressions read. */
  readonly variables: readonly string[];
  /** The text of the expression if the whole value is one. */
  readonly text?: string | undefined;
  /**
   * `results` has what the guarded evaluator gave for the expressions that an earlier call reported
   * as pending, by `field`.
   */
  evaluate(scope: Scope, results?: ReadonlyMap<string, Evaluated>): Evaluation;
}
