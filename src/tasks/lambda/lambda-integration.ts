/** The optimised integration `arn:aws:states:::lambda:invoke`, also with `.waitForTaskToken`. */
import { randomUUID } from "node:crypto";
import type { TaskCall } from "../../engine/ports.ts";
import type { Json, JsonObject } from "../../json/json.ts";
import type { ServiceIntegration, TaskProgress } from "../service-integration.ts";
import { TaskFailure } from "../task-failure.ts";
import { parseFunctionName } from "./function-name.ts";
import type { InvocationType, InvokeLambda, LambdaAnswer, LambdaRequest } from "./lambda-call.ts";
import { functionFailure, lambdaServiceFailure } from "./lambda-failure.ts";
import { invokePayload, parsePayload } from "./lambda-payload.ts";

const INVOCATION_TYPES: readonly InvocationType[] = ["RequestResponse", "Event", "DryRun"];

/** Does not end what `invoke` uses: that is not its own. */
export function lambdaIntegration(invoke: InvokeLambda): ServiceIntegration {
  const run = async (call: TaskCall, progress: TaskProgress): Promise<Json> => {
    const request = readInvokeParameters(call);
    progress.started();
    const answer = await invoke(request, progress.signal);
    if (answer.functionError !== undefined) throw functionFailure(answer, "compact");
    return invokeResult(answer);
  };
  const patterns = ["RequestResponse", "WaitForTaskToken"] as const;
  const actions = new Map([["invoke", { patterns, run }]]);
  return { service: "lambda", actions, close: () => Promise.resolve() };
}

/** Throws TaskFailure that names the field. */
export function readInvokeParameters(
  call: Pick<TaskCall, "parameters" | "region" | "accountId">,
): LambdaRequest {
  const parameters = call.parameters;
  if (!isObject(parameters)) {
    throw invalid(`Parameters must be an object with the field 'FunctionName'`);
  }
  const text = (field: string): string | undefined => {
    const value = parameters[field] ?? undefined;
    if (value === undefined || typeof value === "string") return value;
    throw invalid(`The field '${field}' must be a string`);
  };
  const named = text("FunctionName");
  if (named === undefined || named === "") throw invalid(`The field 'FunctionName' is missing`);
  const name = parseFunctionName(named, call);
  if (name === undefined) {
    throw invalid(
      `The field 'FunctionName' must be a function's name, partial ARN or ARN, but is '${named}'`,
    );
  }
  const qualifier = text("Qualifier");
  if (qualifier !== undefined && name.qualifier !== undefined && qualifier !== name.qualifier) {
    throw invalid(`The field 'Qualifier' differs from the qualifier of the field 'FunctionName'`);
  }
  const type = text("InvocationType") ?? "RequestResponse";
  const invocationType = INVOCATION_TYPES.find((known) => known === type);
  if (invocationType === undefined) {
    throw invalid(`The field 'InvocationType' must be one of ${INVOCATION_TYPES.join(", ")}`);
  }
  // A null payload counts as none, and the function sees `{}`.
  const payload = parameters["Payload"] ?? undefined;
  return {
    function: { ...name, qualifier: name.qualifier ?? qualifier },
    payload: payload === undefined ? undefined : invokePayload(payload),
    invocationType,
    clientContext: text("ClientContext"),
    logTail: text("LogType") === "Tail",
    tenantId: text("TenantId"),
  };
}

/** The Invoke API's answer in the shape of version 1 of the AWS SDK for Java. */
function invokeResult(answer: LambdaAnswer): JsonObject {
  const all: Record<string, string[]> = {};
  for (const [name, value] of answer.headers) (all[name] ??= []).push(value);
  const first = Object.entries(all).map(([name, values]) => [name, values[0] ?? ""] as const);
  return {
    ...(answer.executedVersion === undefined ? {} : { ExecutedVersion: answer.executedVersion }),
    ...(answer.logResult === undefined ? {} : { LogResult: answer.logResult }),
    Payload: parsePayload(answer.payload),
    SdkHttpMetadata: {
      AllHttpHeaders: all,
      HttpHeaders: Object.fromEntries(first),
      HttpStatusCode: answer.statusCode,
    },
    SdkResponseMetadata: { RequestId: answer.requestId },
    StatusCode: answer.statusCode,
  };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(message: string): TaskFailure {
  return lambdaServiceFailure({
    code: "InvalidParameterValueException",
    message,
    statusCode: 400,
    requestId: randomUUID(),
  });
}
