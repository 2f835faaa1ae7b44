import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArmedTimers } from "./armed-timers.ts";
import { DueHeap, type Due } from "./due-heap.ts";

describe("a heap of due times", () => {
  it("gives entries in order whatever was moved and removed", () => {
    const steps = fc.array(
      fc.tuple(fc.constantFrom("push", "move", "remove"), fc.nat(50), fc.nat(100)),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(steps, (changes) => {
        const heap = new DueHeap<Due>();
        const present: Due[] = [];
        for (const [change, at, dueAt] of changes) {
          const entry = present[at % Math.max(present.length, 1)];
          if (change === "push" || entry === undefined) {
            const added = { dueAt, position: -1 };
            present.push(added);
            heap.push(added);
          } else if (change === "move") {
            heap.move(entry, dueAt);
          } else {
            heap.remove(entry);
            present.splice(present.indexOf(entry), 1);
          }
        }
        const expected = present.map((entry) => entry.dueAt).toSorted((a, b) => a - b);
        const popped: number[] = [];
        for (let first = heap.pop(); first !== undefined; first = heap.pop()) {
          popped.push(first.dueAt);
        }
        expect(popped).toEqual(expected);
      }),
    );
  });
});

describe("the timers of an execution", () => {
  it("come out when they are due and not before", () => {
    const timers = new ArmedTimers();
    expect(timers.nextDueAt).toBe(Infinity);
    timers.arm({ frame: 1, serial: 1 }, 1_000);
    timers.arm({ frame: 2, serial: 2 }, 900);
    expect(timers.nextDueAt).toBe(900);
    expect(timers.takeDue(899)).toBeUndefined();
    expect(timers.takeDue(999)).toEqual({ frame: 2, serial: 2 });
    expect(timers.takeDue(999)).toBeUndefined();
    expect(timers.takeDue(1_000)).toEqual({ frame: 1, serial: 1 });
  });
});
