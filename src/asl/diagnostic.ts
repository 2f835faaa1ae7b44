/** What is wrong with a definition, in the terms of `ValidateStateMachineDefinition`. */

/** One finding. Errors forbid to create the state machine, warnings do not. */
export interface Diagnostic {
  readonly severity: "ERROR" | "WARNING";
  readonly code: DiagnosticCode;
  readonly message: string;
  /**
   * Where: names joined by `/`, list elements in brackets, as AWS writes them
   * (`/States/Pick/Choices[0]/Next`; `/` is the whole definition). Undefined: nowhere in
   * particular. For `INVALID_JSON_DESCRIPTION` it is Jackson's `[Source: ...; line: 1, column: 4]`.
   */
  readonly location: string | undefined;
}

/** The codes of AWS's API reference, and after them our own; callers treat the set as open. */
export type DiagnosticCode =
  | "INVALID_JSON_DESCRIPTION"
  | "MISSING_DESCRIPTION"
  | "SCHEMA_VALIDATION_FAILED"
  | "INVALID_RESOURCE"
  | "MISSING_END_STATE"
  | "DUPLICATE_STATE_NAME"
  | "INVALID_STATE_NAME"
  | "MISSING_TRANSITION_TARGET"
  | "TOO_DEEPLY_NESTED"
  | "DUPLICATE_LABEL_NAME"
  | "INVALID_LABEL_NAME"
  | "NO_DOLLAR"
  | "NO_PATH"
  | "PASS_RESULT_IS_STATIC"
  /** JSONata that does not parse; the message is the parser's. */
  | "INVALID_JSONATA_EXPRESSION"
  /** JSONata that reads what does not exist in its place. */
  | "UNSUPPORTED_JSONATA_EXPRESSION"
  | OwnWarning;

/** Warnings AWS does not have: mistakes that show up only when an execution is stuck or fails. */
export type OwnWarning =
  | "MISSING_DEFAULT"
  | "MISSING_TASK_TOKEN"
  | "MISSING_TIMEOUT"
  | "WHOLE_INPUT_AS_ITEMS"
  | "ERROR_NEVER_MATCHES"
  | "EXPRESS_TIME_LIMIT"
  | "JSONPATH_IN_JSONATA"
  | "UNDEFINED_VARIABLE"
  | "UNKNOWN_FIELD";

/**
 * AWS's text for a definition that cannot be used, which the API puts into
 * `Invalid State Machine Definition: '...'`: every error as `CODE: message at location`, joined by a
 * comma. AWS writes `null` where there is no location.
 */
export function definitionError(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .filter(({ severity }) => severity === "ERROR")
    .map(({ code, message, location }) => `${code}: ${message} at ${location ?? "null"}`)
    .join(", ");
}

/** Collects what the parser finds, in the order in which it finds it. */
export class Report {
  readonly #diagnostics: Diagnostic[] = [];
  #errors = 0;

  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }

  /** How many errors were found so far; a state during which it grew is broken. */
  get errors(): number {
    return this.#errors;
  }

  error(code: DiagnosticCode, message: string, location: string | undefined): void {
    this.#errors += 1;
    this.#diagnostics.push({ severity: "ERROR", code, message, location });
  }

  /** An error of the most common kind: a field that is missing, superfluous or malformed. */
  schema(message: string, location: string | undefined): void {
    this.error("SCHEMA_VALIDATION_FAILED", message, location);
  }

  warning(code: DiagnosticCode, message: string, location: string): void {
    this.#diagnostics.push({ severity: "WARNING", code, message, location });
  }
}
