/** What is mocked: which states get which responses, by state machine and test case. */
import type { Json } from "../json/json.ts";

/** Responses of states by the state's name. */
export type MockedStates = ReadonlyMap<string, MockedResponse>;

/** The mocked states of test cases by the case's name. */
export type MockedCases = ReadonlyMap<string, MockedStates>;

export interface MockConfig {
  /** By the name of the state machine. */
  readonly stateMachines: ReadonlyMap<string, MockedCases>;
}

/** The answers that one state gets, call after call. */
export interface MockedResponse {
  /** Where it stands in the file, for messages: `$.MockedResponses.PaymentFails`. */
  readonly path: string;
  /** In ascending order, without overlaps; may be empty and have gaps, which fail when they are reached. */
  readonly answers: readonly MockedAnswer[];
}

/** Answers the calls with numbers from `first` to `last`; 0 is the first call. */
export interface MockedAnswer {
  readonly first: number;
  /** Infinity: all further calls. */
  readonly last: number;
  readonly outcome: MockedOutcome;
}

export type MockedOutcome =
  | { readonly type: "Return"; readonly result: Json }
  | { readonly type: "Throw"; readonly error: string; readonly cause: string };

export const NO_MOCKS: MockConfig = { stateMachines: new Map() };

/** Undefined: the response has no answer for that call. */
export function answerOf(response: MockedResponse, callNumber: number): MockedOutcome | undefined {
  return response.answers.find(({ first, last }) => first <= callNumber && callNumber <= last)
    ?.outcome;
}
