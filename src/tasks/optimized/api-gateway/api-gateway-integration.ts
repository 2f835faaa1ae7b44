/** The optimized integration `arn:aws:states:::apigateway:invoke`, also with `.waitForTaskToken`. */
import { patternsOf } from "../../../asl/integrations.ts";
import type { TaskCall } from "../../../engine/ports.ts";
import type { Json } from "../../../json/json.ts";
import { AwsCallError } from "../../aws/aws-caller.ts";
import type { RequestSigner } from "../../aws/request-signer.ts";
import { type HttpAnswer, type HttpClient, HttpClientError } from "../../http/http-client.ts";
import { answerText, readAnswer } from "../../http/read-answer.ts";
import type { ServiceIntegration, TaskProgress } from "../../service-integration.ts";
import { TaskFailure } from "../../task-failure.ts";
import { answerTooLong } from "../../answer-too-long.ts";
import { refused } from "../refused.ts";
import { roleOf } from "../../aws/role-of.ts";
import { type Invocation, readInvocation } from "./read-invocation.ts";

export interface ApiGatewayOptions {
  /** Guarded: what an author of state machines names is not to reach what only this machine can. */
  readonly client: HttpClient;
  /** Its owner closes it. */
  readonly signer: RequestSigner;
}

export function apiGatewayIntegration(options: ApiGatewayOptions): ServiceIntegration {
  const run = (call: TaskCall, progress: TaskProgress): Promise<Json> =>
    invoke(call, progress, options);
  const patterns = patternsOf("apigateway", "invoke");
  return {
    service: "apigateway",
    actions: new Map([["invoke", { patterns, run }]]),
    close: () => Promise.resolve(),
  };
}

async function invoke(
  call: TaskCall,
  progress: TaskProgress,
  { client, signer }: ApiGatewayOptions,
): Promise<Json> {
  const invocation = readInvocation(call);
  progress.started();
  let answer: HttpAnswer;
  try {
    const headers = invocation.isSigned
      ? await signedHeaders(call, invocation, signer)
      : invocation.headers;
    answer = await client.send({ ...invocation, headers }, { signal: progress.signal });
  } catch (error) {
    throw failureOf(error, call);
  }
  if (answer.statusCode >= 200 && answer.statusCode <= 299) return readAnswer(answer);
  throw new TaskFailure(`ApiGateway.${answer.statusCode}`, answerText(answer) ?? "");
}

/** The region is part of the host's name at AWS. */
const REGION = /\.execute-api\.([a-z0-9-]+)\.amazonaws\./;

async function signedHeaders(
  call: TaskCall,
  { method, url, headers, body }: Invocation,
  signer: RequestSigner,
): Promise<Invocation["headers"]> {
  // A repeated header counts as one, its values joined (RFC 9110, 5.2), for the signature as well.
  const joined = new Map<string, string>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    const before = joined.get(lower);
    joined.set(lower, before === undefined ? value : `${before},${value}`);
  }
  const region = REGION.exec(url.hostname)?.[1] ?? call.region;
  const signed = await signer.sign(
    { method, url, headers: Object.fromEntries(joined), body },
    { service: "execute-api", region, role: roleOf(call) },
  );
  // The client writes the host itself.
  return Object.entries(signed).filter(([name]) => name.toLowerCase() !== "host");
}

function failureOf(error: unknown, call: TaskCall): unknown {
  if (error instanceof AwsCallError) {
    return error.kind === "Role"
      ? new TaskFailure("States.TaskFailed", error.message)
      : new TaskFailure("ApiGateway.SdkClientException", error.message);
  }
  if (!(error instanceof HttpClientError)) return error;
  switch (error.kind) {
    case "Refused":
      return new TaskFailure("ApiGateway.AccessDeniedException", error.message);
    case "Invalid":
      return refused(call, error.message);
    case "TooLarge":
      return answerTooLong(call);
    case "TimedOut":
    case "Failed":
      return new TaskFailure("ApiGateway.SdkClientException", error.message);
  }
}
