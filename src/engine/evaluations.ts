/** Hands expressions to the guarded evaluator and its answers back as signals. */
import type { Command } from "../interpreter/command.ts";
import type { EngineLog } from "./engine-log.ts";
import type { Clock, ExpressionEvaluator } from "./ports.ts";
import type { SignalSink } from "./signal-sink.ts";

/** Milliseconds until a request is tried again that the evaluator could not take. */
const RETRY_AFTER = 1000;

export interface EvaluationsParts {
  readonly evaluator: ExpressionEvaluator;
  readonly sink: SignalSink;
  readonly clock: Clock;
  readonly log: EngineLog;
}

/** The execution that asks; ids of EXPRESS executions are negative. */
export interface EvaluationOwner {
  readonly id: number;
  readonly execution: { readonly info: { readonly stateMachineArn: string } };
  /** Thrown out of memory: what it asked for will be asked for again by its successor. */
  readonly isGone?: boolean;
}

type EvaluateCommand = Extract<Command, { type: "Evaluate" }>;

export class Evaluations {
  readonly #parts: EvaluationsParts;
  #stopped = false;

  constructor(parts: EvaluationsParts) {
    this.#parts = parts;
  }

  /** Starts an evaluation; nothing of it is durable. */
  start(owner: EvaluationOwner, command: EvaluateCommand): void {
    void this.#evaluate(owner, command);
  }

  /** Tries nothing again. */
  stop(): void {
    this.#stopped = true;
  }

  async #evaluate(owner: EvaluationOwner, command: EvaluateCommand): Promise<void> {
    const { expressions, states, variables, id } = command;
    const { evaluator, sink, clock, log } = this.#parts;
    try {
      const evaluated = await evaluator.evaluate({
        expressions,
        states,
        variables,
        owner: owner.execution.info.stateMachineArn,
      });
      if (this.#stopped || owner.isGone === true) return;
      const results = new Map(expressions.map(({ field }, index) => [field, evaluated[index]!]));
      sink.insist(owner.id, { type: "Evaluated", id, results });
    } catch (error) {
      if (this.#stopped || owner.isGone === true) return;
      log.warn({ err: error, executionId: owner.id }, "the expression evaluator is not available");
      clock.schedule(clock.now() + RETRY_AFTER, () => this.start(owner, command));
    }
  }
}
