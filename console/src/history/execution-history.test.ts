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

it("loads page after page, small ones first", async () => {
  const asked: number[][] = [];
  const history = new ExecutionHistory(ARN, async ({ afterEventId, maxResults }) => {
    asked.push([afterEventId, maxResults]);
    const last = Math.min(afterEventId + maxResults, 1_500);
    return { events: events(afterEventId + 1, last), lastEventId: 1_500 };
  });
  await history.load(new AbortController().signal);
  expect(asked).toEqual([
    [0, 100],
    [100, 1_000],
    [1_100, 1_000],
  ]);
  expect(history.snapshot).toMatchObject({ isLoaded: true, error: undefined });
  expect(history.snapshot.runs.runs).toHaveLength(1_500);
});

it("asks for few events at once if they are large", async () => {
  const asked: number[] = [];
  const large = "x".repeat(200_000);
  const history = new ExecutionHistory(ARN, async ({ afterEventId, maxResults }) => {
    asked.push(maxResults);
    const page = events(afterEventId + 1, Math.min(afterEventId + maxResults, 200)).map(
      (event) => ({ ...event, stateEnteredEventDetails: { name: "S", input: large } }),
    );
    return { events: page, lastEventId: 200 };
  });
  await history.load(new AbortController().signal);
  expect(asked.slice(0, 3)).toEqual([100, 40, 40]);
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

it("asks for no further payloads once there are very many", async () => {
  const asked: boolean[] = [];
  const history = new ExecutionHistory(
    ARN,
    async ({ afterEventId, includeExecutionData }) => {
      asked.push(includeExecutionData);
      return { events: events(afterEventId + 1, afterEventId + 2), lastEventId: 6 };
    },
    // Each event has two characters.
    5,
  );
  await history.load(new AbortController().signal);
  expect(asked).toEqual([true, true, false]);
});
