import { describe, expect, it } from "vitest";
import type { Definition } from "../../asl/definition.ts";
import { NO_LOGGING, NO_TRACING } from "./configuration.ts";
import { DefinitionCache } from "./definition-cache.ts";
import { encodeRevision } from "./machine-revision.ts";
import type { MachineRevision } from "./machine-revision.ts";
import { MemoryCatalogStore } from "./testing/memory-catalog-store.ts";

function revision(id: number, definition: string): MachineRevision {
  return {
    id,
    definition,
    type: "STANDARD",
    roleArn: "arn:aws:iam::123456789012:role/r",
    revision: undefined,
    createdAt: 1,
    logging: NO_LOGGING,
    tracing: NO_TRACING,
    encryption: undefined,
  };
}

const compile = (text: string): Definition => ({
  startAt: text,
  states: new Map(),
  comment: undefined,
  timeoutSeconds: undefined,
});

async function setUp(limits: { entries: number; characters: number }) {
  const store = new MemoryCatalogStore();
  await store.write({
    revisions: [1, 2, 3].map((id) => encodeRevision(revision(id, `text ${id}`))),
  });
  const compiled: string[] = [];
  const cache = new DefinitionCache(
    store,
    (text) => {
      compiled.push(text);
      return compile(text);
    },
    limits,
  );
  return { cache, compiled };
}

describe("DefinitionCache", () => {
  it("compiles a revision once, however many ask", async () => {
    const { cache, compiled } = await setUp({ entries: 10, characters: 1_000 });
    expect(cache.peek(1)).toBeUndefined();
    const [a, b] = await Promise.all([cache.get(1), cache.get(1)]);
    expect(a).toBe(b);
    expect(a.revision).toEqual(revision(1, "text 1"));
    expect(cache.peek(1)).toBe(a);
    expect(compiled).toEqual(["text 1"]);
  });

  it("drops what was not used for longest, by count", async () => {
    const { cache } = await setUp({ entries: 2, characters: 1_000 });
    await cache.get(1);
    await cache.get(2);
    cache.peek(1);
    await cache.get(3);
    expect([1, 2, 3].map((id) => cache.peek(id) !== undefined)).toEqual([true, false, true]);
  });

  it("drops by length of text, but never what was just asked for", async () => {
    const { cache } = await setUp({ entries: 10, characters: 3 });
    await cache.get(1);
    await cache.get(2);
    expect([1, 2].map((id) => cache.peek(id) !== undefined)).toEqual([false, true]);
  });

  it("rejects for a revision that is not there, and tries again", async () => {
    const { cache } = await setUp({ entries: 10, characters: 1_000 });
    await expect(cache.get(9)).rejects.toThrow("revision 9");
    await expect(cache.get(9)).rejects.toThrow("revision 9");
  });
});
