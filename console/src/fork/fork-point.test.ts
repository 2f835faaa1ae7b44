import { expect, it } from "vitest";
import { historyEventOutput } from "../../../src/api/history-event-output.ts";
import { simulate } from "../../../test/support/simulate.ts";
import type { HistoryEvent } from "../api/operations.ts";
import { forkData, forkPoint, isForkable, placeOfState } from "./fork-point.ts";

const events = simulate({
  definition: {
    StartAt: "Work",
    States: {
      Work: {
        Type: "Task",
        Resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
        Next: "Stop",
      },
      Stop: { Type: "Fail", Error: "No" },
    },
  },
  input: '{"a":1}',
  task: () => ({ output: { b: 2 } }),
}).history.map((event) => historyEventOutput(event, true) as unknown as HistoryEvent);

const ofType = (type: string): HistoryEvent => events.find((event) => event.type === type)!;

it("an execution can go on after entries, exits and results, not after its end", () => {
  const not = events.filter((event) => !isForkable(event)).map(({ type }) => type);
  expect(not).toEqual(["ExecutionFailed"]);
  expect(forkPoint(events, events.length)?.type).toBe("FailStateEntered");
  expect(forkPoint(events, 1)?.type).toBe("ExecutionStarted");
});

it("the data of a fork are those that the next step works on", () => {
  expect(forkData(ofType("TaskStateEntered"))).toEqual({ label: "Input of Work", text: '{"a":1}' });
  expect(forkData(ofType("LambdaFunctionSucceeded"))).toMatchObject({ text: '{"b":2}' });
  expect(forkData(ofType("TaskStateExited"))).toEqual({
    label: "Input of the next state",
    text: '{"b":2}',
  });
  expect(forkData(ofType("LambdaFunctionScheduled")).text).toBeUndefined();
});

it("a state is found in the text of its definition", () => {
  const text =
    '{\n  "StartAt": "A",\n  "States": {\n    "A": {\n      "Type": "Succeed"\n    }\n  }\n}';
  expect(placeOfState(text, "A")).toEqual({ line: 4, column: 5 });
  expect(placeOfState(text, "B")).toBeUndefined();
});
