import { expect, it } from "vitest";
import { NO_LOGGING } from "./catalog/configuration.ts";
import { CombinedObserver } from "./combined-observer.ts";
import type { ExecutionObserver, StatusChange } from "./ports.ts";

const change: StatusChange = {
  executionArn: "arn:e",
  stateMachineArn: "arn:m",
  name: "e",
  status: "RUNNING",
  startedAt: 1,
  stoppedAt: undefined,
  describe: () => {
    throw new Error("nobody asked for it");
  },
};

function observer(told: string[], name: string, wants: boolean): ExecutionObserver {
  return {
    wantsEvents: () => wants,
    wantsStatus: wants,
    eventsHappened: () => void told.push(`${name}: events`),
    statusChanged: () => void told.push(`${name}: status`),
  };
}

it("tells each observer only what it wants", () => {
  const told: string[] = [];
  const both = new CombinedObserver([observer(told, "a", true), observer(told, "b", false)]);
  expect([both.wantsStatus, both.wantsEvents(NO_LOGGING, "arn:e")]).toEqual([true, true]);
  const execution = { arn: "arn:e", stateMachineName: "m", logging: NO_LOGGING, redriveCount: 0 };
  both.eventsHappened(execution, []);
  both.statusChanged(change);
  expect(told).toEqual(["a: events", "a: status"]);
});

it("wants nothing if no observer does", () => {
  const none = new CombinedObserver([observer([], "a", false)]);
  expect([none.wantsStatus, none.wantsEvents(NO_LOGGING, "arn:e")]).toEqual([false, false]);
});
