/** What an SDK client threw, in the terms of AwsCaller. */
import { AwsCallError } from "./aws-caller.ts";
import { AnswerTooLong } from "../../aws/bounded-body.ts";
import type { HttpExchange } from "./http-exchange.ts";
import type { SdkPackage } from "./sdk-package.ts";

/** An answer of the service keeps its name; everything else is the client's own trouble. */
export function callFailure(
  error: unknown,
  context: {
    readonly sdk: SdkPackage;
    readonly serviceId: string;
    readonly operation: string;
    readonly exchange: HttpExchange;
  },
): AwsCallError {
  if (error instanceof AwsCallError) return error;
  const { sdk, serviceId, operation, exchange } = context;
  const metadata = metadataOf(error);
  const attempts = metadata.attempts ?? 1;
  const options = { cause: error };
  if (error instanceof AnswerTooLong || causeOf(error) instanceof AnswerTooLong) {
    return new AwsCallError("TooLong", "the answer is too long", { serviceId, attempts }, options);
  }
  const httpStatusCode = exchange.statusCode;
  if (!(error instanceof Error) || httpStatusCode < 400 || isAborted(error)) {
    return new AwsCallError("Client", clientText(error), { serviceId, attempts }, options);
  }
  const shape = shapeOf(error, { sdk, serviceId, operation, httpStatusCode });
  const facts = {
    code: codeOf(error),
    shape,
    httpStatusCode,
    requestId: header(exchange, /^x-amzn?-request-?id$/i) || (metadata.requestId ?? ""),
    extendedRequestId: header(exchange, /^x-amz-id-2$/i),
    attempts,
    serviceId,
  };
  return new AwsCallError("Service", serviceText(error), facts, options);
}

/** Names of errors without a body, which cannot name itself. Source: the AWS SDK for Java. */
const BODILESS: Readonly<Record<string, string>> = {
  HeadObject: "NoSuchKey",
  HeadBucket: "NoSuchBucket",
};

function shapeOf(
  error: Error,
  context: {
    readonly sdk: SdkPackage;
    readonly serviceId: string;
    readonly operation: string;
    readonly httpStatusCode: number;
  },
): string {
  const { sdk, serviceId, operation, httpStatusCode } = context;
  if (serviceId === "S3" && httpStatusCode === 404 && Object.hasOwn(BODILESS, operation)) {
    return BODILESS[operation] ?? "";
  }
  // An error's own name may be the one of an older protocol; its class has the model's.
  const className = error.constructor.name;
  if (!className.endsWith("ServiceException") && sdk.hasError(className)) return className;
  return sdk.hasError(error.name) ? error.name : "";
}

function isAborted(error: Error): boolean {
  return error.name === "AbortError";
}

/** The code on the wire, which in older protocols is not the name in the model (`NotFound`). */
function codeOf(error: Error): string {
  if (!("$fault" in error)) return "";
  const inner: unknown = "Error" in error ? error.Error : undefined;
  return textMember(inner, "Code") ?? textMember(error, "Code") ?? error.name;
}

function textMember(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const member = (value as Readonly<Record<string, unknown>>)[name];
  return typeof member === "string" && member !== "" ? member : undefined;
}

/** What the SDK puts where the service says nothing; Java has `null`. */
function serviceText(error: Error): string {
  // After the first line comes advice for the SDK's direct users.
  const [message = ""] = error.message.split("\n", 1);
  return message === "" || message === "UnknownError" || message === "Unknown" ? "null" : message;
}

function clientText(error: unknown): string {
  if (!(error instanceof Error)) return `Unable to execute HTTP request: ${String(error)}`;
  if (error.name === "CredentialsProviderError") {
    return `Unable to load credentials: ${error.message}`;
  }
  // Connection errors of several addresses come without a text of their own; after the first line
  // comes advice for the SDK's direct users.
  const [first = ""] = error.message.split("\n", 1);
  const text = first === "" && "code" in error ? String(error.code) : first;
  return `Unable to execute HTTP request: ${text}`;
}

interface Metadata {
  readonly attempts?: number;
  readonly requestId?: string;
}

function metadataOf(error: unknown): Metadata {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return {};
  return error.$metadata ?? {};
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function header(exchange: HttpExchange, name: RegExp): string {
  return exchange.headers.find(([key]) => name.test(key))?.[1] ?? "";
}
