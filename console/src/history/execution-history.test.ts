import { expect, it, vi } from "vitest";
import type { HistoryEvent } from "../api/operations.ts";
import { ExecutionHistory } from "./execution-history.ts";

const ARN = "arn:aws:states:us-east-1:123456789012:execution:m:e";

function events(from: number, to: number): HistoryEvent[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    id: from + index,
    previousEventId: from + index - 1,
    timestamp: 1,
    type: "PassStateEntered" as const,
    stateEnteredEventDetails: { name: `S${from + index}`, input: "{}" },
  }));
}

it("loads page after page", async () => {
  const asked: number[] = [];
  const history = new ExecutionHistory(ARN, async ({ afterEventId }) => {
    asked.push(afterEventId);
    const last = Math.min(afterEventId + 1_000, 2_500);
    return { events: events(afterEventId + 1, last), lastEventId: 2_500 };
  });
  await history.load(new AbortController().signal);
  expect(asked).toEqual([0, 1_000, 2_000]);
  expect(history.snapshot).toMatchObject({ isLoaded: true, error: undefined });
  expect(history.snapshot.runs.runs).toHaveLength(2_500);
});

it("takes each event once and refuses a gap", () => {
  const history = new ExecutionHistory(ARN);
  expect(history.append(events(1, 3))).toBe(true);
  expect(history.append(events(2, 4))).toBe(true);
  expect(history.append(events(6, 6))).toBe(false);
  expect(history.snapshot.events.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
});

it("tells listeners once of many changes", async () => {
  const history = new ExecutionHistory(ARN);
  const heard = vi.fn();
  history.subscribe(heard);
  for (let id = 1; id <= 50; id += 1) history.append(events(id, id));
  await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce());
  expect(history.lastEventId).toBe(50);
});

it("keeps an error and goes on from where it was", async () => {
  let isDown = true;
  const history = new ExecutionHistory(ARN, async ({ afterEventId }) => {
    if (afterEventId === 2 && isDown) throw new Error("down");
    return { events: events(afterEventId + 1, afterEventId + 2), lastEventId: 4 };
  });
  await history.load(new AbortController().signal);
  expect(history.snapshot).toMatchObject({ isLoaded: false, error: new Error("down") });
  isDown = false;
  await history.load(new AbortController().signal);
  expect(history.snapshot).toMatchObject({ isLoaded: true, error: undefined });
  expect(history.lastEventId).toBe(4);
});
