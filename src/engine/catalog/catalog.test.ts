import { describe, expect, it } from "vitest";
import type { Definition } from "../../asl/definition.ts";
import { Catalog } from "./catalog.ts";
import { NO_LOGGING, NO_TRACING } from "./configuration.ts";
import type { CreateStateMachine, UpdateStateMachine } from "./machine-requests.ts";
import { MemoryCatalogStore } from "./testing/memory-catalog-store.ts";

const ARN = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
const ROLE = "arn:aws:iam::123456789012:role/r";

const compile = (text: string): Definition => ({
  startAt: text,
  states: new Map(),
  comment: undefined,
  timeoutSeconds: undefined,
});

class World {
  readonly store = new MemoryCatalogStore();
  time = 1_000;
  #uuids = 0;

  load(): Promise<Catalog> {
    return Catalog.load({
      reader: this.store,
      writer: this.store,
      clock: { now: () => this.time },
      randomness: {
        bytes: (length) => new Uint8Array(length).fill(7),
        uuid: () => `uuid-${(this.#uuids += 1)}`,
      },
      compile,
    });
  }
}

function creation(changes: Partial<CreateStateMachine> = {}): CreateStateMachine {
  return {
    arn: ARN,
    name: "m",
    type: "STANDARD",
    definition: { text: "one", compiled: compile("one") },
    roleArn: ROLE,
    tags: [],
    publish: false,
    versionDescription: undefined,
    logging: NO_LOGGING,
    tracing: NO_TRACING,
    encryption: undefined,
    ...changes,
  };
}

function update(changes: Partial<UpdateStateMachine> = {}): UpdateStateMachine {
  return {
    definition: undefined,
    roleArn: undefined,
    configuration: {},
    publish: false,
    versionDescription: undefined,
    ...changes,
  };
}

const two = { text: "two", compiled: compile("two") };

describe("creating a state machine", () => {
  it("is seen after a restart as before", async () => {
    const world = new World();
    const catalog = await world.load();
    await catalog.machines.create(creation({ publish: true, tags: [{ key: "a", value: "1" }] }));
    const again = await world.load();
    expect(again.machines.find(ARN)).toEqual(catalog.machines.find(ARN));
    expect(again.machines.find(ARN)?.createdAt).toBe(1_000);
    expect(again.machines.findVersion(`${ARN}:1`)).toEqual(
      catalog.machines.findVersion(`${ARN}:1`),
    );
    expect(again.secret).toEqual(Buffer.from(catalog.secret));
    const { revision } = await again.definitions.get(again.machines.find(ARN)!.revisionId);
    expect(revision).toMatchObject({ definition: "one", roleArn: ROLE, revision: undefined });
  });

  it("is not seen before it is durable", async () => {
    const world = new World();
    const catalog = await world.load();
    const creating = catalog.machines.create(creation());
    expect(catalog.machines.find(ARN)).toBeUndefined();
    await creating;
    expect(catalog.machines.find(ARN)).toBeDefined();
  });

  it("leaves nothing behind if the store fails, and works when it is back", async () => {
    const world = new World();
    const catalog = await world.load();
    world.store.isUnavailable = true;
    await expect(catalog.machines.create(creation())).rejects.toThrow("disk");
    expect(catalog.machines.find(ARN)).toBeUndefined();
    world.store.isUnavailable = false;
    await expect(catalog.machines.create(creation())).resolves.toMatchObject({ type: "Created" });
  });

  it("is idempotent, whatever the role and the tags, and changes neither", async () => {
    const world = new World();
    const { machines } = await world.load();
    await machines.create(creation());
    const before = machines.find(ARN);
    world.time = 2_000;
    const result = await machines.create(
      creation({ roleArn: `${ROLE}2`, tags: [{ key: "a", value: "1" }] }),
    );
    expect(result).toEqual({ type: "Created", machine: before, version: undefined });
  });

  it.each<[string, Partial<CreateStateMachine>]>([
    ["definition", { definition: two }],
    ["type", { type: "EXPRESS" }],
    ["logging", { logging: { ...NO_LOGGING, includeExecutionData: true } }],
    ["tracing", { tracing: { enabled: true } }],
    ["publish", { publish: true }],
    ["versionDescription", { versionDescription: "d" }],
  ])("refuses a second one with another %s", async (_, changes) => {
    const { machines } = await new World().load();
    await machines.create(creation());
    await expect(machines.create(creation(changes))).resolves.toMatchObject({ type: "Conflict" });
  });

  it("happens once if many ask at once", async () => {
    const world = new World();
    const { machines } = await world.load();
    const results = await Promise.all(Array.from({ length: 5 }, () => machines.create(creation())));
    expect(
      new Set(results.map((result) => result.type === "Created" && result.machine.id)).size,
    ).toBe(1);
    expect(world.store.writes).toBe(2);
  });

  it("gives the version published with the first one again", async () => {
    const { machines } = await new World().load();
    await machines.create(creation({ publish: true }));
    const again = await machines.create(creation({ publish: true }));
    expect(again).toMatchObject({ version: { arn: `${ARN}:1` } });
  });
});

