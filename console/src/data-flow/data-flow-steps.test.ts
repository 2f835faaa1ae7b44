import { describe, expect, it } from "vitest";
import type { StateDataFlow } from "../api/own-operations.ts";
import { changedLines } from "./changed-lines.ts";
import { dataFlowSteps } from "./data-flow-steps.ts";

const flow = (fields: Partial<StateDataFlow>): StateDataFlow => ({
  state: "Price",
  type: "Task",
  queryLanguage: "JSONPath",
  pointer: "/States/Price",
  enteredEventId: 2,
  input: { order: { sku: "x" } },
  stages: [],
  retryCount: 0,
  variables: {},
  ...fields,
});

describe("the steps of a data flow", () => {
  it("stand in the order in which the data went, each with its field", () => {
    const steps = dataFlowSteps(
      flow({
        stages: [
          { stage: "afterInputPath", value: { sku: "x" } },
          { stage: "afterParameters", value: { sku: "x" } },
          { stage: "result", value: { price: 7 } },
          { stage: "afterResultSelector", value: { amount: 7 } },
          { stage: "afterResultPath", value: { order: { sku: "x" }, priced: { amount: 7 } } },
        ],
        result: { price: 7 },
        output: { amount: 7 },
      }),
      {
        Type: "Task",
        Resource: "arn:f",
        InputPath: "$.order",
        ResultSelector: { "amount.$": "$.price" },
        ResultPath: "$.priced",
        OutputPath: "$.priced",
      },
    );
    expect(steps.map(({ id, field, expression }) => [id, field, expression])).toEqual([
      ["input", undefined, undefined],
      ["afterInputPath", "InputPath", '"$.order"'],
      ["afterParameters", "Parameters", undefined],
      ["result", "Resource", '"arn:f"'],
      ["afterResultSelector", "ResultSelector", '{\n  "amount.$": "$.price"\n}'],
      ["afterResultPath", "ResultPath", '"$.priced"'],
      ["output", "OutputPath", '"$.priced"'],
    ]);
    expect(steps.map(({ isPassing }) => isPassing)).toEqual([
      false,
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(steps[3]?.changes).toBeUndefined();
    expect(steps[5]?.changes).toEqual({ added: [5, 6, 7], removed: 0 });
  });

  it("of JSONata end with Output", () => {
    const steps = dataFlowSteps(
      flow({ type: "Pass", queryLanguage: "JSONata", stages: [], output: 3 }),
      { Type: "Pass", Output: "{% 1 + 2 %}" },
    );
    expect(steps.at(-1)).toMatchObject({ id: "output", expression: '"{% 1 + 2 %}"', text: "3" });
  });

  it("end where the state is when it is still at work", () => {
    expect(dataFlowSteps(flow({}), undefined).map(({ id }) => id)).toEqual(["input"]);
  });
});

describe("changed lines", () => {
  it("are those that were not there before, whatever their depth", () => {
    const before = '{\n  "a": {\n    "b": 1,\n    "c": 2\n  }\n}';
    const after = '{\n  "b": 1,\n  "c": 3\n}';
    expect(changedLines(before, after)).toEqual({ added: [3], removed: 3 });
  });

  it("are none of equal texts", () => {
    expect(changedLines("a\nb", "a\nb")).toEqual({ added: [], removed: 0 });
  });

  it("are not looked for in very long texts", () => {
    const long = (word: string): string =>
      Array.from({ length: 3_000 }, (_, n) => word + n).join("\n");
    expect(changedLines(long("a"), long("b"))).toBeUndefined();
    expect(changedLines(long("a"), `${long("a")}\nb`)).toEqual({ added: [3_001], removed: 0 });
  });
});
