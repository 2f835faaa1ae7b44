/**
 * Functions that do not run here: invoked with the AWS SDK at AWS_ENDPOINT_URL_LAMBDA,
 * AWS_ENDPOINT_URL or AWS, with the SDK's standard credentials.
 */
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { InvokeCommandOutput, LambdaClient } from "@aws-sdk/client-lambda";
import type { LambdaAnswer, LambdaRequest } from "./lambda-call.ts";
import { functionArn } from "./function-name.ts";
import { lambdaServiceFailure } from "./lambda-failure.ts";
import { OpenCalls } from "../linked-abort.ts";
import { TaskFailure } from "../task-failure.ts";
import { placeholderFor, SILENT } from "../../aws/client-defaults.ts";
import { type Environment, isReachable } from "../../aws/environment.ts";
import { captureHttp, type HttpExchange } from "../aws/http-exchange.ts";
import { prepareSdk } from "../../aws/prepare-sdk.ts";

type Sdk = typeof import("@aws-sdk/client-lambda");

/** A function runs 15 minutes at most; the answer may take a moment longer. */
const REQUEST_TIMEOUT_MS = 910_000;
const CONNECTION_TIMEOUT_MS = 5_000;
/** Connections per region; further calls wait for a free one. */
const MAX_SOCKETS = 1_000;
/** Regions called at the same time; the names come from definitions. */
const MAX_CLIENTS = 64;
const MAX_IN_FLIGHT = 20_000;

export class RemoteLambda {
  readonly #environment: Environment;
  readonly #clients = new Map<string, LambdaClient>();
  readonly #calls = new OpenCalls();
  #sdk: Promise<Sdk> | undefined;
  #inFlight = 0;

  constructor(options: { readonly region: string; readonly environment: Environment }) {
    this.#environment = options.environment;
  }

  /** Why no call can be made: neither an endpoint nor credentials. undefined = it can. */
  obstacle(): string | undefined {
    if (isReachable(this.#environment, "Lambda")) return undefined;
    return "neither AWS_ENDPOINT_URL_LAMBDA or AWS_ENDPOINT_URL nor AWS credentials are configured";
  }

  /** One attempt; Step Functions' Retry decides about others. Rejects with TaskFailure. */
  async invoke(request: LambdaRequest, signal: AbortSignal): Promise<LambdaAnswer> {
    if (this.#inFlight >= MAX_IN_FLIGHT) {
      throw lambdaServiceFailure({
        code: "TooManyRequestsException",
        message: `Rate Exceeded: ${MAX_IN_FLIGHT} calls are under way`,
        statusCode: 429,
        requestId: "none",
      });
    }
    this.#inFlight += 1;
    const exchange: HttpExchange = { statusCode: 0, headers: [] };
    try {
      const sdk = await (this.#sdk ??= import("@aws-sdk/client-lambda"));
      const output = await this.#send(sdk, request, exchange, signal);
      return answerOf(output, exchange);
    } catch (error) {
      throw asFailure(error, exchange);
    } finally {
      this.#inFlight -= 1;
    }
  }

  /** Cuts calls that are under way. */
  close(): void {
    this.#calls.close();
    for (const client of this.#clients.values()) client.destroy();
    this.#clients.clear();
  }

  #send(
    sdk: Sdk,
    request: LambdaRequest,
    exchange: HttpExchange,
    signal: AbortSignal,
  ): Promise<InvokeCommandOutput> {
    const { name, qualifier, inHomeAccount } = request.function;
    // A bare name belongs to the account of the credentials, which the server need not know.
    const arn = functionArn({ ...request.function, qualifier: undefined });
    const command = new sdk.InvokeCommand({
      FunctionName: inHomeAccount ? name : arn,
      InvocationType: request.invocationType,
      ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
      ...(request.payload === undefined ? {} : { Payload: Buffer.from(request.payload) }),
      ...(request.clientContext === undefined ? {} : { ClientContext: request.clientContext }),
      ...(request.logTail ? { LogType: "Tail" } : {}),
      ...(request.tenantId === undefined ? {} : { TenantId: request.tenantId }),
    });
    captureHttp(command.middlewareStack, exchange);
    const client = this.#client(sdk, request.function.region);
    return this.#calls.run(signal, (abortSignal) => client.send(command, { abortSignal }));
  }

  #client(sdk: Sdk, region: string): LambdaClient {
    const existing = this.#clients.get(region);
    if (existing !== undefined) return existing;
    if (this.#clients.size >= MAX_CLIENTS) {
      throw new TaskFailure(
        "Lambda.SdkClientException",
        `More than ${MAX_CLIENTS} regions are in use.`,
      );
    }
    prepareSdk();
    const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
    const credentials = placeholderFor(this.#environment);
    const client = new sdk.LambdaClient({
      region,
      maxAttempts: 1,
      logger: SILENT,
      ...(credentials === undefined ? {} : { credentials }),
      requestHandler: {
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        requestTimeout: REQUEST_TIMEOUT_MS,
        throwOnRequestTimeout: true,
        // Calls that wait for a free connection are normal here, no reason to warn.
        socketAcquisitionWarningTimeout: REQUEST_TIMEOUT_MS,
        httpAgent: new HttpAgent(agent),
        httpsAgent: new HttpsAgent(agent),
      },
    });
    this.#clients.set(region, client);
    return client;
  }
}

function answerOf(output: InvokeCommandOutput, exchange: HttpExchange): LambdaAnswer {
  // The SDK gives null for an empty body, whatever its types say.
  const payload: Uint8Array | null | undefined = output.Payload;
  return {
    statusCode: output.StatusCode ?? exchange.statusCode,
    functionError: output.FunctionError,
    payload: Buffer.from(payload ?? []).toString("utf8"),
    executedVersion: output.ExecutedVersion,
    logResult: output.LogResult,
    requestId: output.$metadata.requestId ?? "",
    headers: exchange.headers,
  };
}

/** Answers of the service keep their code; everything else is the client's own trouble. */
function asFailure(error: unknown, exchange: HttpExchange): TaskFailure {
  if (error instanceof TaskFailure) return error;
  if (!(error instanceof Error)) return new TaskFailure("Lambda.SdkClientException", String(error));
  if (exchange.statusCode >= 400) {
    return lambdaServiceFailure({
      code: error.name,
      message: error.message,
      statusCode: exchange.statusCode,
      requestId: exchange.headers.find(([name]) => /^x-amzn-requestid$/i.test(name))?.[1] ?? "",
    });
  }
  // Connection errors of several addresses come without a text of their own.
  const text = error.message === "" && "code" in error ? String(error.code) : error.message;
  return new TaskFailure("Lambda.SdkClientException", `Unable to execute HTTP request: ${text}`);
}
