import { expect, test } from "vitest";
import { parseDefinition } from "./parse-definition.ts";

const ALL = ["States.ALL"];

function diagnose(fields: object): string[] {
  const state = { Type: "Parallel", End: true, ...fields };
  const branch = { StartAt: "In", States: { In: { Type: "Pass", End: true } } };
  const text = JSON.stringify({
    StartAt: "A",
    States: { A: { ...state, Branches: [branch] } },
  });
  return parseDefinition(text, { type: "STANDARD" }).diagnostics.map(
    ({ severity, message, location }) => `${severity} ${message} at ${location}`,
  );
}

test.each([
  [{ ErrorEquals: ["E"] }],
  [{ ErrorEquals: ["E", "States.Timeout", "States.Http.StatusCode.500", ""], Comment: "c" }],
  [{ ErrorEquals: ALL, IntervalSeconds: 3, MaxAttempts: 0, BackoffRate: 1, MaxDelaySeconds: 4 }],
  [{ ErrorEquals: ALL, JitterStrategy: "FULL", BackoffRate: 1.5 }],
])("Retry may have %j", (retrier) => {
  expect(diagnose({ Retry: [retrier] })).toEqual([]);
});

test.each([
  [{}, "These fields are required: [ErrorEquals] at ~"],
  [{ ErrorEquals: [] }, "Value cannot be empty at ~/ErrorEquals"],
  [{ ErrorEquals: "E" }, "Expected value of type [ARRAY] at ~/ErrorEquals"],
  [{ ErrorEquals: ["E", 1] }, "Expected value of type [STRING] at ~/ErrorEquals[1]"],
  [
    { ErrorEquals: ["E", ...ALL] },
    "'States.ALL' must be the only error name in 'ErrorEquals': it matches the others, too at ~/ErrorEquals",
  ],
  [{ ErrorEquals: ["E"], IntervalSeconds: 0 }, "Minimum value is 1 at ~/IntervalSeconds"],
  [{ ErrorEquals: ["E"], IntervalSeconds: 1e8 }, "Maximum value is 99999999 at ~/IntervalSeconds"],
  [{ ErrorEquals: ["E"], MaxAttempts: -1 }, "Minimum value is 0 at ~/MaxAttempts"],
  [{ ErrorEquals: ["E"], BackoffRate: 0.5 }, "Minimum value is 1.0 at ~/BackoffRate"],
  [{ ErrorEquals: ["E"], BackoffRate: "2" }, "Expected value of type [NUMBER] at ~/BackoffRate"],
  [
    { ErrorEquals: ["E"], MaxDelaySeconds: 1 },
    "'MaxDelaySeconds' (1) must be greater than 'IntervalSeconds' (1) at ~",
  ],
  [
    { ErrorEquals: ["E"], MaxDelaySeconds: 31_622_401 },
    "Maximum value is 31622400 at ~/MaxDelaySeconds",
  ],
  [
    { ErrorEquals: ["E"], JitterStrategy: "HALF" },
    "The field 'JitterStrategy' should have one of these values: [FULL, NONE] at ~/JitterStrategy",
  ],
])("Retry may not have %j", (retrier, message) => {
  expect(diagnose({ Retry: [retrier] })).toEqual([
    `ERROR ${message.replace("~", "/States/A/Retry[0]")}`,
  ]);
});

test.each([
  [{ ErrorEquals: ["E"] }, "These fields are required: [Next] at ~"],
  [{ ErrorEquals: ["E"], Next: 1 }, "Expected value of type [STRING] at ~/Next"],
  [
    { ErrorEquals: ["E"], Next: "A", ResultPath: "x" },
    "Value is not a Reference Path at ~/ResultPath",
  ],
  [
    { ErrorEquals: ["E"], Next: "A", Output: {} },
    "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at ~",
  ],
])("Catch may not have %j", (catcher, message) => {
  expect(diagnose({ Catch: [catcher] })).toEqual([
    `ERROR ${message.replace("~", "/States/A/Catch[0]")}`,
  ]);
});

test("States.ALL comes last", () => {
  const message = "'States.ALL' is only allowed in the last element of";
  const why = ": those after it would never be reached";
  const all = { ErrorEquals: ALL };
  expect(diagnose({ Retry: [all, { ErrorEquals: ["E"] }], Catch: [] })).toEqual([
    `ERROR ${message} 'Retry'${why} at /States/A/Retry[0]/ErrorEquals`,
  ]);
  expect(
    diagnose({
      Catch: [
        { ...all, Next: "A" },
        { ...all, Next: "A" },
      ],
    }),
  ).toEqual([`ERROR ${message} 'Catch'${why} at /States/A/Catch[0]/ErrorEquals`]);
});

test.each([
  [
    "States.TaskFail",
    "There is no predefined error 'States.TaskFail', so this never matches; did you mean 'States.TaskFailed'?",
  ],
  ["States.Nonsense", "There is no predefined error 'States.Nonsense', so this never matches"],
  ["States.Runtime", "States.Runtime is never retried nor caught; it always fails the execution"],
])("warns of %s", (name, message) => {
  expect(diagnose({ Retry: [{ ErrorEquals: [name] }] })).toEqual([
    `WARNING ${message} at /States/A/Retry[0]/ErrorEquals[0]`,
  ]);
});

test("warns of a misspelt field", () => {
  expect(diagnose({ Retry: [{ ErrorEquals: ["E"], MaxAttempt: 1, Why: "x" }] })).toEqual([
    "WARNING The field 'MaxAttempt' is unknown and has no effect; did you mean 'MaxAttempts'? at /States/A/Retry[0]/MaxAttempt",
  ]);
});
