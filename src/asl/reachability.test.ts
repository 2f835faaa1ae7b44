import { expect, test } from "vitest";
import { parseDefinition } from "./parse-definition.ts";

const OK = { Type: "Succeed" };
const to = (Next: string) => ({ Type: "Pass", Next });
const CHOICES = [{ Variable: "$.x", IsNull: true, Next: "NOPE" }];
const TASK = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", End: true };
const MISSING = "MISSING_TRANSITION_TARGET: Missing 'Next' target: NOPE at";
const NO_END = "MISSING_END_STATE: Workflow has no terminal state at undefined";

function findings(states: object, startAt = "A"): string[] {
  const text = JSON.stringify({ StartAt: startAt, States: states });
  const { diagnostics } = parseDefinition(text, { type: "STANDARD" });
  return diagnostics
    .filter(({ code }) => code.startsWith("MISSING_") && code !== "MISSING_DEFAULT")
    .map(({ severity, code, message, location }) => {
      const finding = `${code}: ${message} at ${location}`;
      return severity === "ERROR" ? finding : `(${finding})`;
    });
}

function unreachable(name: string): string {
  return `MISSING_TRANSITION_TARGET: State "${name}" is not reachable. at /States/${name}`;
}

test.each([
  ["an end", { A: to("B"), B: OK }, []],
  ["a loop", { A: to("B"), B: to("A") }, [NO_END]],
  ["a loop, with a state beside it", { A: to("B"), B: to("A"), C: to("A") }, [NO_END]],
  ["a loop, with an end beside it", { A: to("B"), B: to("A"), C: OK }, [unreachable("C")]],
  ["no target and no end", { A: to("NOPE") }, [`${MISSING} /States/A/Next`, NO_END]],
  ["no target", { A: to("NOPE"), B: OK }, [`${MISSING} /States/A/Next`, unreachable("B")]],
  [
    "a rule",
    { A: { Type: "Choice", Choices: CHOICES, Default: "B" }, B: OK },
    [`${MISSING} /States/A/Choices[0]/Next`],
  ],
  [
    "a default",
    { A: { Type: "Choice", Choices: [{ ...CHOICES[0], Next: "B" }], Default: "NOPE" }, B: OK },
    [`${MISSING} /States/A/Default`],
  ],
  [
    "a catcher",
    { A: { ...TASK, Catch: [{ ErrorEquals: ["E"], Next: "NOPE" }] } },
    [`${MISSING} /States/A/Catch[0]/Next`],
  ],
  [
    "an island",
    { A: OK, B: to("C"), C: to("B") },
    ["B", "C"].map(
      (name) =>
        `(MISSING_TRANSITION_TARGET: State "${name}" is not reachable. Only states that are not ` +
        `reachable themselves lead to it at /States/${name})`,
    ),
  ],
])("%s", (_, states, expected) => {
  expect(findings(states)).toEqual(expected);
});

test("a start that does not exist: states that others lead to are not named", () => {
  expect(findings({ A: to("B"), B: OK }, "NOPE")).toEqual([
    `${MISSING} /StartAt`,
    unreachable("A"),
  ]);
});

test("transitions stay within their machine, which needs no end", () => {
  const branches = [
    { StartAt: "B", States: { B: to("A") } },
    { StartAt: "C", States: { C: to("D"), D: to("C") } },
    { StartAt: "NOPE", States: { E: OK } },
  ];
  expect(findings({ A: { Type: "Parallel", Branches: branches, End: true } })).toEqual([
    "MISSING_TRANSITION_TARGET: Missing 'Next' target: A at /States/A/Branches[0]/States/B/Next",
    `${MISSING} /States/A/Branches[2]/StartAt`,
    'MISSING_TRANSITION_TARGET: State "E" is not reachable. at /States/A/Branches[2]/States/E',
  ]);
});

test("a broken state may lead anywhere", () => {
  expect(findings({ A: { Type: "Wait", Next: "NOPE" }, B: OK })).toEqual([
    `${MISSING} /States/A/Next`,
  ]);
});
