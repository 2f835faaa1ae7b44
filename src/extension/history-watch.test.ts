import { beforeEach, describe, expect, it, vi } from "vitest";
import type { HistoryEvent } from "../interpreter/history.ts";
import { HistoryWatch } from "./history-watch.ts";

const event = (id: number): HistoryEvent => ({
  id,
  previousEventId: id - 1,
  type: "PassStateEntered",
  at: id,
  detailsName: undefined,
  details: undefined,
});
const events = (from: number, to: number): HistoryEvent[] =>
  Array.from({ length: to - from + 1 }, (_, index) => event(from + index));

let durable: number;
let isBlocked: boolean;
let sent: number[];
let reads: number[];
let failures: unknown[];

beforeEach(() => {
  durable = 0;
  isBlocked = false;
  sent = [];
  reads = [];
  failures = [];
});

function watchFrom(afterEventId: number): HistoryWatch {
  return new HistoryWatch({
    executionArn: "arn:e",
    afterEventId,
    history: async (_arn, { afterId, limit }) => {
      reads.push(afterId);
      await Promise.resolve();
      const last = Math.min(durable, afterId + limit);
      return { events: events(afterId + 1, last), lastId: durable };
    },
    isBlocked: () => isBlocked,
    send: (batch) => void sent.push(...batch.map(({ id }) => id)),
    failed: (error) => void failures.push(error),
  });
}

const upTo = (last: number, from = 1): number[] => events(from, last).map(({ id }) => id);

/** The watch has sent all events up to that one. */
const sentUpTo = (last: number): Promise<void> => vi.waitFor(() => expect(sent.at(-1)).toBe(last));

describe("a watched history", () => {
  it("begins with what is durable, page by page", async () => {
    durable = 250;
    watchFrom(0).catchUp();
    await sentUpTo(250);
    expect(sent).toEqual(upTo(250));
    expect(reads).toEqual([0, 100, 200]);
  });

  it("goes on after the event that the client has", async () => {
    durable = 5;
    watchFrom(3).catchUp();
    await sentUpTo(5);
    expect(sent).toEqual([4, 5]);
  });

  it("passes on at once what follows, without reading", async () => {
    durable = 2;
    const watch = watchFrom(0);
    watch.catchUp();
    await sentUpTo(2);
    reads.length = 0;
    watch.offer(events(3, 4));
    watch.offer([event(5)]);
    expect([sent, reads]).toEqual([upTo(5), []]);
  });

  it("fills a gap from the durable history", async () => {
    durable = 2;
    const watch = watchFrom(0);
    watch.catchUp();
    await sentUpTo(2);
    durable = 6;
    watch.offer(events(5, 6));
    await sentUpTo(6);
    expect(sent).toEqual(upTo(6));
  });

  it("sends nothing twice of what happens while it reads", async () => {
    durable = 3;
    const watch = watchFrom(0);
    watch.catchUp();
    durable = 4;
    watch.offer([event(4)]);
    await sentUpTo(4);
    watch.offer([event(5)]);
    expect(sent).toEqual(upTo(5));
  });

  it("holds back while the client does not read, and keeps nothing meanwhile", async () => {
    const watch = watchFrom(0);
    isBlocked = true;
    for (let id = 1; id <= 150; id += 1) {
      durable = id;
      watch.offer([event(id)]);
    }
    expect([sent, reads]).toEqual([[], []]);
    isBlocked = false;
    watch.catchUp();
    await sentUpTo(150);
    expect(sent).toEqual(upTo(150));
  });

  it("tells once that the history cannot be read, and nothing more", async () => {
    const watch = new HistoryWatch({
      executionArn: "arn:e",
      afterEventId: 0,
      history: () => Promise.resolve(undefined),
      isBlocked: () => false,
      send: () => void sent.push(0),
      failed: (error) => void failures.push(error),
    });
    watch.catchUp();
    await vi.waitFor(() => expect(failures).toHaveLength(1));
    watch.offer([event(1)]);
    await Promise.resolve();
    expect([sent, failures.length]).toEqual([[], 1]);
  });
});
