import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "./system-clock.ts";

const machine = { wall: 1_700_000_000_000, monotonic: 5_000, uptime: 90_000 };
const sources = {
  wall: () => machine.wall,
  monotonic: () => machine.monotonic,
  uptime: () => machine.uptime,
};

/** Lets time pass on all clocks of the machine. */
function pass(milliseconds: number): void {
  machine.monotonic += milliseconds;
  machine.uptime += milliseconds;
  machine.wall += milliseconds;
  vi.advanceTimersByTime(milliseconds);
}

describe("the system clock", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("does not follow a wall clock that is set", () => {
    const clock = systemClock(sources);
    const start = clock.now();
    expect(start).toBe(machine.wall);
    machine.wall += 3_600_000;
    pass(1_500);
    expect(clock.now()).toBe(start + 1_500);
    machine.wall -= 7_200_000;
    pass(1_500);
    expect(clock.now()).toBe(start + 3_000);
  });

  it("catches up after the machine slept", () => {
    const clock = systemClock(sources);
    const start = clock.now();
    machine.uptime += 8 * 3_600_000;
    pass(1_000);
    expect(clock.now()).toBe(start + 8 * 3_600_000 + 1_000);
  });

  it("calls back once, not early, even after more than 2^31 ms", () => {
    const clock = systemClock(sources);
    const dueAt = clock.now() + 2 ** 31 + 10_000;
    const called = vi.fn();
    clock.schedule(dueAt, called);
    pass(2 ** 31 - 1);
    expect(called).not.toHaveBeenCalled();
    pass(10_000);
    expect(called).not.toHaveBeenCalled();
    pass(1);
    expect(called).toHaveBeenCalledTimes(1);
    pass(2 ** 31);
    expect(called).toHaveBeenCalledTimes(1);
  });

  it("arms again when the timer of the platform is early, and can be cancelled", () => {
    const clock = systemClock(sources);
    const called = vi.fn();
    clock.schedule(clock.now() + 100, called);
    vi.advanceTimersByTime(100);
    expect(called).not.toHaveBeenCalled();
    pass(100);
    expect(called).toHaveBeenCalledTimes(1);
    const cancelled = vi.fn();
    clock.schedule(clock.now() + 10, cancelled)();
    pass(20);
    expect(cancelled).not.toHaveBeenCalled();
  });
});
