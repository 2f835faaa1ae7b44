import { describe, expect, it } from "vitest";
import { continueFrom } from "../../test/support/continue-from.ts";
import { simulate, type SimulationOptions } from "../../test/support/simulate.ts";
import { HistoryMismatch } from "./copy-history.ts";

const task = (name: string, more: object = { End: true }): object => ({
  Type: "Task",
  Resource: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
  ...more,
});

const PAY = {
  StartAt: "Price",
  States: { Price: task("price", { Next: "Pay" }), Pay: task("pay") },
};

/** The function `pay` fails, unless it is given a total. */
const options = (definition: unknown = PAY): SimulationOptions => ({
  definition,
  input: '{"items":2}',
  task: ({ stateName, parameters }) => {
    if (stateName === "Price") return { output: { price: 7 } };
    const isPaid = JSON.stringify(parameters).includes("total");
    return isPaid ? { output: "paid" } : { error: "NoTotal", cause: "there is no total" };
  },
});

const past = (eventId: number) => ({ options: options(), run: simulate(options()), eventId });
const eventId = (type: string, nth = 0): number => {
  const { history } = simulate(options());
  return history.filter((event) => event.type === type)[nth]!.id;
};

describe("going on from the past of another execution", () => {
  it("keeps the recorded results and begins what was under way again", () => {
    const copied = eventId("LambdaFunctionScheduled", 1);
    const run = continueFrom(past(copied), options());
    expect(run.lines.slice(copied)).toEqual([
      "9<7 LambdaFunctionScheduled",
      "10<9 LambdaFunctionStarted",
      "11<10 LambdaFunctionFailed",
      "12<11 ExecutionFailed",
    ]);
    expect(run.execution.error).toBe("NoTotal");
  });

  it("takes edited data in the place of a state's input", () => {
    const run = continueFrom(past(eventId("TaskStateEntered", 1)), options(), {
      data: { total: 14 },
    });
    expect(run.execution).toMatchObject({ status: "SUCCEEDED", output: "paid" });
  });

  it("takes edited data in the place of a result", () => {
    const run = continueFrom(past(eventId("LambdaFunctionSucceeded")), options(), {
      data: { total: 14 },
    });
    expect(run.execution.output).toBe("paid");
  });

  it("sets variables", () => {
    const edited = {
      ...PAY,
      States: { ...PAY.States, Pay: task("pay", { Parameters: { "total.$": "$sum" }, End: true }) },
    };
    const run = continueFrom(past(eventId("TaskStateExited")), options(edited), {
      variables: { sum: 3 },
    });
    expect(run.execution.output).toBe("paid");
  });

  it("follows the edited definition, also out of the last state that was left", () => {
    const edited = {
      StartAt: "Price",
      States: {
        Price: task("price", { Next: "Total" }),
        Total: { Type: "Pass", Result: { total: 1 }, Next: "Pay" },
        Pay: task("pay"),
      },
    };
    const run = continueFrom(past(eventId("TaskStateExited")), options(edited));
    expect(run.history.map(({ type }) => type)).toContain("PassStateEntered");
    expect(run.execution.output).toBe("paid");
  });

  it("refuses a definition that the past does not fit", () => {
    const gone = { StartAt: "Pay", States: { Pay: task("pay") } };
    expect(() => continueFrom(past(7), options(gone))).toThrow(
      new HistoryMismatch("Event 2: state 'Price' is not there in the edited definition"),
    );
    const changed = { StartAt: "Price", States: { Price: { Type: "Succeed" } } };
    expect(() => continueFrom(past(7), options(changed))).toThrow(
      "Event 2: state 'Price' has become a Succeed state in the edited definition",
    );
    const rest = { ...PAY, States: { Price: task("price") } };
    expect(() => continueFrom(past(7), options(rest))).toThrow(
      "Event 6: state 'Pay' follows 'Price', but is not in the edited definition",
    );
    expect(continueFrom(past(6), options(rest)).execution.status).toBe("SUCCEEDED");
  });

  it("refuses a Parallel state with other branches", () => {
    const parallel = (count: number) => ({
      StartAt: "All",
      States: {
        All: {
          Type: "Parallel",
          Branches: Array.from({ length: count }, (_, index) => ({
            StartAt: `Price${index}`,
            States: { [`Price${index}`]: task("price") },
          })),
          End: true,
        },
      },
    });
    const before = options(parallel(2));
    const source = { options: before, run: simulate(before), eventId: 5 };
    expect(() => continueFrom(source, options(parallel(3)))).toThrow(
      "Event 3: state 'All' has 3 branches instead of 2",
    );
  });

  it("refuses events after which nothing can go on", () => {
    const { history } = simulate(options());
    expect(() => continueFrom(past(history.length), options())).toThrow(
      "Nothing can go on after event 11 (ExecutionFailed)",
    );
    expect(() => continueFrom(past(99), options())).toThrow(
      "There is no event 99: the history has 11 events",
    );
  });
});
