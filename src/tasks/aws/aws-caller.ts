/** Calls operations of AWS services in the words of Step Functions. */
import type { Json, JsonObject } from "../../json/json.ts";

export interface AwsRequest {
  /** As in `arn:aws:states:::aws-sdk:SERVICE:ACTION`, e.g. `dynamodb`, `cloudwatchlogs`. */
  readonly service: string;
  /** e.g. `putItem`. */
  readonly action: string;
  /** Members begin with a capital at every depth; blobs and time stamps are texts. */
  readonly parameters: Json;
  /** Role to assume for the call; undefined: the server's own credentials. */
  readonly roleArn: string | undefined;
  /** Told to STS when the role is assumed, as AWS does: the state machine's ARN. */
  readonly externalId?: string | undefined;
  /**
   * Names this attempt: given to operations that are idempotent by a token, unless the parameters
   * have one. At most 64 characters, a UUID for example.
   */
  readonly idempotencyToken?: string | undefined;
  /**
   * How members of the answer are called: `Api`, the default, as the service's model has them, with
   * a capital (`MD5OfMessageBody`), which the optimized integrations show; `Java` as version 2 of the
   * AWS SDK for Java has them (`Md5OfMessageBody`). Parameters may be in either.
   */
  readonly memberNames?: MemberNames | undefined;
  /** Ends the call. */
  readonly signal: AbortSignal;
  /** Called once the parameters are in order and the request goes out. */
  readonly sending?: (() => void) | undefined;
  /**
   * How time stamps of the answer are written: `Iso8601`, the default, as version 2 of the AWS SDK for
   * Java has them; `EpochMilliseconds` as version 1, which is behind the optimized integrations.
   */
  readonly times?: "Iso8601" | "EpochMilliseconds" | undefined;
  /** Lists that the answer does not have are there, empty. */
  readonly emptyLists?: boolean | undefined;
}

export type MemberNames = "Api" | "Java";

export interface AwsAnswer {
  /** Members begin with a capital at every depth; blobs are texts. */
  readonly output: JsonObject;
  readonly httpStatusCode: number;
  readonly requestId: string | undefined;
  /** Of the HTTP answer, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The same in their order, with the letter case of their names. */
  readonly rawHeaders: readonly (readonly [name: string, value: string])[];
}

export interface AwsCaller {
  /** Rejects with AwsCallError. Retries like the SDK where it is safe. */
  call(request: AwsRequest): Promise<AwsAnswer>;
  /** Ends connections. */
  close(): void;
}

export type AwsErrorFacts = Pick<
  AwsCallError,
  "code" | "shape" | "httpStatusCode" | "requestId" | "extendedRequestId" | "attempts" | "serviceId"
>;

/** Why a call did not succeed. */
export class AwsCallError extends Error {
  override readonly name = "AwsCallError";
  /**
   * - Service: the service answered with an error.
   * - Client: no usable answer came (connection refused, credentials, time-out).
   * - Parameters: the request was never sent; `message` names the member and the fix.
   * - Unknown: there is no such service or action here; `message` says what to install, and where.
   * - Role: the role of the call could not be assumed.
   * - TooLong: the answer is longer than any state's output may be.
   */
  readonly kind: "Service" | "Client" | "Parameters" | "Unknown" | "Role" | "TooLong";
  /** The error's name as the service gives it (`ResourceNotFoundException`); "" if it gave none. */
  readonly code: string;
  /** Name of the error in the service's model (`NoSuchKey`); "" if it is not in the model. */
  readonly shape: string;
  readonly httpStatusCode: number;
  readonly requestId: string;
  /** Amazon S3's second id of a request; "" elsewhere. */
  readonly extendedRequestId: string;
  /** How often the request was sent. */
  readonly attempts: number;
  /** The service's id as its model has it: `DynamoDB`, `Secrets Manager`, `SFN`. */
  readonly serviceId: string;

  constructor(
    kind: AwsCallError["kind"],
    message: string,
    facts: Partial<AwsErrorFacts> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.kind = kind;
    this.code = facts.code ?? "";
    this.shape = facts.shape ?? "";
    this.httpStatusCode = facts.httpStatusCode ?? 0;
    this.requestId = facts.requestId ?? "";
    this.extendedRequestId = facts.extendedRequestId ?? "";
    this.attempts = facts.attempts ?? 1;
    this.serviceId = facts.serviceId ?? "";
  }
}
