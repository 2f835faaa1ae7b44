/** What a task that runs an execution gives: while it runs, and after its end. */
import type { Json, JsonObject } from "../../json/json.ts";
import { parseJson } from "../../json/parse.ts";
import type { ApiBody, EndedWorkflow } from "./workflow-api.ts";

/**
 * The answer of StartExecution in the shape of version 1 of the AWS SDK for Java: the date as epoch
 * milliseconds, and what the SDK tells of the HTTP answer. There is none here; its headers are those
 * this server would have sent.
 */
export function startResult(
  body: ApiBody,
  requestId: string,
): JsonObject & { readonly ExecutionArn: string } {
  const startDate = Number(body["startDate"]);
  const headers = {
    "x-amzn-RequestId": requestId,
    connection: "keep-alive",
    "Content-Length": String(Buffer.byteLength(JSON.stringify(body))),
    Date: new Date(startDate * 1_000).toUTCString(),
    "Content-Type": "application/x-amz-json-1.0",
  };
  const all = Object.entries(headers).map(([name, value]) => [name, [value]] as const);
  return {
    ExecutionArn: String(body["executionArn"]),
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(all),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
    StartDate: Math.round(startDate * 1_000),
  };
}

/** The execution that a TaskSubmitted event's output names. */
export function submittedArn(output: Json | undefined): string | undefined {
  if (typeof output !== "object" || output === null || !("ExecutionArn" in output))
    return undefined;
  return typeof output.ExecutionArn === "string" ? output.ExecutionArn : undefined;
}

/**
 * An execution after its end, members in AWS's (alphabetical) order, dates as epoch milliseconds.
 * Recorded from AWS without the members about redrives.
 * @param payloads Input and output as JSON text (`.sync`) or as values (`.sync:2`).
 */
export function endResult(child: EndedWorkflow, payloads: "text" | "value"): JsonObject {
  const payload = (text: string): Json => {
    const parsed = payloads === "value" ? parseJson(text) : undefined;
    return parsed?.ok === true ? parsed.value : text;
  };
  const { cause, error, output, aliasArn, versionArn, traceHeader, stoppedAt } = child;
  return {
    ...(cause !== undefined && { Cause: cause }),
    ...(error !== undefined && { Error: error }),
    ExecutionArn: child.executionArn,
    Input: payload(child.input),
    InputDetails: { Included: true },
    Name: child.name,
    ...(output !== undefined && { Output: payload(output), OutputDetails: { Included: true } }),
    StartDate: child.startedAt,
    ...(aliasArn !== undefined && { StateMachineAliasArn: aliasArn }),
    StateMachineArn: child.stateMachineArn,
    ...(versionArn !== undefined && { StateMachineVersionArn: versionArn }),
    Status: child.status,
    ...(stoppedAt !== undefined && { StopDate: stoppedAt }),
    ...(traceHeader !== undefined && { TraceHeader: traceHeader }),
  };
}
