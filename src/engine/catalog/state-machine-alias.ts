/** An alias: a name for one version of a state machine, or for two that share its executions. */
import type { CatalogEntry } from "../ports.ts";

/** One version that an alias stands for. */
export interface AliasRoute {
  readonly versionArn: string;
  /** Per cent of the alias's executions, 0 to 100; those of one alias sum to 100. */
  readonly weight: number;
}

export interface StateMachineAlias {
  readonly id: number;
  /** `<state machine ARN>:<name>`. */
  readonly arn: string;
  readonly machineId: number;
  /** Not only digits: those are versions. */
  readonly name: string;
  readonly description: string | undefined;
  /** One or two, of different versions of the state machine. */
  readonly routes: readonly AliasRoute[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const ALIAS_KIND = "stateMachineAlias";

export function encodeAlias(alias: StateMachineAlias): CatalogEntry {
  const { id, arn, ...body } = alias;
  return { id, kind: ALIAS_KIND, key: arn, body: JSON.stringify(body) };
}

/** Reads what `encodeAlias` wrote. */
export function decodeAlias(entry: CatalogEntry): StateMachineAlias {
  const body = JSON.parse(entry.body) as Omit<StateMachineAlias, "id" | "arn">;
  // JSON leaves undefined members out.
  return { ...body, id: entry.id, arn: entry.key, description: body.description };
}

/** The version for one execution. `random`: a number in [0, 1). */
export function chooseRoute(alias: StateMachineAlias, random: number): AliasRoute {
  let left = random * 100;
  for (const route of alias.routes) {
    if (left < route.weight) return route;
    left -= route.weight;
  }
  return mainRoute(alias);
}

/** The version with most of the weight; of two that have the same the first. */
export function mainRoute(alias: StateMachineAlias): AliasRoute {
  return alias.routes.reduce((main, route) => (route.weight > main.weight ? route : main));
}

/** Whether two routings give every version the same weight; their order does not matter. */
export function sameRoutes(a: readonly AliasRoute[], b: readonly AliasRoute[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ versionArn, weight }) =>
      b.some((other) => other.versionArn === versionArn && other.weight === weight),
    )
  );
}
