import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../test/support/virtual-clock.ts";
import { Timers } from "./timers.ts";

/** Until all turns of the fired timers are done. */
async function turns(): Promise<void> {
  for (let count = 0; count < 20; count++) await new Promise((resolve) => setImmediate(resolve));
}

describe("timers", () => {
  it("fire the latest wish of each execution, once, in order, never early", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.option(fc.nat(1_000))), {
          maxLength: 60,
        }),
        async (wishes) => {
          const clock = new VirtualClock(0);
          const fired: { id: number; at: number }[] = [];
          const timers = new Timers(clock, (id) => fired.push({ id, at: clock.now() }));
          const last = new Map<number, number>();
          for (const [id, dueAt] of wishes) {
            if (dueAt === null) timers.clear(id);
            else timers.set(id, dueAt);
            if (dueAt === null) last.delete(id);
            else last.set(id, dueAt);
          }
          expect(timers.size).toBe(last.size);
          while (clock.nextAlarm < Infinity) {
            clock.moveTo(clock.nextAlarm);
            await turns();
          }
          expect(fired.map(({ id }) => id).toSorted()).toEqual([...last.keys()].toSorted());
          for (const { id, at } of fired) expect(at).toBe(last.get(id));
        },
      ),
      { numRuns: 50 },
    );
  });

  it("a million cost little", () => {
    const clock = new VirtualClock(0);
    const timers = new Timers(clock, () => {});
    const begin = performance.now();
    for (let id = 1; id <= 1_000_000; id++) timers.set(id, (id * 7_919) % 1_000_003);
    for (let id = 1; id <= 1_000_000; id += 2) timers.clear(id);
    expect(performance.now() - begin).toBeLessThan(10_000);
    expect(timers.size).toBe(500_000);
  });

  it("stopped ones fire no more, and a wish for never is none", async () => {
    const clock = new VirtualClock(0);
    const fired: number[] = [];
    const timers = new Timers(clock, (id) => fired.push(id));
    timers.set(1, 10);
    timers.set(2, 10);
    timers.set(1, Infinity);
    clock.moveTo(10);
    await turns();
    expect(fired).toEqual([2]);
    timers.set(3, 20);
    timers.stop();
    clock.moveTo(30);
    await turns();
    expect(fired).toEqual([2]);
  });
});
