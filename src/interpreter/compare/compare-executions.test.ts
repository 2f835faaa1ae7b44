import { describe, expect, it } from "vitest";
import { LAMBDA, TASK } from "../../../test/support/explained.ts";
import { simulate, type SimulationOptions } from "../../../test/support/simulate.ts";
import { compareExecutions, type Comparison } from "./compare-executions.ts";
import { jsonDifferences } from "./json-differences.ts";
import { VisitRecorder, type RecordedExecution } from "./recorded-visit.ts";

function recorded(states: object, options: Partial<SimulationOptions>): RecordedExecution {
  const [startAt] = Object.keys(states);
  const { execution, history } = simulate({
    definition: { StartAt: startAt, States: states },
    ...options,
  });
  const recorder = new VisitRecorder(execution.definition);
  for (const event of history) recorder.take(event);
  return recorder.recorded(execution.status);
}

function compare(
  states: object,
  first: Partial<SimulationOptions>,
  second: Partial<SimulationOptions>,
  otherStates: object = states,
): Comparison {
  return compareExecutions(recorded(states, first), recorded(otherStates, second));
}

/** `key verdict differences` lines. */
function lines({ visits }: Comparison): string[] {
  return visits.map(({ key, verdict, differs }) => [key, verdict, ...differs].join(" "));
}

const ROUTE = {
  A: { Type: "Pass", Result: 1, ResultPath: "$.a", Next: "Route" },
  Route: {
    Type: "Choice",
    Choices: [{ Variable: "$.n", NumericLessThan: 10, Next: "Low" }],
    Default: "High",
  },
  Low: { Type: "Pass", Next: "Z" },
  High: { Type: "Pass", Next: "Z" },
  Z: { Type: "Succeed" },
};