describe("updating a state machine", () => {
  it("makes a revision only if something changes", async () => {
    const { machines } = await new World().load();
    await machines.create(creation());
    const first = machines.find(ARN)!;
    await machines.update(ARN, update({ roleArn: ROLE }));
    expect(machines.find(ARN)).toBe(first);
    await machines.update(ARN, update({ roleArn: `${ROLE}2` }));
    const second = machines.find(ARN)!;
    expect(second).toMatchObject({ revision: "uuid-1", roleArn: `${ROLE}2` });
    await machines.update(ARN, update({ definition: { text: "one", compiled: compile("one") } }));
    expect(machines.find(ARN)).toBe(second);
    await machines.update(
      ARN,
      update({ definition: two, configuration: { tracing: { enabled: true } } }),
    );
    expect(machines.find(ARN)).toMatchObject({ revision: "uuid-2", tracing: { enabled: true } });
  });

  it("keeps the old revision readable", async () => {
    const { machines, definitions } = await new World().load();
    await machines.create(creation());
    const { revisionId } = machines.find(ARN)!;
    await machines.update(ARN, update({ definition: two }));
    expect((await definitions.get(revisionId)).definition.startAt).toBe("one");
    expect((await definitions.get(machines.find(ARN)!.revisionId)).definition.startAt).toBe("two");
  });

  it("publishes in the same write", async () => {
    const world = new World();
    const { machines } = await world.load();
    await machines.create(creation());
    const { writes } = world.store;
    const result = await machines.update(ARN, update({ definition: two, publish: true }));
    expect(result).toMatchObject({ version: { number: 1 } });
    expect(world.store.writes).toBe(writes + 1);
    const again = await machines.update(ARN, update({ roleArn: ROLE, publish: true }));
    expect(again).toMatchObject({ version: { number: 1 } });
    expect(world.store.writes).toBe(writes + 1);
  });

  it("does not find what is not there", async () => {
    const { machines } = await new World().load();
    await expect(machines.update(ARN, update())).resolves.toEqual({ type: "NotFound" });
  });
});

describe("versions", () => {
  it("are numbered without using a number twice, across restarts", async () => {
    const world = new World();
    const { machines } = await world.load();
    await machines.create(creation({ publish: true }));
    await machines.update(ARN, update({ definition: two, publish: true }));
    await machines.deleteVersion(`${ARN}:2`);
    await machines.deleteVersion(`${ARN}:2`);
    const again = await world.load();
    expect(again.machines.versions(again.machines.find(ARN)!).map(({ number }) => number)).toEqual([
      1,
    ]);
    const result = await again.machines.publish(ARN, undefined, "d");
    expect(result).toMatchObject({ version: { number: 3, description: "d" } });
  });

  it("are published of the revision that is asked for", async () => {
    const { machines } = await new World().load();
    await machines.create(creation());
    expect(await machines.publish(ARN, "INITIAL", undefined)).toMatchObject({ type: "Published" });
    await machines.update(ARN, update({ definition: two }));
    expect(await machines.publish(ARN, "INITIAL", undefined)).toEqual({
      type: "OtherRevision",
      current: "uuid-1",
    });
  });
});

