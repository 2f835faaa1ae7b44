import { describe, expect, it } from "vitest";
import { simulate } from "../../test/support/simulate.ts";

/** Assigns the input (102 bytes) to each of the variables, one state after the other. */
function run(names: readonly string[], limits: object) {
  const states = names.map((name, index) => [
    `S${index}`,
    {
      Type: "Pass",
      Assign: { [`${name}.$`]: "$" },
      ...(index + 1 < names.length ? { Next: `S${index + 1}` } : { End: true }),
    },
  ]);
  const definition = { StartAt: "S0", States: Object.fromEntries(states) as object };
  return simulate({ definition, input: `"${"x".repeat(100)}"`, limits }).execution;
}

describe("the limits of variables", () => {
  it("bound all variables of an execution together", () => {
    expect(run(["a", "b"], { variableBytes: 204 }).status).toBe("SUCCEEDED");
    const execution = run(["a", "b"], { variableBytes: 203 });
    expect(execution.error).toBe("States.DataLimitExceeded");
    expect(execution.cause).toContain("'S1'");
  });

  it("do not count what is replaced", () => {
    expect(run(["a", "a", "a"], { variableBytes: 102 }).status).toBe("SUCCEEDED");
  });

  it("bound one Assign by the payload limit", () => {
    expect(run(["a"], { payloadBytes: 110 }).status).toBe("SUCCEEDED");
    expect(run(["a"], { payloadBytes: 107 }).error).toBe("States.DataLimitExceeded");
  });
});
