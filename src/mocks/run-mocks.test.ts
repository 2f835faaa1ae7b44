import { describe, expect, it } from "vitest";
import type { Json } from "../json/json.ts";
import { answerOf, type MockedOutcome } from "./mock-config.ts";
import { readRunMocks, type RunMocksQuery } from "./run-mocks.ts";

const ANY: RunMocksQuery = { stateMachineName: "order", testCase: undefined };

function answers(file: Json, query = ANY): (MockedOutcome | undefined)[] {
  const { states, problems } = readRunMocks(file, query);
  expect(problems).toEqual([]);
  return [0, 1, 2].map((call) => answerOf(states!.get("Pay")!, call));
}

const returns = (result: Json): MockedOutcome => ({ type: "Return", result });

describe("the short form", () => {
  it("gives all calls one answer, or each its own", () => {
    expect(answers({ Pay: { Return: 1 } })).toEqual([returns(1), returns(1), returns(1)]);
    const thrown = { type: "Throw", error: "E", cause: "" };
    const list = [{ Throw: { Error: "E" } }, { Return: 2 }];
    expect(answers({ Pay: list })).toEqual([thrown, returns(2), undefined]);
    expect(answers({ Pay: { "0-1": { Return: 3 } } })).toEqual([returns(3), returns(3), undefined]);
  });

  it.each<[Json, string]>([
    [{ Pay: { Retrun: 1 } }, '$.Pay.Retrun is not the number of a call; write "0"'],
    [{ "My state": [{ Return: 1 }, 2] }, '$["My state"][1] is of type number'],
    [[], "$ is of type array"],
  ])("%j is refused", (file, problem) => {
    expect(readRunMocks(file, ANY).problems.join()).toContain(problem);
  });

  it("has no test cases", () => {
    const { problems } = readRunMocks({ Pay: { Return: 1 } }, { ...ANY, testCase: "c" });
    expect(problems.join()).toContain("leave --test-case out");
  });
});

describe("a MockConfigFile", () => {
  const file = (machines: { [name: string]: string[] }): Json => ({
    StateMachines: Object.fromEntries(
      Object.entries(machines).map(([machine, cases]) => [
        machine,
        {
          TestCases: Object.fromEntries(cases.map((name) => [name, { Pay: `${machine}.${name}` }])),
        },
      ]),
    ),
    MockedResponses: Object.fromEntries(
      Object.entries(machines).flatMap(([machine, cases]) =>
        cases.map((name) => [`${machine}.${name}`, { "0": { Return: `${machine}.${name}` } }]),
      ),
    ),
  });
  const first = (content: Json, query: Partial<RunMocksQuery>): MockedOutcome | undefined =>
    answers(content, { ...ANY, ...query })[0];

  it("needs no choice where there is none", () => {
    expect(first(file({ other: ["a"] }), {})).toEqual(returns("other.a"));
  });

  it("is read for the definition of that name, and for the test case that is asked for", () => {
    const both = file({ other: ["a"], order: ["b", "c"] });
    expect(first(both, { testCase: "c" })).toEqual(returns("order.c"));
  });

  it.each<[Partial<RunMocksQuery>, string]>([
    [{}, "has the test cases b, c; choose one with --test-case NAME"],
    [{ testCase: "a" }, 'has no test case "a"; it has b, c'],
    [{ stateMachineName: "x" }, "$.StateMachines has other, order; name the one for this def"],
  ])("%j is refused with what there is", (query, problem) => {
    const both = file({ other: ["a"], order: ["b", "c"] });
    expect(readRunMocks(both, { ...ANY, ...query }).problems.join()).toContain(problem);
  });
});