describe("deleting a state machine", () => {
  it("leaves a tombstone, whose id the next one of the name gets", async () => {
    const world = new World();
    const { machines } = await world.load();
    await machines.create(creation({ publish: true }));
    const { id } = machines.find(ARN)!;
    expect(await machines.beginDeletion(ARN)).toMatchObject({ id, status: "DELETING" });
    expect(await machines.beginDeletion(ARN)).toMatchObject({ id, status: "DELETING" });
    const half = (await world.load()).machines;
    expect(half.deleting()).toEqual([half.findDeleting(ARN)]);
    expect(half.find(ARN)).toBeUndefined();
    expect(half.findVersion(`${ARN}:1`)).toBeUndefined();
    expect(await half.create(creation())).toEqual({ type: "Deleting" });
    await machines.finishDeletion(ARN);
    await machines.finishDeletion(ARN);
    expect(await machines.beginDeletion(ARN)).toBeUndefined();
    for (const catalog of [{ machines }, await world.load()]) {
      expect(catalog.machines.find(ARN)).toBeUndefined();
      expect(catalog.machines.findById(id)).toMatchObject({ status: "DELETED" });
      expect(catalog.machines.findVersion(`${ARN}:1`)).toBeUndefined();
      expect([...catalog.machines.list()]).toEqual([]);
    }
    await machines.create(creation({ definition: two }));
    // The clock stands still: what was started before the deletion still is older.
    expect(machines.find(ARN)).toMatchObject({ id, createdAt: 1_001, lastVersion: 0 });
    expect(machines.versions(machines.find(ARN)!)).toEqual([]);
  });

  it("puts a new one of the name at the end of the list, also after a restart", async () => {
    const world = new World();
    const { machines } = await world.load();
    await machines.create(creation());
    await machines.create(creation({ arn: `${ARN}2`, name: "m2" }));
    world.time = 2_000;
    await machines.beginDeletion(ARN);
    await machines.finishDeletion(ARN);
    await machines.create(creation());
    const names = (catalog: Catalog): string[] =>
      Array.from(catalog.machines.list(), ({ name }) => name);
    expect(names(await world.load())).toEqual(["m2", "m"]);
    expect(Array.from(machines.list(), ({ name }) => name)).toEqual(["m2", "m"]);
  });
});

describe("activities and tags", () => {
  const activityArn = "arn:aws:states:us-east-1:123456789012:activity:a";
  const request = { arn: activityArn, name: "a", encryption: undefined, tags: [] };

  it("are created once and deleted", async () => {
    const world = new World();
    const { activities } = await world.load();
    const created = await activities.create(request);
    world.time = 2_000;
    expect(await activities.create({ ...request, tags: [{ key: "k", value: "v" }] })).toEqual(
      created,
    );
    expect((await world.load()).activities.find(activityArn)).toEqual(activities.find(activityArn));
    await activities.delete(activityArn);
    await activities.delete(activityArn);
    expect(activities.find(activityArn)).toBeUndefined();
    expect((await world.load()).activities.find(activityArn)).toBeUndefined();
  });

  it("keep their tags", async () => {
    const world = new World();
    const { activities, machines } = await world.load();
    await activities.create(request);
    await machines.create(creation());
    const tags = [{ key: "k", value: "v" }];
    await activities.changeTags(activityArn, () => tags);
    await machines.changeTags(ARN, () => tags);
    const again = await world.load();
    expect(again.activities.find(activityArn)?.tags).toEqual(tags);
    expect(again.machines.find(ARN)?.tags).toEqual(tags);
    expect(await machines.changeTags(`${ARN}x`, () => tags)).toBeUndefined();
  });
});
