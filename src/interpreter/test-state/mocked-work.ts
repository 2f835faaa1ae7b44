/** What TestState is told about the work of the state it runs, in place of doing it. */
import type { Json } from "../../json/json.ts";

export interface MockedWork {
  readonly outcome: MockedOutcome;
  /** Map: how many iterations failed; undefined = none. */
  readonly failedIterations: number | undefined;
  /** Map: what its ItemReader would read, as it stands in the source. */
  readonly readerData: string | undefined;
}

export type MockedOutcome =
  /** The result of a task, of all branches or of all iterations, before ResultSelector. */
  | { readonly type: "Result"; readonly value: Json }
  | {
      readonly type: "Error";
      readonly error: string | undefined;
      readonly cause: string | undefined;
    };

/** The mock does not fit the state; thrown out of `decide`. The message is AWS's. */
export class MockRefused extends Error {
  override readonly name = "MockRefused";
}
