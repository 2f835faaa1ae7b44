/** One Invoke call of Lambda and its answer, whether the function runs here or elsewhere. */
import type { FunctionName } from "./function-name.ts";

export type InvocationType = "RequestResponse" | "Event" | "DryRun";

export interface LambdaRequest {
  readonly function: FunctionName;
  /** JSON text of the event; undefined = no body, which the function sees as `{}`. */
  readonly payload: string | undefined;
  readonly invocationType: InvocationType;
  /** Base64 of a JSON object, at most 3,583 bytes. */
  readonly clientContext: string | undefined;
  /** Whether the answer shall contain the last 4 KB of the log. */
  readonly logTail: boolean;
  readonly tenantId: string | undefined;
}

export interface LambdaAnswer {
  readonly statusCode: number;
  /** `Unhandled` or `Handled` if the function failed; its error is then the payload. */
  readonly functionError: string | undefined;
  /** As received: usually JSON text, empty for Event and DryRun. */
  readonly payload: string;
  readonly executedVersion: string | undefined;
  /** Base64. */
  readonly logResult: string | undefined;
  readonly requestId: string;
  /** HTTP headers with their letter case, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Invokes a function; rejects with TaskFailure if the call itself fails. */
export type InvokeLambda = (request: LambdaRequest, signal: AbortSignal) => Promise<LambdaAnswer>;
