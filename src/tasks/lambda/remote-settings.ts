/** Whether a call to AWS or to a work-alike can succeed at all, told without any network access. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a Lambda endpoint other than AWS is set. */
export function hasEndpoint(environment: Environment): boolean {
  return isSet(environment, "AWS_ENDPOINT_URL_LAMBDA") || isSet(environment, "AWS_ENDPOINT_URL");
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
  if (variables.some((name) => isSet(environment, name))) return true;
  if (environment["AWS_EC2_METADATA_DISABLED"]?.toLowerCase() === "false") return true;
  const home = environment["HOME"] ?? homedir();
  const files = [
    environment["AWS_SHARED_CREDENTIALS_FILE"] ?? path.join(home, ".aws", "credentials"),
    environment["AWS_CONFIG_FILE"] ?? path.join(home, ".aws", "config"),
  ];
  return files.some((file) => existsSync(file));
}

function isSet(environment: Environment, name: string): boolean {
  return (environment[name] ?? "") !== "";
}
