/** Aliases of state machines. Reads answer from memory; every change is durable before it is seen. */
import type { Clock } from "../ports.ts";
import type { AliasIndex } from "./alias-index.ts";
import type { CatalogWriter } from "./catalog-writer.ts";
import type { KeyedLock } from "./keyed-lock.ts";
import type { MachineCatalog } from "./machine-catalog.ts";
import { encodeAlias, sameRoutes } from "./state-machine-alias.ts";
import type { AliasRoute, StateMachineAlias } from "./state-machine-alias.ts";
import type { StateMachine } from "./state-machine.ts";

export interface CreateAlias {
  /** ARN of the state machine. */
  readonly machineArn: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly routes: readonly AliasRoute[];
}

export type CreateAliasResult =
  | { readonly type: "Created"; readonly alias: StateMachineAlias }
  /** An alias of the name is there with another description or other routes. */
  | { readonly type: "Conflict" }
  /** There is no such state machine. */
  | { readonly type: "NotFound" }
  | { readonly type: "VersionNotFound"; readonly versionArn: string }
  | { readonly type: "LimitExceeded" };

/** Undefined members stay as they are. */
export interface UpdateAlias {
  readonly description: string | undefined;
  readonly routes: readonly AliasRoute[] | undefined;
}

export type UpdateAliasResult =
  | { readonly type: "Updated"; readonly alias: StateMachineAlias }
  | { readonly type: "NotFound" }
  | { readonly type: "VersionNotFound"; readonly versionArn: string };

export interface AliasCatalogParts {
  readonly writer: CatalogWriter;
  readonly clock: Pick<Clock, "now">;
  readonly machines: Pick<MachineCatalog, "find" | "findVersion">;
  readonly index: AliasIndex;
  /**
   * By ARN of the state machine, the same as that of `machines`: no version goes while an alias that
   * refers to it comes.
   */
  readonly lock: KeyedLock;
  /** Aliases of one state machine. AWS: 100. */
  readonly limit: number;
}

export class AliasCatalog {
  readonly #parts: AliasCatalogParts;

  constructor(parts: AliasCatalogParts) {
    this.#parts = parts;
  }

  /** The alias an ARN `<state machine>:<name>` names. */
  find(aliasArn: string): StateMachineAlias | undefined {
    const machine = this.#parts.machines.find(machineArnOf(aliasArn));
    return machine && this.#parts.index.find(machine.id, aliasArn);
  }

  /** In order of creation. */
  list(machine: StateMachine): readonly StateMachineAlias[] {
    return this.#parts.index.of(machine.id);
  }

  /** Creates an alias, or gives the one that is there if nothing differs (AWS's rule). */
  create(request: CreateAlias): Promise<CreateAliasResult> {
    const { machineArn, name, description, routes } = request;
    return this.#parts.lock.run(machineArn, async () => {
      const { machines, index, writer, clock, limit } = this.#parts;
      const machine = machines.find(machineArn);
      if (machine === undefined) return { type: "NotFound" };
      const arn = `${machineArn}:${name}`;
      const present = index.find(machine.id, arn);
      if (present !== undefined) {
        const same = present.description === description && sameRoutes(present.routes, routes);
        return same ? { type: "Created", alias: present } : { type: "Conflict" };
      }
      const missing = this.#missingVersion(routes);
      if (missing !== undefined) return { type: "VersionNotFound", versionArn: missing };
      if (index.count(machine.id) >= limit) return { type: "LimitExceeded" };
      const now = clock.now();
      const alias: StateMachineAlias = {
        id: writer.nextCatalogId(),
        arn,
        machineId: machine.id,
        name,
        description,
        routes,
        createdAt: now,
        updatedAt: now,
      };
      await this.#write(alias);
      return { type: "Created", alias };
    });
  }

  /** Changes what is given. Executions that run keep their version. */
  update(aliasArn: string, changes: UpdateAlias): Promise<UpdateAliasResult> {
    return this.#parts.lock.run(machineArnOf(aliasArn), async () => {
      const present = this.find(aliasArn);
      if (present === undefined) return { type: "NotFound" };
      const { description = present.description, routes = present.routes } = changes;
      const missing = this.#missingVersion(routes);
      if (missing !== undefined) return { type: "VersionNotFound", versionArn: missing };
      if (description === present.description && sameRoutes(routes, present.routes)) {
        return { type: "Updated", alias: present };
      }
      const updatedAt = Math.max(this.#parts.clock.now(), present.updatedAt);
      const alias: StateMachineAlias = { ...present, description, routes, updatedAt };
      await this.#write(alias);
      return { type: "Updated", alias };
    });
  }

  /** Whether it was there. Executions that were started through it go on. */
  delete(aliasArn: string): Promise<boolean> {
    return this.#parts.lock.run(machineArnOf(aliasArn), async () => {
      const present = this.find(aliasArn);
      if (present === undefined) return false;
      await this.#parts.writer.write({ removedCatalog: [present.id] });
      this.#parts.index.remove(present);
      return true;
    });
  }

  #missingVersion(routes: readonly AliasRoute[]): string | undefined {
    const { machines } = this.#parts;
    return routes.find(({ versionArn }) => machines.findVersion(versionArn) === undefined)
      ?.versionArn;
  }

  async #write(alias: StateMachineAlias): Promise<void> {
    await this.#parts.writer.write({ catalog: [encodeAlias(alias)] });
    this.#parts.index.put(alias);
  }
}

/** ARN of the state machine of an alias's or a version's ARN. */
function machineArnOf(qualifiedArn: string): string {
  return qualifiedArn.slice(0, qualifiedArn.lastIndexOf(":"));
}
