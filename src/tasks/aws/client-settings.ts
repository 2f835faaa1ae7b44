/** Where the clients of AWS services call, and with which credentials. */
import { type Environment, hasCredentials } from "../lambda/remote-settings.ts";
import type { HttpHandler } from "./http-handler.ts";

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
  readonly handler: HttpHandler;
  /** Default: the SDK's usual ones. */
  readonly credentials?: unknown;
}): Readonly<Record<string, unknown>> {
  const { environment, serviceId, region } = options;
  const endpoint = endpointOf(environment, serviceId);
  const credentials =
    options.credentials ?? (hasCredentials(environment) ? undefined : PLACEHOLDER);
  return {
    region,
    logger: SILENT,
    ...(credentials === undefined ? {} : { credentials }),
    // A name in front of an address, as some operations and S3 buckets want it, resolves nowhere.
    ...(endpoint === undefined ? {} : { endpoint, disableHostPrefix: true, forcePathStyle: true }),
    requestHandler: options.handler,
    // S3 otherwise answers with checksums that a task's result does not have (recorded).
    responseChecksumValidation: "WHEN_REQUIRED",
  };
}

function set(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}

/** A local endpoint wants a signature, but any will do. */
export const PLACEHOLDER = { accessKeyId: "stepwell", secretAccessKey: "stepwell" };

/** What goes wrong is told to who called. */
export const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
