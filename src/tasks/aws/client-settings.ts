/** Where the clients of AWS services call, with which credentials, and how long they wait. */
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { type Environment, hasCredentials } from "../lambda/remote-settings.ts";

/** The longest calls are those of functions: 15 minutes and a moment. A task's own time-out ends it earlier. */
const REQUEST_TIMEOUT_MS = 910_000;
const CONNECTION_TIMEOUT_MS = 5_000;
/** Connections per client; further calls wait for a free one. */
const MAX_SOCKETS = 250;

/**
 * The address that `AWS_ENDPOINT_URL_<SERVICE>` or AWS_ENDPOINT_URL sets for a service, undefined:
 * AWS itself, or what a profile says. `serviceId` as in the service's model: `Secrets Manager`.
 */
export function endpointOf(environment: Environment, serviceId: string): string | undefined {
  if (environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.toLowerCase() === "true") {
    return undefined;
  }
  return set(environment[endpointVariable(serviceId)]) ?? set(environment["AWS_ENDPOINT_URL"]);
}

export function endpointVariable(serviceId: string): string {
  return `AWS_ENDPOINT_URL_${serviceId.toUpperCase().replaceAll(" ", "_")}`;
}

/** Why no call of this service can succeed, told without trying; undefined = it may. */
export function obstacle(environment: Environment, serviceId: string): string | undefined {
  if (endpointOf(environment, serviceId) !== undefined || hasCredentials(environment)) {
    return undefined;
  }
  return (
    `Unable to load credentials: neither ${endpointVariable(serviceId)} or AWS_ENDPOINT_URL ` +
    `nor AWS credentials are configured`
  );
}

/** Settings for the constructor of a client. The SDK reads profiles and further variables itself. */
export function clientSettings(options: {
  readonly environment: Environment;
  readonly serviceId: string;
  readonly region: string;
  /** Default: the SDK's usual ones. */
  readonly credentials?: unknown;
}): Readonly<Record<string, unknown>> {
  const { environment, serviceId, region } = options;
  // The SDK's advice about Node versions is for its direct users.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  // Without this a missing profile would make the SDK ask for instance metadata for seconds.
  process.env["AWS_EC2_METADATA_DISABLED"] ??= "true";
  const endpoint = endpointOf(environment, serviceId);
  const credentials =
    options.credentials ?? (hasCredentials(environment) ? undefined : PLACEHOLDER);
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
  return {
    region,
    logger: SILENT,
    ...(credentials === undefined ? {} : { credentials }),
    // A name in front of an address, as some operations and S3 buckets want it, resolves nowhere.
    ...(endpoint === undefined ? {} : { endpoint, disableHostPrefix: true, forcePathStyle: true }),
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      // Calls that wait for a free connection are normal here, no reason to warn.
      socketAcquisitionWarningTimeout: REQUEST_TIMEOUT_MS,
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
    },
  };
}

function set(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}

/** A local endpoint wants a signature, but any will do. */
const PLACEHOLDER = { accessKeyId: "stepwell", secretAccessKey: "stepwell" };

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
