/** What an API operation is, and what it works with. */
import type { Catalog } from "../engine/catalog/catalog.ts";
import type { ExecutionService } from "../engine/execution-service.ts";
import type { Clock, Randomness, TestCases } from "../engine/ports.ts";
import type { Quotas } from "../engine/quotas.ts";
import type { StateTester } from "../engine/test-state/state-tester.ts";
import type { Paging } from "./paging.ts";
import type { InputOf, Members } from "./shapes.ts";
import { validate } from "./validate.ts";

export { STOPPING } from "../engine/execution-service.ts";

/** What all requests share. */
export interface ApiContext {
  readonly engine: ExecutionService;
  readonly catalog: Catalog;
  readonly stateTester: StateTester;
  /** Undefined: an execution cannot be started with a test case. */
  readonly testCases: TestCases | undefined;
  readonly clock: Pick<Clock, "now">;
  /** Chooses between the versions of an alias. */
  readonly randomness: Pick<Randomness, "number">;
  readonly limits: Quotas;
  readonly paging: Paging;
  readonly region: string;
  readonly accountId: string;
}

/** What one request brings besides its body. */
export interface RequestInfo {
  readonly requestId: string;
  /** The X-Amzn-Trace-Id header; it beats the member `traceHeader`. */
  readonly traceHeader: string | undefined;
  /**
   * Aborts when the answer cannot reach the client any more, also after the operation gave it; and
   * with the reason STOPPING when the server stops before that: a long poll can then give its answer
   * at once.
   */
  readonly signal: AbortSignal;
  /** Names the attempt of a task that asks from inside the server. */
  readonly startedBy?: string | undefined;
}

/** The body of an answer; members that are undefined are left out. */
export type Output = Readonly<Record<string, unknown>>;

/** An operation that checks its input itself. */
export interface Operation {
  /** AWS's name, e.g. `StartExecution`. */
  readonly name: string;
  /** `input`: the parsed body, unchecked. Rejects with ApiError, or StoreUnavailable. */
  call(input: unknown, context: ApiContext, request: RequestInfo): Promise<Output>;
}

/** Makes an operation out of its input's members and a handler for what passed the checks. */
export function operation<M extends Members>(
  name: string,
  members: M,
  handle: (input: InputOf<M>, context: ApiContext, request: RequestInfo) => Promise<Output>,
): Operation {
  return {
    name,
    call: async (input, context, request) =>
      handle(validate(members, input, context.limits), context, request),
  };
}
