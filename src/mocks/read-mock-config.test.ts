import { describe, expect, it } from "vitest";
import type { Json } from "../json/json.ts";
import { answerOf } from "./mock-config.ts";
import { readMockConfig } from "./read-mock-config.ts";

/** A file with one case that gives the state `Pay` the response `pay`. */
function file(pay: Json): Json {
  return {
    StateMachines: { Order: { TestCases: { Happy: { Pay: "pay" } } } },
    MockedResponses: { pay },
  };
}

const problems = (content: Json): readonly string[] => readMockConfig(content).problems;

describe("a mock configuration", () => {
  it("gives each call of a state its answer", () => {
    const { config } = readMockConfig(
      file({
        "3": { Return: null },
        "0": { Throw: { Error: "Down", Cause: "no route" } },
        "1-2": { Throw: { Error: "Busy" } },
      }),
    );
    const response = config!.stateMachines.get("Order")!.get("Happy")!.get("Pay")!;
    const busy = { type: "Throw", error: "Busy", cause: "" };
    expect([0, 1, 2, 3, 4].map((call) => answerOf(response, call))).toEqual([
      { type: "Throw", error: "Down", cause: "no route" },
      busy,
      busy,
      { type: "Return", result: null },
      undefined,
    ]);
  });

  it.each<[string, Json, string]>([
    [
      "a response that does not exist",
      {
        StateMachines: { Order: { TestCases: { Happy: { Pay: "Paymnt" } } } },
        MockedResponses: { Payment: {} },
      },
      '$.StateMachines.Order.TestCases.Happy.Pay names the response "Paymnt", which is not in $.MockedResponses; did you mean "Payment"?',
    ],
    ["Return and Throw", file({ "0": { Return: 1, Throw: { Error: "E" } } }), "remove one"],
    ["neither", file({ "0": {} }), '$.MockedResponses.pay["0"] has neither Return nor Throw'],
    ["an unknown member", file({ "0": { Returns: 1 } }), '$.MockedResponses.pay["0"].Returns'],
    ["an overlap", file({ "0-2": { Return: 1 }, "2": { Return: 2 } }), "answers call 2 twice"],
    ["a range backwards", file({ "2-1": { Return: 1 } }), 'ends before it begins; write "1-2"'],
    ["what is no number", file({ first: { Return: 1 } }), "$.MockedResponses.pay.first is not the"],
    ["an error without a name", file({ "0": { Throw: { Cause: "c" } } }), ".Throw.Error must be"],
    ["a cause that is no text", file({ "0": { Throw: { Error: "E", Cause: {} } } }), "JSON text"],
    ["a misspelt Cause", file({ "0": { Throw: { Error: "E", cause: "" } } }), "write Cause"],
    ["a long error", file({ "0": { Throw: { Error: "e".repeat(257) } } }), "256 characters"],
    ["a file that is no object", [], "$ is of type array; it must be an object such as {"],
    ["no state machines", { MockedResponses: {} }, "$.StateMachines is missing"],
    ["no cases", { StateMachines: { O: {} } }, "$.StateMachines.O.TestCases is missing"],
    [
      "a case that is no object",
      { StateMachines: { "a b": { TestCases: { c: 1 } } } },
      '$.StateMachines["a b"].TestCases.c is of type number',
    ],
    ["a response inline", { StateMachines: { O: { TestCases: { c: { S: {} } } } } }, "must be the"],
  ])("refuses %s", (_name, content, text) => {
    expect(problems(content).join("\n")).toContain(text);
    expect(readMockConfig(content).config).toBeUndefined();
  });

  it("tells everything that is wrong at once, but not without end", () => {
    expect(problems(file({ a: 1, b: 2 }))).toHaveLength(4);
    const many = Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`r${n}`, 1] as const));
    expect(problems({ StateMachines: {}, MockedResponses: many })).toHaveLength(20);
  });

  it("warns of what Step Functions Local reads without a word", () => {
    expect(readMockConfig(file({})).warnings.join()).toContain("has no answers");
    const gap = file({ "0": { Return: 1 }, "2-3": { Return: 2 } });
    expect(readMockConfig(gap)).toMatchObject({ problems: [], config: {} });
    expect(readMockConfig(gap).warnings.join()).toContain("has no answer for call 1,");
    const misspelt = readMockConfig({ StateMachines: {}, MockedResponse: {}, $schema: "x" });
    expect(misspelt.warnings).toEqual([
      "$.MockedResponse is not known and passed over; did you mean MockedResponses?",
    ]);
  });

  it("takes names that objects have anyway", () => {
    const { config } = readMockConfig(
      JSON.parse(
        '{"StateMachines":{"constructor":{"TestCases":{"toString":{"__proto__":"valueOf"}}}},"MockedResponses":{"valueOf":{"0":{"Return":1}}}}',
      ) as Json,
    );
    const states = config!.stateMachines.get("constructor")!.get("toString")!;
    expect(answerOf(states.get("__proto__")!, 0)).toEqual({ type: "Return", result: 1 });
    expect(
      problems({ StateMachines: { O: { TestCases: { c: { S: "toString" } } } } }),
    ).toHaveLength(1);
  });
});
