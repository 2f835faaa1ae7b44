/** Calls the API of the server that this page came from. */
import { parseJson } from "../../../src/json/parse.ts";
import { failureOf, networkFailure } from "./api-failure.ts";
import type { Input, OperationName, Output } from "./operations.ts";
import type { OwnInput, OwnOperationName, OwnOutput } from "./own-operations.ts";

/** An operation of AWS's API. Rejects with ApiFailure, or with the AbortError of `signal`. */
export async function call<Name extends OperationName>(
  operation: Name,
  input: Input<Name>,
  signal?: AbortSignal,
): Promise<Output<Name>> {
  const response = await post(`AWSStepFunctions.${operation}`, input, signal);
  return (await response.json()) as Output<Name>;
}

/**
 * An operation that AWS does not have; docs/extension-api.md describes them. Values keep their number
 * literals as they are written. Rejects like `call`.
 */
export async function callOwn<Name extends OwnOperationName>(
  operation: Name,
  input: OwnInput<Name>,
  signal?: AbortSignal,
): Promise<OwnOutput<Name>> {
  const response = await post(`Stepwell.${operation}`, input, signal);
  const parsed = parseJson(await response.text());
  if (!parsed.ok) throw new Error(`The answer is not JSON: ${parsed.message}`);
  return parsed.value as unknown as OwnOutput<Name>;
}

async function post(
  target: string,
  input: object,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const response = await fetch("/", {
    method: "POST",
    headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": target },
    body: JSON.stringify(input),
    signal: signal ?? null,
  }).catch((error: unknown) => Promise.reject(networkFailure(error)));
  if (!response.ok) throw await failureOf(response);
  return response;
}
