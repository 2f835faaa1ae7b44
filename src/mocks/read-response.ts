/** Reads mocked responses: `{"0": {"Return": ...}, "1-2": {"Throw": {...}}}`. */
import { nearest } from "../asl/spelling.ts";
import type { Json, JsonObject } from "../json/json.ts";
import { memberOf } from "../json/kind.ts";
import { type Findings, memberPath } from "./findings.ts";
import type { MockedAnswer, MockedOutcome, MockedResponse } from "./mock-config.ts";

const RESPONSE_EXAMPLE = '{ "0": { "Return": {} } }';
const ANSWER_EXAMPLE = '{ "Return": {} } or { "Throw": { "Error": "Name", "Cause": "text" } }';
const THROW_EXAMPLE = '{ "Error": "Name", "Cause": "text" }';
/** `0` or `1-2`; nobody counts further than nine digits. */
const CALLS = /^(\d{1,9})(?:-(\d{1,9}))?$/;
/** Lengths of `error` and `cause` in AWS's API model. */
const MAX_ERROR_LENGTH = 256;
const MAX_CAUSE_LENGTH = 32_768;

/** A response of `MockedResponses`; undefined: nothing of it can be used, and `findings` says why. */
export function readResponse(
  value: Json,
  path: string,
  findings: Findings,
): MockedResponse | undefined {
  const response = findings.object(value, path, RESPONSE_EXAMPLE);
  if (response === undefined) return undefined;
  const answers = Object.entries(response).flatMap(([calls, answer]) => {
    const range = readCalls(calls, path, findings);
    const outcome = readOutcome(answer, memberPath(path, calls), findings);
    return range === undefined || outcome === undefined ? [] : [{ ...range, outcome }];
  });
  answers.sort((one, other) => one.first - other.first);
  checkOrder(answers, path, findings);
  return { path, answers };
}

/** What one call gets; undefined: it cannot be used, and `findings` says why. */
export function readOutcome(
  value: Json,
  path: string,
  findings: Findings,
): MockedOutcome | undefined {
  const answer = findings.object(value, path, ANSWER_EXAMPLE);
  if (answer === undefined) return undefined;
  const unknown = Object.keys(answer).find((name) => name !== "Return" && name !== "Throw");
  if (unknown !== undefined) {
    findings.problem(memberPath(path, unknown), `is not known; give ${ANSWER_EXAMPLE}`);
    return undefined;
  }
  const result = memberOf(answer, "Return");
  const thrown = memberOf(answer, "Throw");
  if (result !== undefined && thrown !== undefined) {
    findings.problem(path, "has both Return and Throw; remove one");
    return undefined;
  }
  if (result !== undefined) return { type: "Return", result };
  if (thrown !== undefined) return readThrow(thrown, `${path}.Throw`, findings);
  findings.problem(path, `has neither Return nor Throw; give ${ANSWER_EXAMPLE}`);
  return undefined;
}

function readThrow(value: Json, path: string, findings: Findings): MockedOutcome | undefined {
  const thrown = findings.object(value, path, THROW_EXAMPLE);
  if (thrown === undefined) return undefined;
  for (const name of Object.keys(thrown)) {
    if (name === "Error" || name === "Cause") continue;
    const meant = nearest(name, ["Error", "Cause"]);
    const cure = meant === undefined ? "remove it" : `write ${meant}`;
    findings.problem(memberPath(path, name), `is not known; ${cure}`);
    return undefined;
  }
  const error = readText(thrown, "Error", MAX_ERROR_LENGTH, path, findings);
  const cause = readText(thrown, "Cause", MAX_CAUSE_LENGTH, path, findings);
  if (error === undefined) {
    findings.problem(`${path}.Error`, 'must be the name of the error, such as "States.Timeout"');
    return undefined;
  }
  return { type: "Throw", error, cause: cause ?? "" };
}

function readText(
  object: JsonObject,
  name: string,
  max: number,
  path: string,
  findings: Findings,
): string | undefined {
  const value = memberOf(object, name);
  if (value === undefined) return undefined;
  if (typeof value !== "string") {
    findings.problem(`${path}.${name}`, "must be a string; write an object as JSON text");
    return "";
  }
  if (value.length > max) {
    findings.problem(`${path}.${name}`, `is longer than ${max} characters, the most AWS allows`);
  }
  return value;
}

function readCalls(
  calls: string,
  path: string,
  findings: Findings,
): Pick<MockedAnswer, "first" | "last"> | undefined {
  const [, from = "", to = from] = CALLS.exec(calls) ?? [];
  const first = Number(from);
  const last = Number(to);
  if (from === "") {
    findings.problem(
      memberPath(path, calls),
      'is not the number of a call; write "0" for the first call or "1-2" for the two after it',
    );
  } else if (last < first) {
    findings.problem(memberPath(path, calls), `ends before it begins; write "${last}-${first}"`);
  } else {
    return { first, last };
  }
  return undefined;
}

/** What Step Functions Local reads is read here too: it fails at a gap only when it is reached. */
function checkOrder(answers: readonly MockedAnswer[], path: string, findings: Findings): void {
  if (answers.length === 0) {
    findings.warn(path, "has no answers: the first call fails with States.Runtime");
    return;
  }
  let next = 0;
  for (const { first, last } of answers) {
    if (first < next) {
      findings.problem(path, `answers call ${first} twice; let each range begin after the last`);
      return;
    }
    if (first > next) {
      const gap = first - next === 1 ? `call ${next}` : `calls ${next}-${first - 1}`;
      findings.warn(path, `has no answer for ${gap}, which will fail with States.Runtime`);
    }
    next = last + 1;
  }
}
