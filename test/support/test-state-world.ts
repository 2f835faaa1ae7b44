/** TestState with a virtual clock, tasks that tests answer, and the evaluator that is given. */
import { quotasWith } from "../../src/engine/quotas.ts";
import type {
  ExpressionEvaluator,
  ResultShapes,
  TaskCall,
  TaskReport,
} from "../../src/engine/ports.ts";
import { DEFAULT_LIMITS } from "../../src/engine/limits.ts";
import { createStateTester } from "../../src/engine/test-state/state-tester.ts";
import { VirtualClock } from "./virtual-clock.ts";
import type { ApiContext, Output } from "../../src/api/operation.ts";
import { testState } from "../../src/api/operations/test-state.ts";

export const ROLE = "arn:aws:iam::123456789012:role/r";

export class TestStateWorld {
  readonly clock = new VirtualClock(1_700_000_000_123);
  readonly aborter = new AbortController();
  readonly calls: TaskCall[] = [];
  cancelled = 0;
  /** What the tasks do. */
  worker: (call: TaskCall, report: TaskReport) => void = () => undefined;
  readonly #context: Pick<ApiContext, "stateTester" | "limits">;

  constructor(evaluator: ExpressionEvaluator, resultShapes: ResultShapes) {
    let uuids = 0;
    const stateTester = createStateTester({
      taskRunner: {
        run: (call, report) => {
          this.calls.push(call);
          this.worker(call, report);
          return () => {
            this.cancelled++;
          };
        },
        close: () => Promise.resolve(),
      },
      resultShapes,
      evaluator,
      clock: this.clock,
      randomness: { number: () => 0.5, uuid: () => `uuid-${(uuids += 1)}` },
      region: "us-east-1",
      accountId: "123456789012",
      limits: DEFAULT_LIMITS,
    });
    this.#context = { stateTester, limits: quotasWith({}) };
  }

  /** Calls TestState; `definition` and other values that the API wants as JSON text may be values. */
  call(input: object): Promise<Output> {
    const request = { requestId: "r", traceHeader: undefined, signal: this.aborter.signal };
    // TestState uses nothing else of it.
    return testState.call(asTexts(input), this.#context as ApiContext, request);
  }

  /** `name: message` of the error, or `none`. */
  failure(input: object): Promise<string> {
    return this.call(input).then(
      () => "none",
      (error: Error) => `${error.name}: ${error.message}`,
    );
  }
}

const TEXTS = new Set(["definition", "input", "variables", "context", "result"]);

function asTexts(input: object): object {
  const entries = Object.entries(input).map(([name, value]: [string, unknown]) => {
    if (TEXTS.has(name) && typeof value !== "string") return [name, JSON.stringify(value)];
    return [name, name === "mock" ? asTexts(Object(value)) : value];
  });
  return Object.fromEntries(entries) as object;
}
