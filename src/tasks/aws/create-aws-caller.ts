/** Calls any operation of any AWS service whose SDK client is installed. */
import { endpointOf, type Environment } from "../../aws/environment.ts";
import { OpenCalls } from "../linked-abort.ts";
import { AssumedRoles, type Role } from "./assumed-roles.ts";
import { type AwsAnswer, AwsCallError, type AwsCaller, type AwsRequest } from "./aws-caller.ts";
import { callFailure } from "./call-failure.ts";
import { obstacle } from "./client-settings.ts";
import { withCopySource } from "./copy-source.ts";
import { captureHttp, type HttpExchange } from "./http-exchange.ts";
import { createHttpHandler, type HttpHandler } from "./http-handler.ts";
import { nearest } from "./nearest.ts";
import { guardQueueHost } from "./queue-host.ts";
import { clientInput, type ClientInput, UnusableParameter } from "./request-members.ts";
import { resultOf } from "./result-members.ts";
import { resultStyle } from "./result-style.ts";
import { makeCommand, SdkClients, serviceIdOf } from "./sdk-clients.ts";
import { findSdkPackage, installationAdvice, type SdkPackage } from "./sdk-package.ts";
import type { LazySchema, SdkOperation } from "./sdk-schema.ts";

export interface AwsCallerOptions {
  /** Where services are called at AWS. */
  readonly region: string;
  /** Read for endpoints; the SDK itself reads this process's for credentials. */
  readonly environment: Environment;
}

export function createAwsCaller(options: AwsCallerOptions): AwsCaller {
  return new SdkCaller(options);
}

class SdkCaller implements AwsCaller {
  readonly #environment: Environment;
  readonly #roles: AssumedRoles;
  readonly #clients: SdkClients;
  readonly #calls = new OpenCalls();
  #handler: Promise<HttpHandler> | undefined;

  constructor(options: AwsCallerOptions) {
    this.#environment = options.environment;
    const handler = (): Promise<HttpHandler> => (this.#handler ??= createHttpHandler());
    this.#roles = new AssumedRoles({ ...options, handler });
    this.#clients = new SdkClients({ ...options, handler, roles: this.#roles });
  }

  async call(request: AwsRequest): Promise<AwsAnswer> {
    const sdk = await findSdkPackage(request.service);
    if (sdk === undefined) throw new AwsCallError("Unknown", installationAdvice(request.service));
    const serviceId = serviceIdOf(sdk);
    const operation = findOperation(sdk, serviceId, request);
    const input = readInput(operation, serviceId, request);
    const missing = obstacle(this.#environment, serviceId);
    if (missing !== undefined) throw new AwsCallError("Client", missing, { serviceId });
    const role = this.#roleOf(request, serviceId);
    // Beforehand, so that a role's refusal is not taken for the service's.
    if (role !== undefined) await this.#roles.credentials(role);
    const command = makeCommand(sdk, operation.name, input);
    const exchange: HttpExchange = { statusCode: 0, headers: [] };
    captureHttp(command.middlewareStack, exchange);
    if (serviceId === "SQS" && endpointOf(this.#environment, serviceId) === undefined) {
      guardQueueHost(command.middlewareStack);
    }
    const client = await this.#clients.get(sdk, serviceId, role);
    try {
      request.sending?.();
      const result = await this.#calls.run(request.signal, async (abortSignal) => {
        const output = await client.send(command, { abortSignal });
        return resultOf(operation.output(), output, resultStyle(request));
      });
      return answerOf(exchange, result);
    } catch (error) {
      throw callFailure(error, { sdk, serviceId, operation: operation.name, exchange });
    }
  }

  close(): void {
    this.#calls.close();
    void this.#handler?.then((handler) => handler.destroy?.());
  }

  #roleOf({ roleArn, externalId }: AwsRequest, serviceId: string): Role | undefined {
    if (roleArn === undefined || !this.#roles.applyTo(serviceId)) return undefined;
    return { arn: roleArn, externalId };
  }
}

const MAX_ACTION_DISTANCE = 4;
const SUGGESTIONS = 3;

function findOperation(sdk: SdkPackage, serviceId: string, request: AwsRequest): SdkOperation {
  const { service, action } = request;
  const operation = sdk.operations.get(action.toLowerCase());
  if (operation === undefined) {
    const names = [...sdk.operations.values()].map(({ name }) => actionName(name));
    const near = nearest(action, names, { maxDistance: MAX_ACTION_DISTANCE, count: SUGGESTIONS });
    const hint = near.length === 0 ? "" : ` Did you mean ${near.join(", ")}?`;
    const message = `The service '${service}' has no action '${action}' in ${sdk.name}.${hint}`;
    throw new AwsCallError("Unknown", message, { serviceId });
  }
  if (streamsEvents(operation.input) || streamsEvents(operation.output)) {
    const message = `The action '${action}' of the service '${service}' is a stream of events, which AWS Step Functions does not support.`;
    throw new AwsCallError("Unknown", message, { serviceId });
  }
  return operation;
}

function actionName(operation: string): string {
  return operation.charAt(0).toLowerCase() + operation.slice(1);
}

function streamsEvents(schema: LazySchema): boolean {
  const structure = schema();
  if (structure.type !== "structure") return false;
  return structure.members.some(({ schema: member }) => {
    const type = member();
    return type.type === "structure" && type.isEventStream;
  });
}

function readInput(operation: SdkOperation, serviceId: string, request: AwsRequest): ClientInput {
  const schema = operation.input();
  try {
    const input = clientInput(schema, withCopySource(operation.name, request.parameters));
    return { ...defaultsOf(schema, input, request), ...input };
  } catch (error) {
    if (!(error instanceof UnusableParameter)) throw error;
    throw new AwsCallError("Parameters", error.message, { serviceId }, { cause: error });
  }
}

/** As the AWS SDK for Java sends texts (recorded). */
const TEXT_TYPE = "text/plain; charset=UTF-8";

/** Members that are filled in: a token of the attempt, the type of a text that is sent as a stream. */
function defaultsOf(
  schema: ReturnType<LazySchema>,
  input: ClientInput,
  { idempotencyToken }: AwsRequest,
): ClientInput {
  if (schema.type !== "structure") return {};
  const hasStream = schema.members.some(
    ({ name, schema: member }) => input[name] !== undefined && member().type === "streamingBlob",
  );
  const defaults: Record<string, unknown> = {};
  for (const { name, isIdempotencyToken, httpHeader } of schema.members) {
    if (isIdempotencyToken && idempotencyToken !== undefined) defaults[name] = idempotencyToken;
    if (hasStream && httpHeader === "Content-Type") defaults[name] = TEXT_TYPE;
  }
  return defaults;
}

function answerOf(exchange: HttpExchange, output: AwsAnswer["output"]): AwsAnswer {
  const headers: Record<string, string> = {};
  for (const [name, value] of exchange.headers) headers[name.toLowerCase()] ??= value;
  return {
    output,
    httpStatusCode: exchange.statusCode,
    requestId: headers["x-amzn-requestid"] ?? headers["x-amz-request-id"],
    headers,
    rawHeaders: exchange.headers,
  };
}
