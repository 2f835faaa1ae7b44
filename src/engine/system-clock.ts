/** The real clock. */
import { uptime } from "node:os";
import type { Clock } from "./ports.ts";

/** Readings of the machine, replaced in tests. */
export interface ClockSources {
  /** Epoch milliseconds of the wall clock. */
  wall(): number;
  /** Milliseconds that only grow; may stand still while the machine sleeps. */
  monotonic(): number;
  /** Milliseconds since the machine started, its sleep included; coarse. */
  uptime(): number;
}

const MACHINE: ClockSources = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  uptime: () => uptime() * 1_000,
};

/** Longest delay setTimeout takes; a longer one would fire at once. */
const LONGEST_DELAY = 2 ** 31 - 1;
/** How often `now` looks for a sleep of the machine, in monotonic milliseconds. */
const SLEEP_CHECK_INTERVAL = 1_000;
/** Differences of the two readings below this are their coarseness. */
const SHORTEST_SLEEP = 2_000;

/**
 * A clock that starts at the wall clock's time and then follows the monotonic one, so that nobody
 * who sets the wall clock makes a timer fire early or twice. When the machine slept it catches up.
 */
export function systemClock(sources: ClockSources = MACHINE): Clock {
  let anchor = sources.wall() - sources.monotonic();
  let offset = sources.uptime() - sources.monotonic();
  let checkedAt = sources.monotonic();

  function now(): number {
    const elapsed = sources.monotonic();
    if (elapsed - checkedAt >= SLEEP_CHECK_INTERVAL) {
      checkedAt = elapsed;
      const slept = sources.uptime() - elapsed - offset;
      if (slept >= SHORTEST_SLEEP) {
        anchor += slept;
        offset += slept;
      }
    }
    return Math.floor(anchor + elapsed);
  }

  function schedule(dueAt: number, callback: () => void): () => void {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const delay = Math.min(Math.max(dueAt - now(), 1), LONGEST_DELAY);
      timer = setTimeout(() => {
        // Node may be a little early, a long wait comes in pieces, and a sleep makes it late.
        if (now() >= dueAt) callback();
        else arm();
      }, delay);
    };
    arm();
    return () => clearTimeout(timer);
  }

  return { now, schedule };
}
