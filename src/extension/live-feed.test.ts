import { expect, it } from "vitest";
import { VirtualClock } from "../../test/support/virtual-clock.ts";
import type { CatalogChange, CatalogWriter } from "../engine/catalog/catalog-writer.ts";
import type { Changes } from "./change-batch.ts";
import { LiveFeed } from "./live-feed.ts";

const entry = (kind: string, key: string) => ({ id: 1, kind, key, body: "{}" });

function told(change: CatalogChange): Promise<Changes | undefined> {
  const clock = new VirtualClock(0);
  const feed = new LiveFeed(clock);
  const writer: CatalogWriter = {
    write: async () => {},
    nextCatalogId: () => 1,
    nextRevisionId: () => 2,
  };
  let changes: Changes | undefined;
  feed.listen({ changed: (now) => (changes = now) });
  return feed
    .observed(writer)
    .write(change)
    .then(() => {
      clock.moveTo(1_000);
      return changes;
    });
}

it("tells the ARNs of what changed in the catalog", async () => {
  const catalog = [entry("stateMachine", "arn:m"), entry("stateMachineVersion", "arn:m:1")];
  expect(await told({ catalog })).toEqual({
    executions: [],
    resources: ["arn:m", "arn:m:1"],
    isComplete: true,
  });
});

it("tells that something was removed", async () => {
  expect(await told({ removedCatalog: [7] })).toMatchObject({ isComplete: false });
});

it("keeps the server's secret to itself", async () => {
  expect(await told({ catalog: [entry("secret", "server")] })).toBeUndefined();
});

it("tells nothing of what did not become durable", async () => {
  const clock = new VirtualClock(0);
  const feed = new LiveFeed(clock);
  let changes: Changes | undefined;
  feed.listen({ changed: (now) => (changes = now) });
  const writer = feed.observed({
    write: () => Promise.reject(new Error("the disk is full")),
    nextCatalogId: () => 1,
    nextRevisionId: () => 1,
  });
  await expect(writer.write({ catalog: [entry("activity", "arn:a")] })).rejects.toThrow("disk");
  clock.moveTo(1_000);
  expect(changes).toBeUndefined();
});
