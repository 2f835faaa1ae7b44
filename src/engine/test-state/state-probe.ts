/** Keeps what TestState shows of the one state it runs, and makes the world that the state sees. */
import { contextObject, type ContextExtras } from "../../interpreter/context.ts";
import type { Execution, Failure, Frame } from "../../interpreter/execution.ts";
import type { InspectedNumber, InspectionStage, Probe } from "../../interpreter/probe.ts";
import { MockedFork } from "../../interpreter/test-state/mocked-fork.ts";
import type { MockedWork } from "../../interpreter/test-state/mocked-work.ts";
import type { Turn } from "../../interpreter/turn.ts";
import type { MapState, ParallelState } from "../../asl/definition.ts";
import type { Json, JsonObject } from "../../json/json.ts";

export class StateProbe implements Probe {
  readonly stages = new Map<InspectionStage, Json>();
  readonly numbers = new Map<InspectedNumber, number>();
  /** The state's own failure, before Retry and Catch. */
  failure: Failure | undefined;
  readonly #execution: Execution;
  readonly #context: JsonObject | undefined;
  readonly #fork: MockedFork | undefined;

  /** `context`: the caller's, in place of ours. */
  constructor(execution: Execution, context: JsonObject | undefined, mock: MockedWork | undefined) {
    this.#execution = execution;
    this.#context = context;
    this.#fork = mock === undefined ? undefined : new MockedFork(mock);
  }

  inspect(stage: InspectionStage, value: Json): void {
    this.stages.set(stage, value);
  }

  count(what: InspectedNumber, value: number): void {
    this.numbers.set(what, value);
  }

  failed(failure: Failure): void {
    this.failure = failure;
  }

  contextObject(frame: Frame, extras: ContextExtras): Json {
    const ours = contextObject(this.#execution, frame, extras) as JsonObject;
    const { Execution, Map: map, ...rest } = ours;
    const mapMember: JsonObject = map === undefined ? {} : { Map: map };
    if (this.#context !== undefined) return { ...this.#context, ...mapMember };
    // Recorded from AWS: no redrives here, and a missing role is null.
    const { RedriveCount: _, ...execution } = Execution as JsonObject;
    const RoleArn = this.#execution.info.roleArn === "" ? null : this.#execution.info.roleArn;
    return { Execution: { ...execution, RoleArn }, ...rest, ...mapMember };
  }

  runFork(turn: Turn, frame: Frame, state: MapState | ParallelState): void {
    if (this.#fork === undefined) throw new Error(`a ${state.type} is tested with a mock only`);
    this.#fork.run(turn, frame, state);
  }
}
