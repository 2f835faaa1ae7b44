/** The mocks of one run of one definition: a MockConfigFile, or the short form by state. */
import type { Json, JsonObject } from "../json/json.ts";
import { isArray, isObject, memberOf } from "../json/kind.ts";
import { Findings, memberPath } from "./findings.ts";
import type { MockedResponse, MockedStates } from "./mock-config.ts";
import { readMockConfig } from "./read-mock-config.ts";
import { readOutcome, readResponse } from "./read-response.ts";

export interface RunMocks {
  /** Undefined: there are problems. */
  readonly states: MockedStates | undefined;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

export interface RunMocksQuery {
  /** The name that a run gives its state machine. */
  readonly stateMachineName: string;
  /** Undefined: the only one. */
  readonly testCase: string | undefined;
}

/** Reads either form; problems are values. */
export function readRunMocks(file: Json, query: RunMocksQuery): RunMocks {
  const isWhole =
    isObject(file) &&
    ["StateMachines", "MockedResponses"].some((name) => Object.hasOwn(file, name));
  return isWhole ? chosenCase(file, query) : shortForm(file, query);
}

function chosenCase(file: Json, { stateMachineName, testCase }: RunMocksQuery): RunMocks {
  const { config, problems, warnings } = readMockConfig(file);
  const refuse = (problem: string): RunMocks => ({
    states: undefined,
    problems: [problem],
    warnings,
  });
  if (config === undefined) return { states: undefined, problems, warnings };
  const { stateMachines } = config;
  const cases = stateMachines.get(stateMachineName) ?? onlyOne(stateMachines);
  if (cases === undefined) {
    return refuse(
      `$.StateMachines has ${namesOf(stateMachines)}; name the one for this definition ${JSON.stringify(stateMachineName)}, as its file is`,
    );
  }
  const states = testCase === undefined ? onlyOne(cases) : cases.get(testCase);
  if (states !== undefined) return { states, problems, warnings };
  return refuse(
    testCase === undefined
      ? `has the test cases ${namesOf(cases)}; choose one with --test-case NAME`
      : `has no test case ${JSON.stringify(testCase)}; it has ${namesOf(cases)}`,
  );
}

function shortForm(file: Json, { testCase }: RunMocksQuery): RunMocks {
  const findings = new Findings();
  const states = new Map<string, MockedResponse>();
  if (testCase !== undefined) {
    findings.problem("$", "names responses by state and has no test cases; leave --test-case out");
  }
  const content = findings.object(file, "$", '{ STATE: { "Return": {} } }');
  for (const [name, value] of Object.entries(content ?? {})) {
    const response = shortResponse(value, memberPath("$", name), findings);
    if (response !== undefined) states.set(name, response);
  }
  const { problems, warnings } = findings;
  return { states: problems.length > 0 ? undefined : states, problems, warnings };
}

/** One answer for all calls, a list with one for each call, or a response as in a MockConfigFile. */
function shortResponse(value: Json, path: string, findings: Findings): MockedResponse | undefined {
  if (isArray(value)) {
    const answers = value.flatMap((answer, call) => {
      const outcome = readOutcome(answer, `${path}[${call}]`, findings);
      return outcome === undefined ? [] : [{ first: call, last: call, outcome }];
    });
    return { path, answers };
  }
  if (isObject(value) && !isAnswer(value)) return readResponse(value, path, findings);
  const outcome = readOutcome(value, path, findings);
  return outcome && { path, answers: [{ first: 0, last: Infinity, outcome }] };
}

function isAnswer(value: JsonObject): boolean {
  return memberOf(value, "Return") !== undefined || memberOf(value, "Throw") !== undefined;
}

function onlyOne<Value>(values: ReadonlyMap<string, Value>): Value | undefined {
  return values.size === 1 ? [...values.values()][0] : undefined;
}

function namesOf(values: ReadonlyMap<string, unknown>): string {
  return values.size === 0 ? "none" : [...values.keys()].join(", ");
}
