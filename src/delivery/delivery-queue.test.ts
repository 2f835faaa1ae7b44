import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../test/support/virtual-clock.ts";
import { ALL_SENT, DeliveryQueue, QUEUE_LIMITS } from "./delivery-queue.ts";
import type { QueueLimits, Sent } from "./delivery-queue.ts";

type Answer = (items: readonly string[]) => Sent<string> | Promise<Sent<string>>;

function world(limits: Partial<QueueLimits> = {}) {
  const clock = new VirtualClock(0);
  const batches: string[][] = [];
  const warnings: object[] = [];
  const made = { answer: (() => ALL_SENT) as Answer, isClosed: false };
  const queue = new DeliveryQueue<string>({
    sender: {
      name: "things",
      send: async (items) => {
        batches.push([...items]);
        return made.answer(items);
      },
      close: () => {
        made.isClosed = true;
      },
    },
    clock,
    log: { warn: (facts) => void warnings.push(facts), error: () => {} },
    limits: { ...QUEUE_LIMITS, ...limits },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const pass = async (milliseconds: number): Promise<void> => {
    const end = clock.now() + milliseconds;
    await settle();
    while (clock.nextAlarm <= end) {
      clock.moveTo(clock.nextAlarm);
      await settle();
    }
    clock.moveTo(end);
  };
  const put = (...texts: string[]): void => texts.forEach((text) => queue.put(text, text.length));
  return { clock, batches, warnings, made, queue, settle, pass, put };
}

const again = (items: readonly string[]): Sent<string> => ({
  again: items,
  lost: 0,
  reason: "nobody answers",
});

describe("DeliveryQueue", () => {
  it("delivers in order, in bounded batches", async () => {
    const { put, pass, batches, warnings } = world({ batchItems: 2, batchCharacters: 4 });
    put("a", "b", "c", "dddddd", "ee", "fff");
    await pass(1_000);
    expect(batches).toEqual([["a", "b"], ["c"], ["dddddd"], ["ee"], ["fff"]]);
    put("g");
    await pass(1_000);
    expect(batches.at(-1)).toEqual(["g"]);
    expect(warnings).toEqual([]);
  });

  it("tries again what may succeed later, before anything newer", async () => {
    const { put, pass, batches, made } = world({ batchItems: 2 });
    made.answer = (items) => {
      made.answer = () => ALL_SENT;
      return again(items.slice(1));
    };
    put("a", "b", "c");
    await pass(2_000);
    expect(batches).toEqual([["a", "b"], ["b"], ["c"]]);
  });

  it("gives up after some tries and says how much was lost, once a minute", async () => {
    const { put, pass, batches, made, warnings } = world({ attempts: 3, batchItems: 1 });
    made.answer = again;
    put("a", "b");
    await pass(10_000);
    expect(batches).toEqual([["a"], ["a"], ["a"], ["b"], ["b"], ["b"]]);
    expect(warnings).toEqual([{ lost: 1, reason: "nobody answers" }]);
    await pass(60_000);
    put("c");
    await pass(10_000);
    expect(warnings.at(-1)).toEqual({ lost: 2, reason: "nobody answers" });
  });

  it("counts a batch as lost when its sender rejects", async () => {
    const { put, pass, made, warnings } = world();
    made.answer = () => Promise.reject(new Error("broken"));
    put("a", "b");
    await pass(1_000);
    expect(warnings).toEqual([{ lost: 2, reason: "broken" }]);
  });

  it("takes no more than its bounds", async () => {
    const { put, pass, batches, warnings } = world({ items: 3, characters: 5 });
    put("aa", "bb", "cc", "d", "e");
    await pass(1_000);
    expect(batches).toEqual([["aa", "bb", "d"]]);
    expect(warnings).toEqual([{ lost: 1, reason: "more waits than can be delivered" }]);
  });

  it("delivers what waits when it is closed, and takes nothing after it", async () => {
    const { put, queue, batches, made, warnings } = world({ batchItems: 1 });
    put("a", "b");
    await queue.close(1_000);
    expect(batches).toEqual([["a"], ["b"]]);
    expect(made.isClosed).toBe(true);
    put("c");
    expect(warnings).toEqual([{ lost: 1, reason: "the server stops" }]);
  });

  it("is closed in time when nothing gets through", async () => {
    const { put, queue, settle, clock, made, warnings } = world({ batchItems: 1 });
    made.answer = () => new Promise<never>(() => {});
    put("a", "b");
    const closed = queue.close(1_000);
    await settle();
    clock.moveTo(1_000);
    await closed;
    expect(warnings).toEqual([{ lost: 1, reason: "the server stops" }]);
  });
});
