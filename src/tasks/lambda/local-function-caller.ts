/** `aws-sdk:lambda:invoke` of functions that run here; every other call goes to AWS or a work-alike. */
import { randomUUID } from "node:crypto";
import type { Json, JsonObject } from "../../json/json.ts";
import { isObject, memberOf } from "../../json/kind.ts";
import { parseJson } from "../../json/parse.ts";
import {
  AwsCallError,
  type AwsAnswer,
  type AwsCaller,
  type AwsRequest,
} from "../aws/aws-caller.ts";
import { parseFunctionName } from "./function-name.ts";
import type { InvokeLambda, LambdaAnswer } from "./lambda-call.ts";
import { readInvokeParameters } from "./lambda-integration.ts";
import { payloadText } from "./lambda-payload.ts";

/** Functions that run in this server. */
interface FunctionHost {
  has(name: string): boolean;
  readonly invoke: InvokeLambda;
}

interface Home {
  readonly region: string;
  readonly accountId: string;
}

/** `call` rejects with TaskFailure, too: for what a local function's invocation itself fails of. */
export function withLocalFunctions(aws: AwsCaller, functions: FunctionHost, home: Home): AwsCaller {
  return {
    call: (request) =>
      isLocal(request, functions, home) ? invoke(request, functions, home) : aws.call(request),
    close: () => aws.close(),
  };
}

function isLocal(request: AwsRequest, functions: FunctionHost, home: Home): boolean {
  const { service, action, parameters } = request;
  if (service !== "lambda" || action !== "invoke" || !isObject(parameters)) return false;
  const named = memberOf(parameters, "FunctionName");
  const name = typeof named === "string" ? parseFunctionName(named, home) : undefined;
  return name !== undefined && functions.has(name.name);
}

async function invoke(
  { parameters, signal, sending }: AwsRequest,
  functions: FunctionHost,
  home: Home,
): Promise<AwsAnswer> {
  const request = readInvokeParameters({ ...home, parameters });
  const payload = readPayload(isObject(parameters) ? memberOf(parameters, "Payload") : undefined);
  sending?.();
  const answer = await functions.invoke({ ...request, payload }, signal);
  const headers = answer.headers.map(([name, value]) => [name.toLowerCase(), value]);
  return {
    output: resultOf(answer),
    httpStatusCode: answer.statusCode,
    requestId: answer.requestId,
    headers: Object.fromEntries(headers) as Readonly<Record<string, string>>,
    rawHeaders: answer.headers,
  };
}

/** A blob: a text is sent as it is, and Lambda wants JSON. */
function readPayload(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = typeof value === "string" ? value : payloadText(value);
  if (parseJson(text).ok) return text;
  const code = "InvalidRequestContentException";
  throw new AwsCallError("Service", "Could not parse request body into json", {
    code,
    shape: code,
    httpStatusCode: 400,
    requestId: randomUUID(),
    serviceId: "Lambda",
  });
}

/** Unlike the optimized integration's, `Payload` is text, and a function's error is no failure. */
function resultOf({
  executedVersion,
  functionError,
  logResult,
  ...answer
}: LambdaAnswer): JsonObject {
  return {
    ...(executedVersion === undefined ? {} : { ExecutedVersion: executedVersion }),
    ...(functionError === undefined ? {} : { FunctionError: functionError }),
    ...(logResult === undefined ? {} : { LogResult: logResult }),
    ...(answer.payload === "" ? {} : { Payload: answer.payload }),
    StatusCode: answer.statusCode,
  };
}
