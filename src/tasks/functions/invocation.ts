/** One call of a local function, and how it ended. */

export interface Invocation {
  /** UUID. */
  readonly requestId: string;
  /** The event as JSON text. */
  readonly payload: string;
  readonly functionArn: string;
  /** `Root=…;Parent=…;Sampled=0`. */
  readonly traceId: string;
  /** JSON text. */
  readonly clientContext: string | undefined;
  readonly logTail: boolean;
}

export interface InvocationOutcome {
  /** The function's answer, or its error as JSON text. */
  readonly payload: string;
  readonly failed: boolean;
  /** Base64; only if `logTail` was asked for. */
  readonly logResult: string | undefined;
}

/** The JSON of a failure that the runtime environment, not the function, reports. */
export function environmentFailure(errorType: string, requestId: string, text: string): string {
  return JSON.stringify({ errorType, errorMessage: `RequestId: ${requestId} Error: ${text}` });
}
