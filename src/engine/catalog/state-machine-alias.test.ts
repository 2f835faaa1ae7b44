import { describe, expect, it } from "vitest";
import { chooseRoute, mainRoute, sameRoutes } from "./state-machine-alias.ts";
import type { AliasRoute, StateMachineAlias } from "./state-machine-alias.ts";

function alias(...weights: number[]): StateMachineAlias {
  const routes = weights.map((weight, index) => ({ versionArn: `m:${index + 1}`, weight }));
  const times = { createdAt: 0, updatedAt: 0 };
  return { id: 1, arn: "m:a", machineId: 1, name: "a", description: undefined, routes, ...times };
}

describe("an alias's choice of a version", () => {
  it.each([
    [[100], 0.999, "m:1"],
    [[90, 10], 0.899, "m:1"],
    [[90, 10], 0.9, "m:2"],
    [[0, 100], 0, "m:2"],
    [[100, 0], 0.999_999, "m:1"],
  ])("weights %j, random number %d: %s", (weights, random, version) => {
    expect(chooseRoute(alias(...weights), random).versionArn).toBe(version);
  });

  it("gives every version its share", () => {
    let first = 0;
    for (let step = 0; step < 1_000; step++) {
      if (chooseRoute(alias(30, 70), step / 1_000).versionArn === "m:1") first++;
    }
    expect(first).toBe(300);
  });

  it("has a main version", () => {
    expect(mainRoute(alias(30, 70)).versionArn).toBe("m:2");
    expect(mainRoute(alias(50, 50)).versionArn).toBe("m:1");
  });
});

it("routes are the same in any order", () => {
  const [one, two] = alias(30, 70).routes as [AliasRoute, AliasRoute];
  expect(sameRoutes([one, two], [two, one])).toBe(true);
  expect(sameRoutes([one, two], [one])).toBe(false);
  expect(sameRoutes([one], [{ ...one, weight: 31 }])).toBe(false);
});
