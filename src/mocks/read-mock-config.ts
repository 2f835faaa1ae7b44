/** Reads the MockConfigFile of Step Functions Local. */
import { nearest } from "../asl/spelling.ts";
import type { Json, JsonObject } from "../json/json.ts";
import { memberOf } from "../json/kind.ts";
import { Findings, memberPath } from "./findings.ts";
import type { MockConfig, MockedCases, MockedResponse, MockedStates } from "./mock-config.ts";
import { readResponse } from "./read-response.ts";

export interface ReadMocks {
  /** Undefined: there are problems. */
  readonly config: MockConfig | undefined;
  /** Each begins with the path of its place and names the cure. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

const FIELDS = ["StateMachines", "MockedResponses"] as const;
const FILE_EXAMPLE =
  '{ "StateMachines": { NAME: { "TestCases": { CASE: { STATE: RESPONSE } } } }, "MockedResponses": { RESPONSE: { "0": { "Return": {} } } } }';

/** Problems are values; it never throws. */
export function readMockConfig(file: Json): ReadMocks {
  const findings = new Findings();
  const config = new ConfigReader(findings).read(file);
  const { problems, warnings } = findings;
  return { config: problems.length > 0 ? undefined : config, problems, warnings };
}

class ConfigReader {
  readonly #findings: Findings;
  /** Responses that stand in the file, readable or not. */
  #responses: JsonObject = {};
  readonly #read = new Map<string, MockedResponse | undefined>();

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  read(file: Json): MockConfig | undefined {
    const content = this.#findings.object(file, "$", FILE_EXAMPLE);
    if (content === undefined) return undefined;
    this.#warnOfUnknown(content, "$", FIELDS);
    const responses = memberOf(content, "MockedResponses") ?? {};
    this.#responses = this.#findings.object(responses, "$.MockedResponses", "{}") ?? {};
    // Also those that no case names: a mistake in them is a mistake.
    for (const id of Object.keys(this.#responses)) this.#response(id);
    const machines = this.#findings.object(
      memberOf(content, "StateMachines"),
      "$.StateMachines",
      '{ NAME: { "TestCases": {} } }',
    );
    const stateMachines = new Map<string, MockedCases>();
    for (const [name, machine] of Object.entries(machines ?? {})) {
      stateMachines.set(name, this.#cases(machine, memberPath("$.StateMachines", name)));
    }
    return { stateMachines };
  }

  #cases(value: Json, path: string): MockedCases {
    const cases = new Map<string, MockedStates>();
    const machine = this.#findings.object(value, path, '{ "TestCases": {} }');
    if (machine === undefined) return cases;
    this.#warnOfUnknown(machine, path, ["TestCases"]);
    const testCases = this.#findings.object(
      memberOf(machine, "TestCases"),
      `${path}.TestCases`,
      "{ CASE: { STATE: RESPONSE } }",
    );
    for (const [name, states] of Object.entries(testCases ?? {})) {
      cases.set(name, this.#states(states, memberPath(`${path}.TestCases`, name)));
    }
    return cases;
  }

  #states(value: Json, path: string): MockedStates {
    const states = new Map<string, MockedResponse>();
    const testCase = this.#findings.object(value, path, "{ STATE: RESPONSE }");
    for (const [state, id] of Object.entries(testCase ?? {})) {
      const response = this.#named(id, memberPath(path, state));
      if (response !== undefined) states.set(state, response);
    }
    return states;
  }

  #named(id: Json, path: string): MockedResponse | undefined {
    if (typeof id !== "string") {
      this.#findings.problem(path, "must be the name of a response in $.MockedResponses");
      return undefined;
    }
    const response = this.#response(id);
    if (!Object.hasOwn(this.#responses, id)) {
      const meant = nearest(id, Object.keys(this.#responses));
      const cure = meant === undefined ? "add it there" : `did you mean ${JSON.stringify(meant)}?`;
      this.#findings.problem(
        path,
        `names the response ${JSON.stringify(id)}, which is not in $.MockedResponses; ${cure}`,
      );
    }
    return response;
  }

  #response(id: string): MockedResponse | undefined {
    const value = memberOf(this.#responses, id);
    if (value === undefined) return undefined;
    if (!this.#read.has(id)) {
      const path = memberPath("$.MockedResponses", id);
      this.#read.set(id, readResponse(value, path, this.#findings));
    }
    return this.#read.get(id);
  }

  /** Step Functions Local passes over them, so they are no problem. */
  #warnOfUnknown(object: JsonObject, path: string, known: readonly string[]): void {
    for (const name of Object.keys(object)) {
      if (known.includes(name) || name === "$schema" || name === "Comment") continue;
      const meant = nearest(name, known);
      const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
      this.#findings.warn(memberPath(path, name), `is not known and passed over${hint}`);
    }
  }
}
