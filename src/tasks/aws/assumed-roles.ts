/** Credentials of roles that tasks name in their `Credentials` field, from AWS STS. */
import type { AssumeRoleCommandOutput, STSClient } from "@aws-sdk/client-sts";
import { endpointOf, endpointVariable, type Environment } from "../../aws/environment.ts";
import { AwsCallError } from "./aws-caller.ts";
import { BoundedCache } from "./bounded-cache.ts";
import { clientSettings, obstacle } from "./client-settings.ts";
import type { HttpHandler } from "./http-handler.ts";

export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

export interface Role {
  readonly arn: string;
  readonly externalId: string | undefined;
}

/** Roles come from definitions and inputs. */
const MAX_ROLES = 1_000;
/** STS's limit for a role that was assumed with the credentials of a role. */
const SESSION_SECONDS = 3_600;
/** Credentials are renewed this long before they end: longer than the clocks may differ. */
const RENEWAL_MS = 5 * 60_000;
const SESSION_NAME = "stepwell";

export class AssumedRoles {
  readonly #environment: Environment;
  readonly #region: string;
  readonly #handler: () => Promise<HttpHandler>;
  readonly #now: () => number;
  readonly #sessions = new BoundedCache<Promise<RoleCredentials>>(MAX_ROLES);
  #client: STSClient | undefined;

  /** @param options.now The time in epoch milliseconds. */
  constructor(options: {
    readonly region: string;
    readonly environment: Environment;
    readonly handler: () => Promise<HttpHandler>;
    readonly now?: (() => number) | undefined;
  }) {
    this.#environment = options.environment;
    this.#region = options.region;
    this.#handler = options.handler;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Whether calls of a service are to be made with a task's role: not at a work-alike, which knows
   * no roles and takes any credentials, unless it is told where STS is.
   */
  applyTo(serviceId: string): boolean {
    const hasOwnSts = (this.#environment[endpointVariable("STS")] ?? "") !== "";
    return hasOwnSts || endpointOf(this.#environment, serviceId) === undefined;
  }

  /** Rejects with AwsCallError of kind Role. */
  async credentials(role: Role): Promise<RoleCredentials> {
    const key = `${role.arn} ${role.externalId ?? ""}`;
    const known = await this.#sessions.get(key)?.catch(() => undefined);
    if (known !== undefined && known.expiration.getTime() - RENEWAL_MS > this.#now()) return known;
    const session = this.#assume(role);
    this.#sessions.set(key, session);
    try {
      return await session;
    } catch (error) {
      this.#sessions.delete(key);
      throw error;
    }
  }

  async #assume(role: Role): Promise<RoleCredentials> {
    const missing = obstacle(this.#environment, "STS");
    if (missing !== undefined) throw refusal(role, missing);
    let answer: AssumeRoleCommandOutput;
    try {
      const sdk = await import("@aws-sdk/client-sts");
      const handler = await this.#handler();
      const settings = { environment: this.#environment, region: this.#region, handler };
      this.#client ??= new sdk.STSClient(clientSettings({ ...settings, serviceId: "STS" }));
      answer = await this.#client.send(
        new sdk.AssumeRoleCommand({
          RoleArn: role.arn,
          RoleSessionName: SESSION_NAME,
          DurationSeconds: SESSION_SECONDS,
          ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }),
        }),
      );
    } catch (error) {
      throw refusal(role, error);
    }
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
    if (AccessKeyId === undefined || SecretAccessKey === undefined) {
      throw refusal(role, "STS answered without credentials");
    }
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken ?? "",
      expiration: Expiration ?? new Date(this.#now() + SESSION_SECONDS * 1_000),
    };
  }
}

/** In AWS's words as far as the reason is that the role refuses. */
function refusal(role: Role, reason: unknown): AwsCallError {
  const text = reason instanceof Error ? reason.message || reason.name : String(reason);
  const caller = /^User: (\S+) is not authorized/.exec(text)?.[1];
  if (caller !== undefined) {
    const message = `The role ${caller} is not authorized to assume the task state's role, ${role.arn}.`;
    return new AwsCallError("Role", message, {}, { cause: reason });
  }
  const message = `The task state's role, ${role.arn}, could not be assumed: ${text}`;
  return new AwsCallError("Role", message, {}, { cause: reason });
}
