import { expect, it, vi } from "vitest";
import type { LiveExecution } from "./live-execution.ts";
import { type ResultFiles, StoreUnavailable } from "./ports.ts";
import { ResultWriting } from "./result-writing.ts";

const run = { id: { frame: 1, startedEventId: 5 }, uuid: "u", label: "L", redriveCount: 0 };

function live(): LiveExecution {
  const execution = { info: {}, mapRuns: [run] };
  return { id: 7, isGone: false, record: {}, execution } as unknown as LiveExecution;
}

const command = {
  type: "WriteResults",
  run,
  target: {},
  children: 0,
  hasUnstarted: false,
} as never;

/** Files whose `finish` ends as the test says. */
class Files implements ResultFiles {
  isAborted = false;
  settle!: { resolve(place: { bucket: string; key: string }): void; reject(error: Error): void };

  add(): Promise<void> {
    return Promise.resolve();
  }

  finish(): Promise<{ readonly bucket: string; readonly key: string }> {
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
  }

  abort(): Promise<void> {
    this.isAborted = true;
    return Promise.resolve();
  }
}

function world() {
  const opened: Files[] = [];
  const timers: (() => void)[] = [];
  const sent: unknown[] = [];
  const log = { warn: vi.fn(), error: vi.fn(), info: vi.fn() };
  const writing = new ResultWriting({
    writers: {
      open: () => {
        const files = new Files();
        opened.push(files);
        return files;
      },
    },
    clock: {
      now: () => 0,
      schedule: (_due: number, callback: () => void) => {
        timers.push(callback);
        return () => {};
      },
    },
    sink: { insist: (_id: number, signal: unknown) => void sent.push(signal) },
    log,
  } as never);
  return { opened, timers, sent, log, writing };
}

const unreachable = new StoreUnavailable("the bucket cannot be reached");

it("writes the files of a run once at a time, also when it tries again", async () => {
  const { opened, timers, sent, writing } = world();
  const lost = live();
  writing.write(lost, command);
  await vi.waitFor(() => expect(opened[0]?.settle).toBeDefined());
  opened[0]!.settle.reject(unreachable);
  await vi.waitFor(() => expect(timers).toHaveLength(1));
  timers[0]!();
  await vi.waitFor(() => expect(opened[1]?.settle).toBeDefined());
  // The execution is thrown out of memory and folded again.
  (lost as { isGone: boolean }).isGone = true;
  writing.write(live(), command);
  await new Promise((resolve) => setImmediate(resolve));
  expect(opened).toHaveLength(2);
  opened[1]!.settle.reject(unreachable);
  await vi.waitFor(() => expect(opened[2]?.settle).toBeDefined());
  expect(opened[1]!.isAborted).toBe(true);
  opened[2]!.settle.resolve({ bucket: "b", key: "k" });
  await vi.waitFor(() => expect(sent).toMatchObject([{ type: "ResultsWritten" }]));
});

it("goes on at once when what waited for the bucket is not wanted any more", async () => {
  const { opened, timers, log, writing } = world();
  writing.write(live(), command);
  await vi.waitFor(() => expect(opened[0]?.settle).toBeDefined());
  opened[0]!.settle.reject(unreachable);
  await vi.waitFor(() => expect(timers).toHaveLength(1));
  writing.write(live(), command);
  await vi.waitFor(() => expect(opened).toHaveLength(2));
  expect(log.error).not.toHaveBeenCalled();
});

it("tells of no defect when the execution ends while the bucket cannot be reached", async () => {
  const { opened, sent, log, writing } = world();
  const ended = live();
  writing.write(ended, command);
  await vi.waitFor(() => expect(opened[0]?.settle).toBeDefined());
  writing.closeAll(ended);
  opened[0]!.settle.reject(unreachable);
  await vi.waitFor(() => expect(opened[0]!.isAborted).toBe(true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(log.error).not.toHaveBeenCalled();
  expect(sent).toEqual([]);
});
