/**
 * State machines and their published versions. Reads answer from memory; every change is durable
 * before it can be seen. Changes of one state machine happen one after the other.
 */
import type { CatalogEntry, Clock, Randomness, Revision } from "../ports.ts";
import type { Quotas } from "../quotas.ts";
import type { AliasIndex } from "./alias-index.ts";
import { sameConfiguration } from "./configuration.ts";
import type { MachineConfiguration } from "./configuration.ts";
import type { CatalogWriter } from "./catalog-writer.ts";
import type { DefinitionCache } from "./definition-cache.ts";
import type { KeyedLock } from "./keyed-lock.ts";
import { encodeRevision } from "./machine-revision.ts";
import type { MachineRevision } from "./machine-revision.ts";
import type {
  CheckedDefinition,
  CreateResult,
  CreateStateMachine,
  DeleteVersionResult,
  PublishResult,
  UpdateResult,
  UpdateStateMachine,
} from "./machine-requests.ts";
import { decodeStateMachine, encodeStateMachine, STATE_MACHINE_KIND } from "./state-machine.ts";
import type { StateMachine } from "./state-machine.ts";
import { decodeVersion, encodeVersion, VERSION_KIND } from "./state-machine-version.ts";
import type { StateMachineVersion } from "./state-machine-version.ts";
import type { Tag } from "./tag.ts";
import { VersionIndex } from "./version-index.ts";

export interface MachineCatalogParts {
  readonly writer: CatalogWriter;
  readonly clock: Pick<Clock, "now">;
  readonly randomness: Pick<Randomness, "uuid">;
  readonly definitions: DefinitionCache;
  readonly aliases: AliasIndex;
  /** By ARN of the state machine. */
  readonly lock: KeyedLock;
  readonly limits: Pick<Quotas, "stateMachines" | "versions">;
}

export class MachineCatalog {
  readonly #writer: CatalogWriter;
  readonly #clock: Pick<Clock, "now">;
  readonly #randomness: Pick<Randomness, "uuid">;
  readonly #definitions: DefinitionCache;
  readonly #aliases: AliasIndex;
  readonly #lock: KeyedLock;
  readonly #limits: Pick<Quotas, "stateMachines" | "versions">;
  /** All by ARN, tombstones too. */
  readonly #byArn = new Map<string, StateMachine>();
  readonly #byId = new Map<number, StateMachine>();
  /** Active ones by ARN in order of creation. */
  readonly #active = new Map<string, StateMachine>();
  readonly #versions = new VersionIndex();

  constructor(parts: MachineCatalogParts, entries: readonly CatalogEntry[]) {
    this.#writer = parts.writer;
    this.#clock = parts.clock;
    this.#randomness = parts.randomness;
    this.#definitions = parts.definitions;
    this.#aliases = parts.aliases;
    this.#lock = parts.lock;
    this.#limits = parts.limits;
    const machines = entries
      .filter(({ kind }) => kind === STATE_MACHINE_KIND)
      .map(decodeStateMachine);
    for (const machine of machines.toSorted(byCreation)) this.#keep(machine);
    const versions = entries.filter(({ kind }) => kind === VERSION_KIND).map(decodeVersion);
    for (const version of versions.toSorted((a, b) => a.number - b.number)) {
      this.#versions.add(version);
    }
  }

  /** The active state machine of an unqualified ARN. */
  find(arn: string): StateMachine | undefined {
    return this.#active.get(arn);
  }

  /** The state machine of an ARN that is being deleted. */
  findDeleting(arn: string): StateMachine | undefined {
    const machine = this.#byArn.get(arn);
    return machine?.status === "DELETING" ? machine : undefined;
  }

