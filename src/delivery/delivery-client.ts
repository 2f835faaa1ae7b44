/** Settings of the clients that deliver logs and events. */
import { placeholderFor, SILENT } from "../aws/client-defaults.ts";
import { endpointOf, type Environment } from "../aws/environment.ts";
import { prepareSdk } from "../aws/prepare-sdk.ts";

const REQUEST_TIMEOUT_MS = 10_000;
const CONNECTION_TIMEOUT_MS = 2_000;

/** The SDK reads endpoints and credentials of the environment itself. */
export function deliveryClientSettings(environment: Environment, service: string, region: string) {
  prepareSdk();
  const isWorkAlike = endpointOf(environment, service) !== undefined;
  const credentials = isWorkAlike ? placeholderFor(environment) : undefined;
  return {
    region,
    // The delivery queue tries again.
    maxAttempts: 1,
    logger: SILENT,
    ...(credentials === undefined ? {} : { credentials }),
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  };
}
