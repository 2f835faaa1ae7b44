/** Where AWS services are called and with which credentials, as the SDKs' own variables say it. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The address that `AWS_ENDPOINT_URL_<SERVICE>` or AWS_ENDPOINT_URL sets for a service, undefined:
 * AWS itself, or what a profile says. `serviceId` as in the service's model: `Secrets Manager`.
 */
export function endpointOf(environment: Environment, serviceId: string): string | undefined {
  if (environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.toLowerCase() === "true") {
    return undefined;
  }
  return valueOf(environment, endpointVariable(serviceId)) ?? valueOf(environment, ANY_ENDPOINT);
}

export function endpointVariable(serviceId: string): string {
  return `${ANY_ENDPOINT}_${serviceId.toUpperCase().replaceAll(" ", "_")}`;
}

/**
 * Whether some standard source of credentials is configured: variables, a profile or its files, web
 * identity, a container's endpoint. Instance metadata only counts with
 * `AWS_EC2_METADATA_DISABLED=false`, since asking for it hangs on every other machine.
 */
export function hasCredentials(environment: Environment): boolean {
  const variables = [
    "AWS_ACCESS_KEY_ID",
    "AWS_PROFILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  ];
  if (variables.some((name) => valueOf(environment, name) !== undefined)) return true;
  if (environment["AWS_EC2_METADATA_DISABLED"]?.toLowerCase() === "false") return true;
  const home = environment["HOME"] ?? homedir();
  const files = [
    environment["AWS_SHARED_CREDENTIALS_FILE"] ?? path.join(home, ".aws", "credentials"),
    environment["AWS_CONFIG_FILE"] ?? path.join(home, ".aws", "config"),
  ];
  return files.some((file) => existsSync(file));
}

/** Whether a call of the service can succeed at all, told without trying. */
export function isReachable(environment: Environment, serviceId: string): boolean {
  return endpointOf(environment, serviceId) !== undefined || hasCredentials(environment);
}

const ANY_ENDPOINT = "AWS_ENDPOINT_URL";

/** An empty variable counts as none. */
function valueOf(environment: Environment, name: string): string | undefined {
  return environment[name] || undefined;
}
