/** The mock configuration in service: which calls it answers, and what test cases there are. */
import type { Definition } from "../asl/definition.ts";
import type { ResultShapes, TaskCall, TestCases } from "../engine/ports.ts";
import { checkTestCase } from "./check-test-case.ts";
import { answerOf, type MockConfig, type MockedOutcome, NO_MOCKS } from "./mock-config.ts";

/** Names that a message lists. */
const NAMED = 20;
/** Checks that are remembered, so that each warning is told once. */
const MAX_CHECKED = 10_000;

export interface MockedServicesOptions {
  /** Undefined: the server has none. */
  readonly config: MockConfig | undefined;
  /** Where it comes from, for messages: a path. */
  readonly source: string;
  /** The definition of a revision of a state machine. */
  readonly definitionOf: (revisionId: number) => Promise<Definition>;
  readonly resultShapes: ResultShapes;
  readonly log: { warn(facts: object, message: string): void };
}

type Subject = Pick<TaskCall, "stateMachineArn" | "stateName" | "testCase">;

export class MockedServices implements TestCases {
  readonly #options: MockedServicesOptions;
  #config: MockConfig;
  /** Checks under way. */
  readonly #checks = new Set<Promise<void>>();
  /** Revisions with test cases that were checked since the configuration was read. */
  readonly #checked = new Set<string>();

  constructor(options: MockedServicesOptions) {
    this.#options = options;
    this.#config = options.config ?? NO_MOCKS;
  }

  /** Another configuration from now on; running executions get its answers for their next calls. */
  replace(config: MockConfig): void {
    this.#config = config;
    this.#checked.clear();
  }

  choose(choice: Parameters<TestCases["choose"]>[0]): string | undefined {
    const { stateMachineName, revisionId, testCase } = choice;
    const problem = this.#missing(stateMachineName, testCase);
    if (problem === undefined) {
      const check = this.#check(stateMachineName, revisionId, testCase);
      this.#checks.add(check);
      void check.finally(() => this.#checks.delete(check));
    }
    return problem;
  }

  /** Resolves when the log has been told what there is to tell. */
  async settled(): Promise<void> {
    await Promise.all(this.#checks);
  }

  /**
   * Whether a call is answered here. So is every call of an execution whose test case is gone: it
   * must fail and not reach the service that was to be mocked.
   */
  covers({ stateMachineArn, stateName, testCase }: Subject): boolean {
    if (testCase === undefined) return false;
    const states = this.#config.stateMachines.get(machineNameOf(stateMachineArn))?.get(testCase);
    return states === undefined || states.has(stateName);
  }

  /** What a call that is covered gets; a call that nothing is said of fails with States.Runtime. */
  answer({
    stateMachineArn,
    stateName,
    testCase = "",
    callNumber = 0,
  }: Subject & Pick<TaskCall, "callNumber">): MockedOutcome {
    const name = machineNameOf(stateMachineArn);
    const problem = this.#missing(name, testCase);
    if (problem !== undefined) {
      return failure(`The execution was started with the test case '${testCase}'. ${problem}`);
    }
    const response = this.#config.stateMachines.get(name)?.get(testCase)?.get(stateName);
    const outcome = response && answerOf(response, callNumber);
    return (
      outcome ??
      failure(
        `No mocked response for call ${callNumber} of the state '${stateName}' (0 is the first) in the test case '${testCase}'; add "${callNumber}" to ${response?.path} in ${this.#options.source}.`,
      )
    );
  }

  /** Why there is no such test case. */
  #missing(stateMachineName: string, testCase: string): string | undefined {
    const { config, source } = this.#options;
    if (config === undefined) {
      return "This server has no mock configuration; start it with --mock-config FILE.";
    }
    const cases = this.#config.stateMachines.get(stateMachineName);
    if (cases === undefined) {
      const names = [...this.#config.stateMachines.keys()];
      return `${source} has no state machine '${stateMachineName}' in $.StateMachines; ${listOf(names)}.`;
    }
    if (cases.has(testCase)) return undefined;
    return `${source} has no test case '${testCase}' for the state machine '${stateMachineName}'; ${listOf([...cases.keys()])}.`;
  }

  /** Tells the log, once, what is doubtful about a test case of that revision. */
  async #check(stateMachineName: string, revisionId: number, testCase: string): Promise<void> {
    const key = `${revisionId}#${testCase}`;
    const states = this.#config.stateMachines.get(stateMachineName)?.get(testCase);
    if (states === undefined || this.#checked.has(key)) return;
    if (this.#checked.size >= MAX_CHECKED) this.#checked.clear();
    this.#checked.add(key);
    const { definitionOf, resultShapes, log, source } = this.#options;
    const facts = { stateMachine: stateMachineName, testCase, mockConfig: source };
    try {
      const definition = await definitionOf(revisionId);
      for (const warning of await checkTestCase(states, definition, resultShapes)) {
        log.warn(facts, `mocks: ${warning}`);
      }
    } catch (error) {
      this.#checked.delete(key);
      log.warn({ ...facts, err: error }, "mocks: the test case could not be checked");
    }
  }
}

function failure(cause: string): MockedOutcome {
  return { type: "Throw", error: "States.Runtime", cause };
}

/** Also of `stateMachine:NAME/LABEL`, of which the child executions of a Map Run are. */
function machineNameOf(stateMachineArn: string): string {
  return (stateMachineArn.split(":")[6] ?? "").split("/")[0] ?? "";
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return "it has none";
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
  return `it has ${names.slice(0, NAMED).join(", ")}${more}`;
}
