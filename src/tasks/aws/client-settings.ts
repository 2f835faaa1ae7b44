/** Settings of the clients that tasks call AWS services with. */
import { placeholderFor, SILENT } from "../../aws/client-defaults.ts";
import {
  endpointOf,
  endpointVariable,
  type Environment,
  isReachable,
} from "../../aws/environment.ts";
import type { HttpHandler } from "./http-handler.ts";

/** Why no call of this service can succeed, told without trying; undefined = it may. */
export function obstacle(environment: Environment, serviceId: string): string | undefined {
  if (isReachable(environment, serviceId)) return undefined;
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
  const credentials = options.credentials ?? placeholderFor(environment);
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
