/** Calls the Step Functions API of the server that this page came from. */
import { failureOf, networkFailure } from "./api-failure.ts";
import type { Input, OperationName, Output } from "./operations.ts";

/** Rejects with ApiFailure, or with the AbortError of `signal`. */
export async function call<Name extends OperationName>(
  operation: Name,
  input: Input<Name>,
  signal?: AbortSignal,
): Promise<Output<Name>> {
  const response = await fetch("/", {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": `AWSStepFunctions.${operation}`,
    },
    body: JSON.stringify(input),
    signal: signal ?? null,
  }).catch((error: unknown) => Promise.reject(networkFailure(error)));
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as Output<Name>;
}
