/** Access tokens of OAuth connections: fetched once, kept until they expire. */
import { createHash } from "node:crypto";
import { isObject } from "../../json/kind.ts";
import { parseJson } from "../../json/parse.ts";
import { toNumber, isNumber } from "../../json/number.ts";
import type { Json } from "../../json/json.ts";
import { type Connection, connectionFailure, type OAuthClient } from "./connection.ts";
import { queryString } from "./form-encoding.ts";
import type { HttpClient, HttpRequest } from "./http-client.ts";

interface Token {
  readonly value: Promise<string>;
  /** Epoch milliseconds; Infinity until it is known, and if the server does not say. */
  expiresAt: number;
}

/** A token is not used in its last seconds: the request must arrive in time. */
const MARGIN_MS = 30_000;
const MAX_TOKENS = 1_000;
/** More than any token needs (RFC 6749 has no bound). */
const MAX_ANSWER_BYTES = 64 * 1024;

export class OAuthTokens {
  readonly #client: HttpClient;
  readonly #now: () => number;
  readonly #signal: AbortSignal;
  /** By the client and the endpoint, so that changed credentials get a new one. */
  readonly #tokens = new Map<string, Token>();

  /**
   * @param now Epoch milliseconds.
   * @param signal Ends all requests. A single task does not: others may wait for the same token.
   */
  constructor(client: HttpClient, now: () => number, signal: AbortSignal) {
    this.#client = client;
    this.#now = now;
    this.#signal = signal;
  }

  /**
   * @param refused A token that was refused: another one is fetched, unless that has happened.
   * Rejects with TaskFailure, or as the client does.
   */
  async get(connection: Connection, client: OAuthClient, refused?: string): Promise<string> {
    const key = keyOf(client);
    const kept = this.#tokens.get(key);
    if (kept !== undefined && kept.expiresAt > this.#now()) {
      const value = await kept.value;
      if (value !== refused) return value;
      if (this.#tokens.get(key) === kept) this.#tokens.delete(key);
    }
    const current = this.#tokens.get(key);
    if (current !== undefined && current !== kept) return current.value;
    return this.#fetch(key, connection, client);
  }

  #fetch(key: string, connection: Connection, client: OAuthClient): Promise<string> {
    const token: Token = {
      value: this.#request(connection, client).then(({ value, expiresAt }) => {
        token.expiresAt = expiresAt;
        return value;
      }),
      expiresAt: Infinity,
    };
    this.#tokens.delete(key);
    this.#tokens.set(key, token);
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size > MAX_TOKENS && oldest !== undefined) this.#tokens.delete(oldest);
    token.value.catch(() => {
      if (this.#tokens.get(key) === token) this.#tokens.delete(key);
    });
    return token.value;
  }

  async #request(
    connection: Connection,
    client: OAuthClient,
  ): Promise<{ value: string; expiresAt: number }> {
    const options = { signal: this.#signal, maxBodyBytes: MAX_ANSWER_BYTES };
    const answer = await this.#client.send(tokenRequest(connection, client), options);
    const refuse = (reason: string): never => {
      throw connectionFailure(
        "InvalidConnectionState",
        `The connection '${connection.name}' got no token from its authorization endpoint: ${reason}`,
      );
    };
    const { statusCode, body } = answer;
    if (statusCode < 200 || statusCode > 299) refuse(`it answered ${statusCode}`);
    const parsed = parseJson(body.toString("utf8"));
    const members = parsed.ok && isObject(parsed.value) ? parsed.value : {};
    const { access_token: value, expires_in: seconds } = members;
    if (typeof value !== "string" || value === "") return refuse("its answer has no access_token");
    return { value, expiresAt: this.#now() + lifetimeMs(seconds) };
  }
}

/** Some servers write the number as text. Without one it is used until it is refused. */
function lifetimeMs(seconds: Json | undefined): number {
  const number = isNumber(seconds) ? toNumber(seconds) : Number(seconds ?? NaN);
  return Number.isFinite(number) ? Math.max(0, number * 1000 - MARGIN_MS) : Infinity;
}

/** Recorded from AWS: the connection's parameters, then the client's, as a form. */
function tokenRequest({ name }: Connection, client: OAuthClient): HttpRequest {
  const { headers, query, body } = client.parameters;
  if (!URL.canParse(client.authorizationEndpoint)) {
    throw connectionFailure(
      "InvalidConnectionState",
      `The authorization endpoint of the connection '${name}' is no URL`,
    );
  }
  const url = new URL(client.authorizationEndpoint);
  const hasGrant = [...query, ...body].some(([key]) => key === "grant_type");
  const form = [
    ...(hasGrant ? [] : [["grant_type", "client_credentials"] as const]),
    ...body,
    ["client_secret", client.clientSecret],
    ["client_id", client.clientId],
  ] as const;
  const inQuery = client.httpMethod === "GET" ? [...query, ...form] : query;
  if (inQuery.length > 0) {
    url.search = [url.search.slice(1), queryString(inQuery)].filter(Boolean).join("&");
  }
  const isForm = client.httpMethod !== "GET";
  const type = isForm ? [["Content-Type", "application/x-www-form-urlencoded"] as const] : [];
  const own = headers.filter(([key]) => !isForm || key.toLowerCase() !== "content-type");
  return {
    method: client.httpMethod,
    url,
    headers: [["Accept", "application/json"], ...type, ...own],
    body: isForm ? queryString(form) : undefined,
  };
}

/** A digest, so that no secret is a key of anything that could be shown. */
function keyOf(client: OAuthClient): string {
  return createHash("sha256").update(JSON.stringify(client)).digest("base64");
}
