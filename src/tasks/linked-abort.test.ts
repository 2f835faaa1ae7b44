import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { linkedAbort, OpenCalls } from "./linked-abort.ts";

describe("a linked signal", () => {
  it("aborts with its source, for the same reason", () => {
    const source = new AbortController();
    const linked = linkedAbort(source.signal);
    expect(linked.signal.aborted).toBe(false);
    source.abort("why");
    expect(linked.signal.reason).toBe("why");
    expect(linkedAbort(source.signal).signal.reason).toBe("why");
  });

  it("aborts when its time is over, and says so", async () => {
    const linked = linkedAbort(new AbortController().signal, 1);
    await new Promise((resolve) => linked.signal.addEventListener("abort", resolve));
    expect(linked.isLate).toBe(true);
  });

  it("leaves nothing at its source", () => {
    const source = new AbortController();
    const linked = linkedAbort(source.signal, 60_000);
    expect(getEventListeners(source.signal, "abort")).toHaveLength(1);
    linked.release();
    expect(getEventListeners(source.signal, "abort")).toHaveLength(0);
    source.abort();
    expect(linked.signal.aborted).toBe(false);
    expect(linked.isLate).toBe(false);
  });
});

describe("open calls", () => {
  it("end with their owner, later ones at once", async () => {
    const calls = new OpenCalls();
    const { signal } = new AbortController();
    const aborted = (own: AbortSignal): Promise<boolean> =>
      new Promise((resolve) => {
        if (own.aborted) resolve(true);
        own.addEventListener("abort", () => resolve(true));
      });
    const call = calls.run(signal, aborted);
    expect(calls.size).toBe(1);
    calls.close();
    expect(await call).toBe(true);
    expect(await calls.run(signal, aborted)).toBe(true);
    expect(calls.size).toBe(0);
  });

  it("are forgotten when they are over, however they end", async () => {
    const calls = new OpenCalls();
    const { signal } = new AbortController();
    await calls.run(signal, () => Promise.resolve());
    await expect(calls.run(signal, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(calls.size).toBe(0);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});