  /** All that are being deleted. */
  deleting(): readonly StateMachine[] {
    return [...this.#byArn.values()].filter(({ status }) => status === "DELETING");
  }

  /** Deleted ones too, for what belongs to their executions. */
  findEvenDeleted(arn: string): StateMachine | undefined {
    return this.#byArn.get(arn);
  }

  /** Deleted ones too. */
  findById(id: number): StateMachine | undefined {
    return this.#byId.get(id);
  }

  /** The version an ARN `<state machine>:<number>` names. */
  findVersion(versionArn: string): StateMachineVersion | undefined {
    const machine = this.find(versionArn.slice(0, versionArn.lastIndexOf(":")));
    return machine && this.#versions.find(machine.id, versionArn);
  }

  /** Published versions, oldest first. */
  versions(machine: StateMachine): readonly StateMachineVersion[] {
    return this.#versions.of(machine.id);
  }

  /** Active state machines in order of creation. */
  list(): Iterable<StateMachine> {
    return this.#active.values();
  }

  /**
   * Creates a state machine, or gives the one that is there if nothing but role and tags differs
   * (AWS's rule; neither is changed then).
   */
  create(request: CreateStateMachine): Promise<CreateResult> {
    return this.#lock.run(request.arn, async () => {
      const present = this.#byArn.get(request.arn);
      if (present?.status === "ACTIVE") return this.#createAgain(present, request);
      if (present?.status === "DELETING") return { type: "Deleting" };
      if (present === undefined && this.#byArn.size >= this.#limits.stateMachines) {
        return { type: "LimitExceeded" };
      }
      // Later than every execution of a deleted machine of the name, which thereby can be told apart.
      const createdAt = Math.max(this.#clock.now(), (present?.updatedAt ?? 0) + 1);
      const revision: MachineRevision = {
        id: this.#writer.nextRevisionId(),
        definition: request.definition.text,
        type: request.type,
        roleArn: request.roleArn,
        revision: undefined,
        createdAt,
        logging: request.logging,
        tracing: request.tracing,
        encryption: request.encryption,
      };
      const machine: StateMachine = {
        id: present?.id ?? this.#writer.nextCatalogId(),
        arn: request.arn,
        name: request.name,
        type: request.type,
        roleArn: request.roleArn,
        createdAt,
        updatedAt: createdAt,
        status: "ACTIVE",
        revisionId: revision.id,
        revision: undefined,
        logging: request.logging,
        tracing: request.tracing,
        encryption: request.encryption,
        tags: request.tags,
        lastVersion: 0,
        createdWith: { publish: request.publish, versionDescription: request.versionDescription },
      };
      const published = request.publish
        ? this.#nextVersion(machine, request.versionDescription)
        : { machine, version: undefined };
      await this.#write(published.machine, published.version, encodeRevision(revision));
      this.#definitions.add({ revision, definition: request.definition.compiled });
      return { type: "Created", ...published };
    });
  }

