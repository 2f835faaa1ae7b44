/** What kept a request to an AWS service from success. */

export interface RequestFailure {
  /** Whether the same request may succeed later: no answer, throttling, trouble of the service. */
  readonly passes: boolean;
  /** Nobody answered: further requests would not fare better now. */
  readonly isUnreachable: boolean;
  readonly name: string;
  readonly reason: string;
}

/** Reads what an SDK client threw. */
export function requestFailure(error: unknown): RequestFailure {
  if (!(error instanceof Error)) {
    return { passes: false, isUnreachable: false, name: "", reason: String(error) };
  }
  const { name, message } = error;
  const status = statusOf(error);
  const passes = status === undefined || status >= 500 || status === 429 || /throttl/i.test(name);
  // Connection errors of several addresses come without a text of their own.
  const text = message === "" && "code" in error ? String(error.code) : message;
  const isUnreachable = status === undefined;
  return { passes, isUnreachable, name, reason: isUnreachable ? text : `${name}: ${text}` };
}

function statusOf(error: Error): number | undefined {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}
