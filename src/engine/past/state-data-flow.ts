/**
 * The data flow of a state that an execution went through: what each stage made of the data. The past
 * is folded up to the state's entry and again up to its exit, and the state takes its step once more
 * with a probe looking on; nothing is called, and nothing is recorded.
 */
import type { Event } from "../../interpreter/event.ts";
import type { Execution, Failure, Frame } from "../../interpreter/execution.ts";
import { Inspection } from "../../interpreter/inspect.ts";
import type { InspectionStage, Probe } from "../../interpreter/probe.ts";
import type { Surroundings } from "../../interpreter/signal.ts";
import type { Json, JsonObject } from "../../json/json.ts";
import { digest } from "../digest.ts";
import type { ExecutionLoader } from "../execution-loader.ts";
import type { ExecutionReader } from "../execution-reader.ts";
import type { ExecutionRecord, ExpressionEvaluator, Randomness } from "../ports.ts";
import type { PastReader } from "./past-reader.ts";

export interface StateDataFlow {
  readonly state: string;
  readonly type: string;
  readonly queryLanguage: "JSONPath" | "JSONata";
  /** JSON pointer of the state in the definition, where its fields are. */
  readonly pointer: string;
  readonly enteredEventId: number;
  /** Undefined: it was not left, or not by this visit. */
  readonly exitedEventId: number | undefined;
  readonly input: Json;
  /** In the order in which they came. */
  readonly stages: readonly { readonly stage: InspectionStage; readonly value: Json }[];
  /** What the work gave, before ResultSelector or Output; undefined: there was none, or not yet. */
  readonly result: Json | undefined;
  readonly output: Json | undefined;
  /** What Assign gave. */
  readonly assigned: JsonObject | undefined;
  /** Why it failed, before Retry and Catch. */
  readonly failure:
    | { readonly error: string | undefined; readonly cause: string | undefined }
    | undefined;
  /** How often it was retried in this visit. */
  readonly retryCount: number;
  /** Variables as the state saw them. */
  readonly variables: JsonObject;
}

export interface StateDataFlowParts {
  readonly past: Pick<PastReader, "foldWhile">;
  readonly loader: Pick<ExecutionLoader, "blank">;
  readonly reader: Pick<ExecutionReader, "find">;
  readonly evaluator: ExpressionEvaluator;
  readonly randomness: Randomness;
}

/** Requests to the evaluator for one stage of one state. */
const MAX_EVALUATIONS = 20;

/** What the journal says of one visit of a state. */
interface Visit {
  /** Right after the state was entered. */
  readonly entered: Execution;
  /** Right before it was left, or as it is. */
  readonly left: Execution;
  readonly frame: number;
  readonly exit: (Event & { readonly kind: "StateExited" }) | undefined;
  readonly exitedEventId: number | undefined;
}

export class DataFlowReader {
  readonly #parts: StateDataFlowParts;

  constructor(parts: StateDataFlowParts) {
    this.#parts = parts;
  }

  /**
   * `eventId`: of a …StateEntered. Undefined: no such execution, or another event. Rejects with
   * StoreUnavailable.
   */
  async read(arn: string, eventId: number): Promise<StateDataFlow | undefined> {
    const record = await this.#parts.reader.find(arn);
    if (record === undefined) return undefined;
    const visit = await this.#visit(record, eventId);
    if (visit === undefined) return undefined;
    const frame = visit.entered.frames.get(visit.frame);
    const { state } = frame ?? {};
    if (frame === undefined || state === undefined) return undefined;
    const input = frame.input;
    const variables = visibleVariables(frame);
    const probe = new StageRecorder();
    await this.#inspect(visit.entered, visit.frame, probe, record);
    const last = visit.left.frames.get(visit.frame) ?? visit.left.root;
    const result = last.id === visit.frame ? last.result : undefined;
    const { retryCount } = last;
    if (last.phase.type === "Worked") await this.#inspect(visit.left, visit.frame, probe, record);
    const failure = last.phase.type === "Failing" ? last.phase.failure : probe.failure;
    return {
      state: state.name,
      type: state.type,
      queryLanguage: state.language,
      pointer: state.pointer,
      enteredEventId: eventId,
      exitedEventId: visit.exitedEventId,
      input,
      stages: [...probe.stages].map(([stage, value]) => ({ stage, value })),
      result,
      output: visit.exit?.output,
      assigned: visit.exit?.assigned,
      failure: failure && { error: failure.error, cause: failure.cause },
      retryCount,
      variables,
    };
  }

  async #visit(record: ExecutionRecord, eventId: number): Promise<Visit | undefined> {
    const { loader, past } = this.#parts;
    const entered = await loader.blank(record);
    let entry: Event | undefined;
    await past.foldWhile(record, entered, (event) => {
      if (entered.lastEventId >= eventId) return false;
      entry = event;
      return true;
    });
    if (entered.lastEventId !== eventId || entry?.kind !== "StateEntered") return undefined;
    const { frame } = entry;
    const left = await loader.blank(record);
    let exit: Visit["exit"];
    await past.foldWhile(record, left, (event) => {
      if (left.lastEventId < eventId) return true;
      if (event.kind === "StateExited" && event.frame === frame) exit = event;
      return exit === undefined && !isOver(event, frame);
    });
    const exitedEventId = exit && left.lastEventId + 1;
    return { entered, left, frame, exit, exitedEventId };
  }

  async #inspect(
    execution: Execution,
    frame: number,
    probe: Probe,
    record: ExecutionRecord,
  ): Promise<void> {
    const inspection = new Inspection(execution, frame, this.#surroundings(execution), probe);
    let request = inspection.step();
    for (let count = 0; request !== undefined && count < MAX_EVALUATIONS; count++) {
      const { id, expressions, states, variables } = request;
      const owner = `the past of execution ${record.id}`;
      const evaluator = this.#parts.evaluator;
      const values = await evaluator.evaluate({ expressions, states, variables, owner });
      const results = new Map(expressions.map(({ field }, index) => [field, values[index]!]));
      request = inspection.evaluated({ type: "Evaluated", id, results });
    }
  }

  /** Nothing that is made from these is ever used again. */
  #surroundings(execution: Execution): Surroundings {
    const { randomness } = this.#parts;
    return {
      at: execution.lastAt,
      random: () => randomness.number(),
      uuid: () => randomness.uuid(),
      hash: digest,
      token: () => "the token of this attempt",
      mapRunUuid: () => randomness.uuid(),
    };
  }
}

/** Whether the event says that the visit ends without an exit. */
function isOver(event: Event, frame: number): boolean {
  switch (event.kind) {
    case "ExecutionFailed":
    case "ExecutionAborted":
    case "ExecutionTimedOut":
      return true;
    case "StateAborted":
    case "IterationFailed":
    case "BranchFailed":
    case "IterationAborted":
      return event.frame === frame;
    default:
      return false;
  }
}

/** Outer scopes first, so that inner variables take their place. */
function visibleVariables(frame: Frame | undefined): JsonObject {
  if (frame === undefined) return {};
  return { ...visibleVariables(frame.parent), ...Object.fromEntries(frame.variables ?? []) };
}

class StageRecorder implements Probe {
  readonly stages = new Map<InspectionStage, Json>();
  failure: Failure | undefined;

  inspect(stage: InspectionStage, value: Json): void {
    this.stages.set(stage, value);
  }

  /** They are told by the definition and the history. */
  count(): void {}

  failed(failure: Failure): void {
    this.failure = failure;
  }
}
