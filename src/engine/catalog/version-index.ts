/** The published versions in memory, by state machine and by ARN. */
import type { StateMachineVersion } from "./state-machine-version.ts";

export class VersionIndex {
  /** By id of the state machine; each in the order of their numbers. */
  readonly #byMachine = new Map<number, Map<string, StateMachineVersion>>();

  /** Of one state machine, oldest first. */
  of(machineId: number): readonly StateMachineVersion[] {
    return [...(this.#byMachine.get(machineId)?.values() ?? [])];
  }

  count(machineId: number): number {
    return this.#byMachine.get(machineId)?.size ?? 0;
  }

  find(machineId: number, versionArn: string): StateMachineVersion | undefined {
    return this.#byMachine.get(machineId)?.get(versionArn);
  }

  /** Keeps a version whose number is higher than those of its state machine so far. */
  add(version: StateMachineVersion): void {
    const versions = this.#byMachine.get(version.machineId);
    if (versions === undefined) {
      this.#byMachine.set(version.machineId, new Map([[version.arn, version]]));
    } else {
      versions.set(version.arn, version);
    }
  }

  remove(version: StateMachineVersion): void {
    this.#byMachine.get(version.machineId)?.delete(version.arn);
  }

  removeAll(machineId: number): void {
    this.#byMachine.delete(machineId);
  }
}
