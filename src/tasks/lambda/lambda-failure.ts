/** Failures of Lambda in the words AWS Step Functions puts into `error` and `cause`. */
import { parseJson } from "../../json/parse.ts";
import { stringify } from "../../json/stringify.ts";
import { TaskFailure } from "../task-failure.ts";
import type { LambdaAnswer } from "./lambda-call.ts";

/** Errors that keep their name behind `Lambda.`; all others are `Lambda.AWSLambdaException`. */
const NAMED = new Set([
  "CodeArtifactUserDeletedException",
  "EC2AccessDeniedException",
  "EC2ThrottledException",
  "EC2UnexpectedException",
  "EFSIOException",
  "EFSMountConnectivityException",
  "EFSMountFailureException",
  "EFSMountTimeoutException",
  "ENILimitReachedException",
  "InvalidParameterValueException",
  "InvalidRequestContentException",
  "InvalidRuntimeException",
  "InvalidSecurityGroupIDException",
  "InvalidSubnetIDException",
  "InvalidZipFileException",
  "KMSAccessDeniedException",
  "KMSDisabledException",
  "KMSInvalidStateException",
  "KMSNotFoundException",
  "RecursiveInvocationException",
  "RequestTooLargeException",
  "ResourceConflictException",
  "ResourceNotFoundException",
  "ResourceNotReadyException",
  "ServiceException",
  "SnapStartException",
  "SnapStartNotReadyException",
  "SnapStartTimeoutException",
  "SubnetIPAddressLimitReachedException",
  "TooManyRequestsException",
  "UnsupportedMediaTypeException",
]);

/** An error of the Invoke API, as version 1 of the AWS SDK for Java words it. */
export function lambdaServiceFailure(options: {
  readonly code: string;
  readonly message: string;
  readonly statusCode: number;
  readonly requestId: string;
}): TaskFailure {
  const { code, message, statusCode, requestId } = options;
  const facts = `Service: AWSLambda; Status Code: ${statusCode}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null`;
  const name = NAMED.has(code) ? code : "AWSLambdaException";
  return new TaskFailure(`Lambda.${name}`, `${message} (${facts})`);
}

/**
 * The function itself failed: `errorType` of its answer is the error, the whole answer the cause.
 * Recorded from AWS: a function's ARN as Resource gives the answer as it came, `lambda:invoke`
 * without blanks.
 */
export function functionFailure(answer: LambdaAnswer, form: "verbatim" | "compact"): TaskFailure {
  const type = errorTypeOf(answer.payload);
  if (type !== undefined) {
    const parsed = form === "compact" ? parseJson(answer.payload) : undefined;
    return new TaskFailure(type, parsed?.ok ? stringify(parsed.value) : answer.payload);
  }
  return new TaskFailure(
    "Lambda.Unknown",
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${answer.payload}`,
  );
}

function errorTypeOf(payload: string): string | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    if (typeof value !== "object" || value === null || !("errorType" in value)) return undefined;
    return typeof value.errorType === "string" && value.errorType !== ""
      ? value.errorType
      : undefined;
  } catch {
    return undefined;
  }
}
