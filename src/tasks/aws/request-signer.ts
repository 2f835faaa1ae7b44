/** Signs HTTP requests that no client of an AWS service sends, with Signature Version 4. */
import type { STSClient } from "@aws-sdk/client-sts";
import type { Environment } from "../../aws/environment.ts";
import { AssumedRoles, type Role } from "./assumed-roles.ts";
import { AwsCallError } from "./aws-caller.ts";
import { BoundedCache } from "./bounded-cache.ts";
import { clientSettings, obstacle } from "./client-settings.ts";
import { createHttpHandler, type HttpHandler } from "./http-handler.ts";

export interface SignableRequest {
  readonly method: string;
  readonly url: URL;
  /** All of them are signed. Names must differ. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** For whom a request is signed. */
export interface SigningScope {
  /** As signatures name it: `execute-api`. */
  readonly service: string;
  readonly region: string;
  /** Undefined: with the server's own credentials. */
  readonly role: Role | undefined;
}

export interface RequestSigner {
  /** @returns the headers with those of the signature. Rejects with AwsCallError. */
  sign(request: SignableRequest, scope: SigningScope): Promise<Readonly<Record<string, string>>>;
  /** @returns a URL that carries the signature. Rejects with AwsCallError. */
  presign(request: SignableRequest, scope: SigningScope, seconds: number): Promise<URL>;
  /** Ends connections. */
  close(): void;
}

export function createRequestSigner(options: {
  readonly region: string;
  readonly environment: Environment;
}): RequestSigner {
  return new StsSigner(options);
}

/** What a client's signer takes and gives. */
interface WireRequest {
  method: string;
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body?: string;
}

interface WireSigner {
  sign(request: WireRequest): Promise<WireRequest>;
  presign(
    request: WireRequest,
    options: {
      readonly expiresIn: number;
      readonly signableHeaders: ReadonlySet<string>;
      readonly unhoistableHeaders: ReadonlySet<string>;
    },
  ): Promise<WireRequest>;
}

/** Roles come from definitions and inputs. */
const MAX_CLIENTS = 250;

/** The client of STS, a dependency for the sake of roles, lends its signer and its credentials. */
class StsSigner implements RequestSigner {
  readonly #region: string;
  readonly #environment: Environment;
  readonly #roles: AssumedRoles;
  readonly #clients = new BoundedCache<STSClient>(MAX_CLIENTS);
  #handler: Promise<HttpHandler> | undefined;

  constructor(options: { readonly region: string; readonly environment: Environment }) {
    this.#region = options.region;
    this.#environment = options.environment;
    this.#roles = new AssumedRoles({ ...options, handler: () => this.#getHandler() });
  }

  async sign(
    request: SignableRequest,
    scope: SigningScope,
  ): Promise<Readonly<Record<string, string>>> {
    const signer = await this.#signer(scope);
    return (await signer.sign(wireRequest(request))).headers;
  }

  async presign(request: SignableRequest, scope: SigningScope, seconds: number): Promise<URL> {
    const signer = await this.#signer(scope);
    const names = new Set(["host", ...Object.keys(request.headers)]);
    const signed = await signer.presign(wireRequest(request), {
      expiresIn: seconds,
      signableHeaders: names,
      unhoistableHeaders: names,
    });
    const url = new URL(request.url);
    url.search = "";
    for (const [name, value] of Object.entries(signed.query)) {
      for (const one of [value].flat()) url.searchParams.append(name, one);
    }
    return url;
  }

  close(): void {
    void this.#handler?.then((handler) => handler.destroy?.());
  }

  #getHandler(): Promise<HttpHandler> {
    return (this.#handler ??= createHttpHandler());
  }

  async #signer({ service, region, role }: SigningScope): Promise<WireSigner> {
    const missing = obstacle(this.#environment, "STS");
    if (missing !== undefined) throw new AwsCallError("Client", missing);
    const applied = role !== undefined && this.#roles.applyTo("STS") ? role : undefined;
    // Beforehand, so that a role's refusal is told as such.
    if (applied !== undefined) await this.#roles.credentials(applied);
    const client = await this.#client(applied);
    // Its type says neither that it takes a scheme nor what it gives.
    const { signer } = client.config as unknown as {
      readonly signer: (scheme: object) => Promise<WireSigner>;
    };
    try {
      return await signer({
        name: "sigv4",
        signingName: service,
        signingRegion: region,
        properties: {},
      });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      throw new AwsCallError("Client", `Unable to load credentials: ${text}`, {}, { cause: error });
    }
  }

  async #client(role: Role | undefined): Promise<STSClient> {
    const key = role === undefined ? "" : `${role.arn} ${role.externalId ?? ""}`;
    const known = this.#clients.get(key);
    if (known !== undefined) return known;
    const sdk = await import("@aws-sdk/client-sts");
    const settings = {
      environment: this.#environment,
      serviceId: "STS",
      region: this.#region,
      handler: await this.#getHandler(),
      credentials: role && ((): Promise<unknown> => this.#roles.credentials(role)),
    };
    const client = new sdk.STSClient(clientSettings(settings));
    this.#clients.set(key, client);
    return client;
  }
}

function wireRequest({ method, url, headers, body }: SignableRequest): WireRequest {
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port !== "" && { port: Number(url.port) }),
    path: url.pathname,
    query,
    headers: { host: url.host, ...headers },
    ...(body !== undefined && { body }),
  };
}
