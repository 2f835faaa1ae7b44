/** Connections of EventBridge, with their secrets out of Secrets Manager, at AWS or a work-alike. */
import type { Json, JsonObject } from "../../json/json.ts";
import { isArray, isObject } from "../../json/kind.ts";
import { parseJson } from "../../json/parse.ts";
import { stringify } from "../../json/stringify.ts";
import { type AwsCaller, AwsCallError } from "../aws/aws-caller.ts";
import {
  type Authorization,
  type Connection,
  connectionFailure,
  connectionName,
  type ConnectionParameters,
  type ConnectionSource,
  type Parameter,
  TOKEN_METHODS,
} from "./connection.ts";

/** A connection is looked at again after so long; a changed secret counts from then on. */
const KEPT_MS = 60_000;
const MAX_KEPT = 1_000;

export class EventBridgeConnections implements ConnectionSource {
  readonly #aws: AwsCaller;
  readonly #now: () => number;
  readonly #kept = new Map<string, { connection: Connection; until: number }>();

  /** @param now Epoch milliseconds. */
  constructor(aws: AwsCaller, now: () => number) {
    this.#aws = aws;
    this.#now = now;
  }

  async find(arn: string, signal: AbortSignal): Promise<Connection> {
    const name = connectionName(arn);
    const kept = this.#kept.get(name);
    if (kept !== undefined && kept.until > this.#now()) return kept.connection;
    const connection = await this.#read(name, signal);
    this.#kept.delete(name);
    this.#kept.set(name, { connection, until: this.#now() + KEPT_MS });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return connection;
  }

  async #read(name: string, signal: AbortSignal): Promise<Connection> {
    const described = await this.#call("eventbridge", "describeConnection", { Name: name }, signal);
    const { ConnectionState: state, SecretArn: secretArn } = described;
    if (state !== "AUTHORIZED") {
      throw connectionFailure(
        "InvalidConnectionState",
        `The connection '${name}' is not AUTHORIZED, but ${stringify(state ?? null)}`,
      );
    }
    const answer = await this.#call(
      "secretsmanager",
      "getSecretValue",
      { SecretId: secretArn ?? null },
      signal,
    );
    const text = answer["SecretString"];
    const parsed = typeof text === "string" ? parseJson(text) : undefined;
    const secret = parsed?.ok === true && isObject(parsed.value) ? parsed.value : {};
    return connectionOf(name, described, secret);
  }

  async #call(
    service: string,
    action: string,
    parameters: JsonObject,
    signal: AbortSignal,
  ): Promise<JsonObject> {
    const request = { service, action, parameters, roleArn: undefined, signal };
    try {
      return (await this.#aws.call(request)).output;
    } catch (error) {
      if (!(error instanceof AwsCallError)) throw error;
      const { code, message } = error;
      throw connectionFailure(kindOf(code), message);
    }
  }
}

function kindOf(code: string): "ResourceNotFound" | "AccessDenied" | "InternalError" {
  if (code === "ResourceNotFoundException") return "ResourceNotFound";
  return /AccessDenied|UnrecognizedClient|InvalidClientToken/.test(code)
    ? "AccessDenied"
    : "InternalError";
}

/**
 * DescribeConnection tells everything but secret values; these are in the secret, under the same
 * names in snake case. What both tell is taken from the secret.
 */
function connectionOf(name: string, described: JsonObject, secret: JsonObject): Connection {
  const told = objectIn(described, "AuthParameters");
  const authorization = authorizationOf(described["AuthorizationType"], told, secret);
  if (authorization === undefined) {
    throw connectionFailure(
      "InternalError",
      `The secret of the connection '${name}' does not have what its authorization type needs`,
    );
  }
  const parameters = parametersOf(
    objectIn(told, "InvocationHttpParameters"),
    objectIn(secret, "invocation_http_parameters"),
  );
  return { name, authorization, parameters, hosts: undefined };
}

function authorizationOf(
  type: Json | undefined,
  told: JsonObject,
  secret: JsonObject,
): Authorization | undefined {
  const text = (object: JsonObject, name: string): string | undefined => {
    const value = object[name];
    return typeof value === "string" ? value : undefined;
  };
  if (type === "API_KEY") {
    const shown = text(objectIn(told, "ApiKeyAuthParameters"), "ApiKeyName");
    const apiKeyName = text(secret, "api_key_name") ?? shown;
    const apiKeyValue = text(secret, "api_key_value");
    if (apiKeyName === undefined || apiKeyValue === undefined) return undefined;
    return { type, apiKeyName, apiKeyValue };
  }
  if (type === "BASIC") {
    const shown = text(objectIn(told, "BasicAuthParameters"), "Username");
    const username = text(secret, "username") ?? shown;
    const password = text(secret, "password");
    if (username === undefined || password === undefined) return undefined;
    return { type, username, password };
  }
  if (type !== "OAUTH_CLIENT_CREDENTIALS") return undefined;
  const shown = objectIn(told, "OAuthParameters");
  const hidden = { ...secret, ...objectIn(secret, "client_parameters") };
  const clientId =
    text(hidden, "client_id") ?? text(objectIn(shown, "ClientParameters"), "ClientID");
  const clientSecret = text(hidden, "client_secret");
  const authorizationEndpoint =
    text(shown, "AuthorizationEndpoint") ?? text(secret, "authorization_endpoint");
  const httpMethod = TOKEN_METHODS.find((method) => method === shown["HttpMethod"]) ?? "POST";
  if (clientId === undefined || clientSecret === undefined) return undefined;
  if (authorizationEndpoint === undefined) return undefined;
  const parameters = parametersOf(
    objectIn(shown, "OAuthHttpParameters"),
    objectIn(secret, "oauth_http_parameters"),
  );
  return { type, authorizationEndpoint, httpMethod, clientId, clientSecret, parameters };
}

function parametersOf(told: JsonObject, secret: JsonObject): ConnectionParameters {
  const list = (name: string, hiddenName: string): Parameter[] => {
    const hidden = new Map(pairsIn(secret[hiddenName], "key", "value"));
    const shown = pairsIn(told[name], "Key", "Value");
    const names = new Set([...shown.map(([key]) => key), ...hidden.keys()]);
    const values = new Map(shown);
    return [...names].map((key) => [key, hidden.get(key) ?? values.get(key) ?? ""]);
  };
  return {
    headers: list("HeaderParameters", "header_parameters"),
    query: list("QueryStringParameters", "query_string_parameters"),
    body: list("BodyParameters", "body_parameters"),
  };
}

function pairsIn(value: Json | undefined, key: string, text: string): [string, string][] {
  return (isArray(value) ? value : []).flatMap((entry): [string, string][] => {
    if (!isObject(entry) || typeof entry[key] !== "string") return [];
    const found = entry[text];
    return [[entry[key], typeof found === "string" ? found : ""]];
  });
}

function objectIn(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isObject(value) ? value : {};
}