  async #createAgain(present: StateMachine, request: CreateStateMachine): Promise<CreateResult> {
    const current = await this.#definitions.get(present.revisionId);
    const same =
      current.revision.definition === request.definition.text &&
      present.type === request.type &&
      sameConfiguration(present, request) &&
      present.createdWith.publish === request.publish &&
      present.createdWith.versionDescription === request.versionDescription;
    if (!same) return { type: "Conflict", machine: present };
    const version = request.publish
      ? this.versions(present).find(({ revisionId }) => revisionId === present.revisionId)
      : undefined;
    return { type: "Created", machine: present, version };
  }

  /** Changes what is given. Nothing changes (and the revision stays) if all of it is so already. */
  update(arn: string, request: UpdateStateMachine): Promise<UpdateResult> {
    return this.#lock.run(arn, async () => {
      const present = this.find(arn);
      if (present === undefined) return { type: "NotFound" };
      const before = (await this.#definitions.get(present.revisionId)).revision;
      const configuration: MachineConfiguration = {
        logging: request.configuration.logging ?? present.logging,
        tracing: request.configuration.tracing ?? present.tracing,
        encryption: request.configuration.encryption ?? present.encryption,
      };
      const text = request.definition?.text ?? before.definition;
      const roleArn = request.roleArn ?? present.roleArn;
      const unchanged =
        text === before.definition &&
        roleArn === present.roleArn &&
        sameConfiguration(configuration, present);
      let machine = present;
      let revision: MachineRevision | undefined;
      if (!unchanged) {
        const updatedAt = Math.max(this.#clock.now(), present.updatedAt);
        revision = {
          id: this.#writer.nextRevisionId(),
          definition: text,
          type: present.type,
          roleArn,
          revision: this.#randomness.uuid(),
          createdAt: updatedAt,
          ...configuration,
        };
        machine = {
          ...present,
          ...configuration,
          roleArn,
          updatedAt,
          revisionId: revision.id,
          revision: revision.revision,
        };
      }
      let version: StateMachineVersion | undefined;
      if (request.publish) {
        const published = this.#publishCurrent(machine, request.versionDescription);
        if (published === undefined) return { type: "VersionLimitExceeded" };
        ({ machine, version } = published);
      }
      if (machine !== present) {
        const isNew = version !== undefined && machine.lastVersion !== present.lastVersion;
        await this.#write(
          machine,
          isNew ? version : undefined,
          revision && encodeRevision(revision),
        );
        if (revision !== undefined)
          await this.#cacheRevision(revision, request.definition, present);
      }
      return { type: "Updated", machine, version };
    });
  }

  async #cacheRevision(
    revision: MachineRevision,
    definition: CheckedDefinition | undefined,
    before: StateMachine,
  ): Promise<void> {
    const compiled =
      definition?.compiled ?? (await this.#definitions.get(before.revisionId)).definition;
    this.#definitions.add({ revision, definition: compiled });
  }

  /**
   * Publishes the current revision, or gives the version that stands for it already.
   * `revision`: the UUID that must be current (`INITIAL` before any update); undefined = any.
   */
  publish(
    arn: string,
    revision: string | undefined,
    description: string | undefined,
  ): Promise<PublishResult> {
    return this.#lock.run(arn, async () => {
      const present = this.find(arn);
      if (present === undefined) return { type: "NotFound" };
      const current = present.revision ?? "INITIAL";
      if (revision !== undefined && revision !== current) return { type: "OtherRevision", current };
      const published = this.#publishCurrent(present, description);
      if (published === undefined) return { type: "VersionLimitExceeded" };
      if (published.machine !== present) await this.#write(published.machine, published.version);
      return { type: "Published", version: published.version };
    });
  }

  /** Removes a version unless an alias refers to it. */
  deleteVersion(versionArn: string): Promise<DeleteVersionResult> {
    const machineArn = versionArn.slice(0, versionArn.lastIndexOf(":"));
    return this.#lock.run(machineArn, async () => {
      const version = this.findVersion(versionArn);
      if (version === undefined) return { type: "Deleted" };
      const aliases = this.#aliases.referringTo(version.machineId, versionArn);
      if (aliases.length > 0) return { type: "Referenced", aliases };
      await this.#writer.write({ removedCatalog: [version.id] });
      this.#versions.remove(version);
      return { type: "Deleted" };
    });
  }

  /**
   * Takes a machine out of service, and its versions and aliases away; it is DELETING until
   * `finishDeletion`. Undefined: it is not there; one that is DELETING already is given again.
   */
  beginDeletion(arn: string): Promise<StateMachine | undefined> {
    return this.#lock.run(arn, async () => {
      const present = this.find(arn);
      if (present === undefined) return this.findDeleting(arn);
      const updatedAt = Math.max(this.#clock.now(), present.updatedAt);
      const machine: StateMachine = { ...present, status: "DELETING", updatedAt, tags: [] };
      const qualified = [...this.versions(present), ...this.#aliases.of(present.id)];
      await this.#writer.write({
        catalog: [encodeStateMachine(machine)],
        removedCatalog: qualified.map(({ id }) => id),
      });
      this.#keep(machine);
      this.#versions.removeAll(machine.id);
      this.#aliases.removeAll(machine.id);
      return machine;
    });
  }

  /** Leaves a tombstone of a machine that is DELETING and none of whose executions runs any more. */
  finishDeletion(arn: string): Promise<void> {
    return this.#lock.run(arn, async () => {
      const present = this.findDeleting(arn);
      if (present === undefined) return;
      // Later than all its executions, so that those of the next machine of the name can be told apart.
      const updatedAt = Math.max(this.#clock.now(), present.updatedAt);
      await this.#write({ ...present, status: "DELETED", updatedAt }, undefined);
    });
  }

  /** Replaces the tags by what `change` makes of them; undefined: no such machine. */
  changeTags(
    arn: string,
    change: (tags: readonly Tag[]) => readonly Tag[],
  ): Promise<StateMachine | undefined> {
    return this.#lock.run(arn, async () => {
      const present = this.find(arn);
      if (present === undefined) return undefined;
      const machine: StateMachine = { ...present, tags: change(present.tags) };
      await this.#write(machine, undefined);
      return machine;
    });
  }

  /** The version of the machine's current revision, a new one if need be; undefined: too many. */
  #publishCurrent(
    machine: StateMachine,
    description: string | undefined,
  ): { machine: StateMachine; version: StateMachineVersion } | undefined {
    const versions = this.versions(machine);
    const version = versions.find(({ revisionId }) => revisionId === machine.revisionId);
    if (version !== undefined) return { machine, version };
    if (versions.length >= this.#limits.versions) return undefined;
    return this.#nextVersion(machine, description);
  }

  #nextVersion(
    machine: StateMachine,
    description: string | undefined,
  ): { machine: StateMachine; version: StateMachineVersion } {
    const number = machine.lastVersion + 1;
    const version: StateMachineVersion = {
      id: this.#writer.nextCatalogId(),
      arn: `${machine.arn}:${number}`,
      machineId: machine.id,
      number,
      revisionId: machine.revisionId,
      description,
      createdAt: this.#clock.now(),
    };
    return { machine: { ...machine, lastVersion: number }, version };
  }

  async #write(
    machine: StateMachine,
    version: StateMachineVersion | undefined,
    revision?: Revision,
  ): Promise<void> {
    const catalog = [encodeStateMachine(machine)];
    if (version !== undefined) catalog.push(encodeVersion(version));
    await this.#writer.write({ catalog, revisions: revision === undefined ? [] : [revision] });
    this.#keep(machine);
    if (version !== undefined) this.#versions.add(version);
  }

  #keep(machine: StateMachine): void {
    this.#byArn.set(machine.arn, machine);
    this.#byId.set(machine.id, machine);
    if (machine.status === "ACTIVE") this.#active.set(machine.arn, machine);
    else this.#active.delete(machine.arn);
  }
}

function byCreation(a: StateMachine, b: StateMachine): number {
  return a.createdAt - b.createdAt || a.id - b.id;
}
