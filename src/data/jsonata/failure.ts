/** The failures of JSONata expressions in AWS's words. */
import type { EvaluationFailure } from "../evaluation.ts";

/** Longest message of an expression that is passed on; some quote whole values. */
const MAX_MESSAGE = 4096;

/** Said where an expression needs more time than it is given. */
export const TIMED_OUT = "Expression evaluation timeout: Check for infinite loop";

/** Said where an expression needs more memory than it is given. */
export const OUT_OF_MEMORY =
  "Expression evaluation memory limit exceeded: Check for excessive memory usage";

/** The expression gave no value. */
export function nothingReturned(text: string, field: string): EvaluationFailure {
  return queryFailure(text, field, "returned nothing (undefined).");
}

/** The expression gave a function or a regular expression. */
export function unsupportedResult(text: string, field: string): EvaluationFailure {
  return queryFailure(text, field, "returned an unsupported result type.");
}

/**
 * The expression failed while it was evaluated. A message of JSONata has a code and is a sentence of
 * its own; one about a bound has none.
 */
export function evaluationThrew(
  text: string,
  field: string,
  fault: { readonly code?: string | undefined; readonly message: string },
): EvaluationFailure {
  const message =
    fault.message.length > MAX_MESSAGE
      ? `${fault.message.slice(0, MAX_MESSAGE)}...`
      : fault.message;
  const what = fault.code === undefined ? `: ${message}` : `. ${fault.code}: ${message}`;
  return queryFailure(text, field, `threw an error during evaluation${what}`);
}

/** The value is larger than a payload may be. */
export function resultTooLarge(text: string, field: string): EvaluationFailure {
  return {
    ok: false,
    field,
    error: "States.DataLimitExceeded",
    cause:
      `The JSONata expression '${text}' specified for the field '${field}' returned a result with ` +
      "a size exceeding the maximum number of bytes service limit.",
  };
}

/** The value is not of the type that the field needs; `shown` is the value as JSON text. */
export function unexpectedType(
  text: string,
  field: string,
  expected: string,
  actual: string,
  shown: string,
): EvaluationFailure {
  return queryFailure(
    text,
    field,
    `returned an unexpected result type. Expected '${expected}', but was '${actual}' for value: ${shown}`,
  );
}

function queryFailure(text: string, field: string, what: string): EvaluationFailure {
  return {
    ok: false,
    field,
    error: "States.QueryEvaluationError",
    cause: `The JSONata expression '${text}' specified for the field '${field}' ${what}`,
  };
}
