/** TestState: runs one state with the decider that runs executions, in memory, and looks on. */
import type { Definition } from "../../asl/definition.ts";
import type { InspectedNumber, InspectionStage } from "../../interpreter/probe.ts";
import type { MockedWork } from "../../interpreter/test-state/mocked-work.ts";
import type { Json, JsonObject } from "../../json/json.ts";
import type { EngineLimits } from "../limits.ts";
import { StoreUnavailable } from "../ports.ts";
import type {
  Clock,
  ExpressionEvaluator,
  Randomness,
  ResultShapes,
  ShownRequest,
  ShownResponse,
  TaskRunner,
} from "../ports.ts";
import { StateRun } from "./state-run.ts";

export interface StateTestRequest {
  /** A machine of which the first state is tested; the others are never entered. */
  readonly definition: Definition;
  /** "": none. */
  readonly roleArn: string;
  readonly input: Json;
  readonly variables: JsonObject;
  /** The context object in place of ours. */
  readonly context: JsonObject | undefined;
  /** Required for Map, Parallel and tasks that wait for somebody. */
  readonly mock: MockedWork | undefined;
  /** Retries that every retrier has made before. */
  readonly retryCount: number;
  /** Whether the HTTP request of the state is to be shown, and how; undefined: it is not. */
  readonly trace: { readonly revealsSecrets: boolean } | undefined;
  /** Nobody waits for the result any more. */
  readonly signal: AbortSignal;
}

export interface StateTestResult {
  readonly status: "SUCCEEDED" | "CAUGHT_ERROR" | "RETRIABLE" | "FAILED";
  /** Of a state that was left. */
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Undefined: there is none, or it is not left. */
  readonly nextState: string | undefined;
  /** Those that were given and those that the state assigned. */
  readonly variables: JsonObject;
  readonly stages: ReadonlyMap<InspectionStage, Json>;
  readonly numbers: ReadonlyMap<InspectedNumber, number>;
  /** With a trace, of a state that sends an HTTP request. */
  readonly request: ShownRequest | undefined;
  readonly response: ShownResponse | undefined;
}

export interface StateTester {
  /** What mocked results of service integrations must look like. */
  readonly resultShapes: ResultShapes;
  /**
   * Runs the state once: to its exit, its failure or its next retry. Rejects with MockRefused, or
   * with StoreUnavailable when too much runs, an expression cannot be evaluated now, or the request
   * is aborted.
   */
  test(request: StateTestRequest): Promise<StateTestResult>;
}

export interface StateTesterParts {
  readonly taskRunner: TaskRunner;
  readonly resultShapes: ResultShapes;
  readonly evaluator: ExpressionEvaluator;
  readonly clock: Clock;
  readonly randomness: Pick<Randomness, "number" | "uuid">;
  readonly region: string;
  readonly accountId: string;
  readonly limits: Pick<EngineLimits, "execution" | "expressMilliseconds">;
}

/** States under test at a time. Ours; AWS takes 50 calls at once and 10 a second. */
const MAX_TESTS = 1_000;

export function createStateTester(parts: StateTesterParts): StateTester {
  let running = 0;
  return {
    resultShapes: parts.resultShapes,
    async test(request) {
      if (running >= MAX_TESTS) {
        throw new StoreUnavailable("Too many states are being tested; try again later");
      }
      running++;
      try {
        return await new StateRun(parts, request).run();
      } finally {
        running--;
      }
    },
  };
}
