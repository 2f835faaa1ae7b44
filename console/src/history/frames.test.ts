import { expect, it } from "vitest";
import type { FrameSnapshot } from "../api/own-operations.ts";
import { framePlaces, phaseText, scopesOf } from "./frames.ts";

const frame = (fields: Partial<FrameSnapshot>): FrameSnapshot => ({
  id: 0,
  index: 0,
  state: "S",
  enteredEventId: 2,
  enteredDate: 100,
  input: {},
  retryCount: 0,
  variables: {},
  phase: { type: "Entered" },
  ...fields,
});

it("places of frames name what is around them", () => {
  const places = framePlaces([
    frame({ id: 0, state: "Each" }),
    frame({ id: 4, parent: 0, index: 3, state: "Both" }),
    frame({ id: 6, parent: 4, index: 1, state: "Leaf" }),
  ]);
  expect([...places.values()]).toEqual(["", "Each [3]", "Each [3] › Both [1]"]);
});

it("phases are told with what is left of a time", () => {
  expect(phaseText(frame({ phase: { type: "Waiting", dueDate: 190 } }), 100)).toBe(
    "waits 1.5 min more",
  );
  expect(phaseText(frame({ retryCount: 2, phase: { type: "Backoff", dueDate: 102 } }), 100)).toBe(
    "failed, retry 2 begins in 2 s",
  );
  expect(phaseText(frame({ phase: { type: "Failing", error: "Boom" } }), 100)).toContain("Boom");
  expect(
    phaseText(frame({ phase: { type: "Fork", total: 9, started: 5, succeeded: 2 } }), 100),
  ).toBe("runs 3 inside; 2 of 9 are done");
});

it("a state sees its own scope and those around it", () => {
  const frames = [
    frame({ id: 0, state: "Each", variables: { total: 1 } }),
    frame({ id: 4, parent: 0, index: 3, state: "Leaf", enteredEventId: 9, variables: { own: 2 } }),
  ];
  expect(scopesOf(frames, 9)).toEqual([
    { place: "Each [3]", variables: { own: 2 } },
    { place: "", variables: { total: 1 } },
  ]);
  expect(scopesOf(frames, 7)).toEqual([{ place: "", variables: { total: 1 } }]);
});
