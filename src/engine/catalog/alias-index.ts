/** The aliases in memory, by state machine and by ARN. */
import type { StateMachineAlias } from "./state-machine-alias.ts";

export class AliasIndex {
  /** By id of the state machine; each in order of creation. */
  readonly #byMachine = new Map<number, Map<string, StateMachineAlias>>();

  /** Of one state machine, in order of creation. */
  of(machineId: number): readonly StateMachineAlias[] {
    return [...(this.#byMachine.get(machineId)?.values() ?? [])];
  }

  count(machineId: number): number {
    return this.#byMachine.get(machineId)?.size ?? 0;
  }

  find(machineId: number, aliasArn: string): StateMachineAlias | undefined {
    return this.#byMachine.get(machineId)?.get(aliasArn);
  }

  /** Of one state machine those that refer to the version. */
  referringTo(machineId: number, versionArn: string): readonly StateMachineAlias[] {
    return this.of(machineId).filter(({ routes }) =>
      routes.some((route) => route.versionArn === versionArn),
    );
  }

  /** Keeps a new alias, or a changed one at its place. */
  put(alias: StateMachineAlias): void {
    const aliases = this.#byMachine.get(alias.machineId);
    if (aliases === undefined) this.#byMachine.set(alias.machineId, new Map([[alias.arn, alias]]));
    else aliases.set(alias.arn, alias);
  }

  remove(alias: StateMachineAlias): void {
    this.#byMachine.get(alias.machineId)?.delete(alias.arn);
  }

  removeAll(machineId: number): void {
    this.#byMachine.delete(machineId);
  }
}