describe("two executions", () => {
  it("of the same course are the same, also if keys stand in another order", () => {
    const found = compare(ROUTE, { input: '{"n":1,"m":2}' }, { input: '{"m":2, "n":1.0}' });
    expect(lines(found)).toEqual(["A#1 SAME", "Route#1 SAME", "Low#1 SAME", "Z#1 SAME"]);
    expect(found).toMatchObject({ counts: { SAME: 4 }, firstDivergence: undefined, isCut: false });
  });

  it("that part: which states each went to, and what differed first", () => {
    const found = compare(ROUTE, { input: '{"n":1}' }, { input: '{"n":11}' });
    expect(lines(found)).toEqual([
      "A#1 DIFFERS input output",
      "Route#1 DIFFERS input output",
      "Low#1 ONLY_IN_FIRST",
      "High#1 ONLY_IN_SECOND",
      "Z#1 DIFFERS input output",
    ]);
    expect(found.firstDivergence).toEqual({
      index: 0,
      key: "A#1",
      summary:
        "Pass state 'A' differs in input, output. input /n is 1 in the first and 11 in the second.",
    });
    expect(found.visits[0]?.output).toEqual({
      members: [{ pointer: "/n", first: "1", second: "11" }],
      isCut: false,
    });
  });

  it("whose task gave something else, was retried, and failed", () => {
    const Retry = [{ ErrorEquals: ["Boom"], IntervalSeconds: 2 }];
    const states = { T: { ...TASK, Retry, End: undefined, Next: "Z" }, Z: { Type: "Succeed" } };
    let calls = 0;
    const found = compare(
      states,
      { task: () => ({ output: { x: 1 } }) },
      { task: () => (calls++ === 0 ? { error: "Boom" } : { error: "Bad" }) },
    );
    expect(lines(found)).toEqual(["T#1 DIFFERS output error retries", "Z#1 ONLY_IN_FIRST"]);
    expect(found.visits[0]).toMatchObject({
      first: { retries: 0, error: undefined, exitedEventId: 6 },
      second: { retries: 1, error: "Bad", exitedEventId: undefined },
    });
    expect(found.firstDivergence?.summary).toBe(
      "Task state 'T' differs in output, error, retries.",
    );
  });

  it("one of which took twice as long, which is no divergence", () => {
    const states = { T: TASK };
    const slow = { output: {}, afterMs: 9_000 };
    const found = compare(
      states,
      { task: () => ({ output: {}, afterMs: 500 }) },
      { task: () => slow },
    );
    expect(lines(found)).toEqual(["T#1 DIFFERS duration"]);
    expect(found.firstDivergence).toBeUndefined();
  });

  it("in iterations, branches and loops: visit by visit, and the innermost parts first", () => {
    const item = { StartAt: "I", States: { I: TASK } };
    const map = { Type: "Map", MaxConcurrency: 1, ItemProcessor: item, Next: "P" };
    const branch = (name: string): object => ({
      StartAt: name,
      States: { [name]: { Type: "Pass", End: true } },
    });
    const states = {
      M: map,
      P: { Type: "Parallel", Branches: [branch("X"), branch("Y")], Next: "Z" },
      Z: { Type: "Succeed" },
    };
    const worker = (odd: number) => () => {
      let calls = 0;
      return () => ({ output: { item: ++calls === 2 ? odd : 0 } });
    };
    const found = compare(
      states,
      { input: "[1,2,3]", task: worker(2)() },
      { input: "[1,2,3]", task: worker(7)() },
    );
    expect(lines(found)).toEqual([
      "M#1 DIFFERS output",
      "M#1/1[0]/I#1 SAME",
      "M#1/1[1]/I#1 DIFFERS output",
      "M#1/1[2]/I#1 SAME",
      "P#1 DIFFERS input output",
      "P#1/1[0]/X#1 DIFFERS input output",
      "P#1/1[1]/Y#1 DIFFERS input output",
      "Z#1 DIFFERS input output",
    ]);
    expect(found.firstDivergence?.key).toBe("M#1/1[1]/I#1");
    expect(found.visits[2]?.output?.members).toEqual([
      { pointer: "/item", first: "2", second: "7" },
    ]);
  });

  it("of different definitions", () => {
    const other = {
      ...ROUTE,
      A: { ...ROUTE.A, Next: "New" },
      New: { Type: "Pass", Next: "Route" },
    };
    const found = compare(ROUTE, { input: '{"n":1}' }, { input: '{"n":1}' }, other);
    expect(lines(found)).toEqual([
      "A#1 SAME",
      "New#1 ONLY_IN_SECOND",
      "Route#1 SAME",
      "Low#1 SAME",
      "Z#1 SAME",
    ]);
    expect(found.firstDivergence?.summary).toBe(
      "Only the second execution (SUCCEEDED) went to Pass state 'New'.",
    );
  });

  it("in a loop: numbers of visits", () => {
    const loop = {
      A: { Type: "Pass", Parameters: { "n.$": "States.MathAdd($.n, 1)" }, Next: "C" },
      C: {
        Type: "Choice",
        Choices: [{ Variable: "$.n", NumericLessThan: 3, Next: "A" }],
        Default: "Z",
      },
      Z: { Type: "Succeed" },
    };
    const found = compare(loop, { input: '{"n":0}' }, { input: '{"n":1}' });
    expect(found.visits.filter(({ state }) => state === "A").map(({ key }) => key)).toEqual([
      "A#1",
      "A#2",
      "A#3",
    ]);
    expect(found.counts.ONLY_IN_FIRST).toBe(2);
  });

  it("with payloads too long to be kept: that they differ, but not where", () => {
    const long = (end: string): string => JSON.stringify({ text: "x".repeat(70_000) + end });
    const states = { A: { Type: "Pass", End: true } };
    const found = compare(states, { input: long("a") }, { input: long("b") });
    expect(lines(found)).toEqual(["A#1 DIFFERS input output"]);
    expect(found.visits[0]?.input).toBeUndefined();
    expect(lines(compare(states, { input: long("a") }, { input: long("a") }))).toEqual([
      "A#1 SAME",
    ]);
  });
});

describe("the differences of two values", () => {
  it("are their members, by JSON pointer", () => {
    const first = { a: { "b/c": [1, 2], same: null }, only: 1 };
    const second = { a: { "b/c": [1, 3, 4], same: null }, type: "x" };
    expect(jsonDifferences(first, second)).toEqual({
      members: [
        { pointer: "/a/b~1c/1", first: "2", second: "3" },
        { pointer: "/a/b~1c/2", first: undefined, second: "4" },
        { pointer: "/only", first: "1", second: undefined },
        { pointer: "/type", first: undefined, second: '"x"' },
      ],
      isCut: false,
    });
  });

  it("are the whole values if these are of different types, and cut", () => {
    expect(jsonDifferences([1], { a: "x".repeat(300) })).toEqual({
      members: [
        {
          pointer: "",
          first: "[1]",
          second: expect.stringMatching(/^\{"a":"x+… \(308 characters\)$/),
        },
      ],
      isCut: false,
    });
  });

  it("are at most fifty", () => {
    const values = (add: number): number[] => Array.from({ length: 60 }, (_, index) => index + add);
    const found = jsonDifferences(values(0), values(1));
    expect(found.members).toHaveLength(50);
    expect(found.isCut).toBe(true);
  });
});

it("compares the failures of a Lambda function by their names", () => {
  const states = { T: { ...TASK, Resource: LAMBDA } };
  const found = compare(states, { task: () => ({ error: "A" }) }, { task: () => ({ error: "B" }) });
  expect(lines(found)).toEqual(["T#1 DIFFERS error"]);
});
