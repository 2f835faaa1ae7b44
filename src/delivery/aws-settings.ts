/** What the clients of AWS services share: where they call, with which credentials, how long. */

export type Environment = Readonly<Record<string, string | undefined>>;

const REQUEST_TIMEOUT_MS = 10_000;
const CONNECTION_TIMEOUT_MS = 2_000;

/** Whether `AWS_ENDPOINT_URL_<SERVICE>` or AWS_ENDPOINT_URL is set. */
export function hasEndpoint(environment: Environment, service: string): boolean {
  return (
    isSet(environment, `AWS_ENDPOINT_URL_${service}`) || isSet(environment, "AWS_ENDPOINT_URL")
  );
}

/** Settings of an SDK client; the SDK reads endpoints and credentials of the environment itself. */
export function clientSettings(environment: Environment, service: string, region: string) {
  // The SDK's advice about Node versions is for its direct users.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  // Without this a missing profile would make the SDK ask for instance metadata for seconds.
  process.env["AWS_EC2_METADATA_DISABLED"] ??= "true";
  return {
    region,
    // The delivery queue tries again.
    maxAttempts: 1,
    logger: SILENT,
    ...(needsPlaceholder(environment, service) ? { credentials: PLACEHOLDER } : {}),
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  };
}

/** A work-alike wants a signature, but any will do. */
function needsPlaceholder(environment: Environment, service: string): boolean {
  const sources = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE"];
  return hasEndpoint(environment, service) && !sources.some((source) => isSet(environment, source));
}

function isSet(environment: Environment, name: string): boolean {
  return (environment[name] ?? "") !== "";
}

const PLACEHOLDER = { accessKeyId: "stepwell", secretAccessKey: "stepwell" };

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** What kept a request from success. */
export interface RequestFailure {
  /** Whether the same request may succeed later: no answer, throttling, trouble of the service. */
  readonly passes: boolean;
  /** Nobody answered: further requests would not fare better now. */
  readonly isUnreachable: boolean;
  readonly name: string;
  readonly reason: string;
}

/** Reads what an SDK client threw. */
export function requestFailure(error: unknown): RequestFailure {
  if (!(error instanceof Error)) {
    return { passes: false, isUnreachable: false, name: "", reason: String(error) };
  }
  const { name, message } = error;
  const status = statusOf(error);
  const passes = status === undefined || status >= 500 || status === 429 || /throttl/i.test(name);
  // Connection errors of several addresses come without a text of their own.
  const text = message === "" && "code" in error ? String(error.code) : message;
  const isUnreachable = status === undefined;
  return { passes, isUnreachable, name, reason: isUnreachable ? text : `${name}: ${text}` };
}

function statusOf(error: Error): number | undefined {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}
