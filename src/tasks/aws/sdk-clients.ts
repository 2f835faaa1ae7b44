/** One client per service, region and role, made when it is needed. */
import type { InvokeCommand } from "@aws-sdk/client-lambda";
import type { Environment } from "../../aws/environment.ts";
import type { AssumedRoles, Role } from "./assumed-roles.ts";
import { BoundedCache } from "./bounded-cache.ts";
import { clientSettings } from "./client-settings.ts";
import type { HttpHandler } from "./http-handler.ts";
import type { ClientInput } from "./request-members.ts";
import type { SdkPackage } from "./sdk-package.ts";

export interface SdkCommand {
  readonly middlewareStack: InvokeCommand["middlewareStack"];
}

export interface SdkClient {
  readonly config: { readonly serviceId: string };
  send(command: SdkCommand, options: { readonly abortSignal: AbortSignal }): Promise<unknown>;
}

type ClientClass = new (settings: Readonly<Record<string, unknown>>) => SdkClient;
type CommandClass = new (input: ClientInput) => SdkCommand;

/** Roles come from definitions and inputs. A client that is forgotten finishes what it does. */
const MAX_CLIENTS = 250;

export class SdkClients {
  readonly #region: string;
  readonly #environment: Environment;
  readonly #handler: () => Promise<HttpHandler>;
  readonly #roles: AssumedRoles;
  readonly #clients = new BoundedCache<SdkClient>(MAX_CLIENTS);

  constructor(options: {
    readonly region: string;
    readonly environment: Environment;
    readonly handler: () => Promise<HttpHandler>;
    readonly roles: AssumedRoles;
  }) {
    this.#region = options.region;
    this.#environment = options.environment;
    this.#handler = options.handler;
    this.#roles = options.roles;
  }

  /** Rejects with Error if the package exports no client. */
  async get(sdk: SdkPackage, serviceId: string, role: Role | undefined): Promise<SdkClient> {
    const handler = await this.#handler();
    const key = `${sdk.name} ${role?.arn ?? ""} ${role?.externalId ?? ""}`;
    let client = this.#clients.get(key);
    if (client === undefined) {
      const settings = {
        environment: this.#environment,
        serviceId,
        region: this.#region,
        handler,
        credentials: role && ((): Promise<unknown> => this.#roles.credentials(role)),
      };
      client = new (clientClass(sdk))(clientSettings(settings));
      this.#clients.set(key, client);
    }
    return client;
  }
}

/** By package: the id that the service's model has, e.g. `Secrets Manager`. */
const serviceIds = new WeakMap<SdkPackage, string>();

/** Only a client tells it. */
export function serviceIdOf(sdk: SdkPackage): string {
  let id = serviceIds.get(sdk);
  if (id === undefined) {
    id = new (clientClass(sdk))({ region: "us-east-1" }).config.serviceId;
    serviceIds.set(sdk, id);
  }
  return id;
}

export function makeCommand(sdk: SdkPackage, operation: string, input: ClientInput): SdkCommand {
  const command = sdk.exports[`${operation}Command`];
  if (typeof command !== "function") throw new Error(`${sdk.name} has no ${operation}Command`);
  return new (command as CommandClass)(input);
}

function clientClass(sdk: SdkPackage): ClientClass {
  for (const [name, value] of Object.entries(sdk.exports)) {
    if (typeof value === "function" && /.Client$/.test(name) && name !== "__Client") {
      return value as unknown as ClientClass;
    }
  }
  throw new Error(`${sdk.name} exports no client`);
}
