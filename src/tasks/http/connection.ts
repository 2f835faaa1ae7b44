/** What an HTTP task's connection holds: EventBridge's, or one of a local file. */
import { TaskFailure } from "../task-failure.ts";
import type { OpenedTarget } from "./http-access.ts";

/** A value that a connection adds to a request. */
export type Parameter = readonly [key: string, value: string];

/** `InvocationHttpParameters`, `OAuthHttpParameters`. */
export interface ConnectionParameters {
  readonly headers: readonly Parameter[];
  readonly query: readonly Parameter[];
  readonly body: readonly Parameter[];
}

export const NO_PARAMETERS: ConnectionParameters = { headers: [], query: [], body: [] };

export interface OAuthClient {
  readonly type: "OAUTH_CLIENT_CREDENTIALS";
  /** Where tokens are fetched. */
  readonly authorizationEndpoint: string;
  readonly httpMethod: "GET" | "POST" | "PUT";
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of the request for a token. */
  readonly parameters: ConnectionParameters;
}

export type Authorization =
  | { readonly type: "API_KEY"; readonly apiKeyName: string; readonly apiKeyValue: string }
  | { readonly type: "BASIC"; readonly username: string; readonly password: string }
  | OAuthClient;

export const AUTHORIZATION_TYPES = ["API_KEY", "BASIC", "OAUTH_CLIENT_CREDENTIALS"] as const;
export const TOKEN_METHODS = ["GET", "POST", "PUT"] as const;

export interface Connection {
  readonly name: string;
  readonly authorization: Authorization;
  /** Added to every request of a task; they win over the task's own. */
  readonly parameters: ConnectionParameters;
  /** Hosts that it may be used for; undefined: every one that a task names. */
  readonly hosts: readonly OpenedTarget[] | undefined;
}

export interface ConnectionSource {
  /** Rejects with TaskFailure `Events.ConnectionResource...`. */
  find(arn: string, signal: AbortSignal): Promise<Connection>;
}

/** Errors of connections as the Developer Guide lists them. */
export type ConnectionError =
  | "AccessDenied"
  | "InternalError"
  | "InvalidConnectionState"
  | "ResourceNotFound";

export function connectionFailure(error: ConnectionError, cause: string): TaskFailure {
  return new TaskFailure(`Events.ConnectionResource.${error}`, cause);
}

/** `crm` of `arn:aws:events:us-east-1:123456789012:connection/crm/81210c42-...`. */
export function connectionName(arn: string): string {
  return arn.split(":").slice(5).join(":").split("/")[1] ?? "";
}
