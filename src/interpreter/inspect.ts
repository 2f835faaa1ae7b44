/** Looks at the next step of one state, on a folded execution that is thrown away afterwards. */
import { advance } from "./advance.ts";
import type { Command } from "./command.ts";
import { decide } from "./decide.ts";
import type { Execution } from "./execution.ts";
import type { Probe } from "./probe.ts";
import type { Signal, Surroundings } from "./signal.ts";
import type { Turn } from "./turn.ts";

export type Evaluate = Extract<Command, { type: "Evaluate" }>;

/**
 * One frame of an execution under inspection: it takes steps until its first public event, while the
 * probe hears of each stage. Other frames do not move.
 */
export class Inspection {
  readonly #execution: Execution;
  readonly #frameId: number;
  readonly #surroundings: Surroundings;
  readonly #probe: Probe;

  constructor(execution: Execution, frameId: number, surroundings: Surroundings, probe: Probe) {
    // One event a decision: the state after this one is not entered.
    this.#execution = { ...execution, limits: { ...execution.limits, eventsPerDecision: 1 } };
    this.#frameId = frameId;
    this.#surroundings = surroundings;
    this.#probe = probe;
  }

  /** The expressions that the guarded evaluator must evaluate first; undefined: the step is done. */
  step(): Evaluate | undefined {
    const frame = this.#execution.frames.get(this.#frameId);
    if (frame === undefined) return undefined;
    const turn: Turn = {
      execution: this.#execution,
      surroundings: this.#surroundings,
      commands: [],
      probe: this.#probe,
      observed: undefined,
      work: [frame],
      evaluated: undefined,
      body: "",
      events: 0,
    };
    advance(turn);
    return evaluationIn(turn.commands);
  }

  /** Goes on with what the guarded evaluator gave. */
  evaluated(signal: Signal & { readonly type: "Evaluated" }): Evaluate | undefined {
    const { commands } = decide(this.#execution, signal, this.#surroundings, this.#probe);
    return evaluationIn(commands);
  }
}

function evaluationIn(commands: readonly Command[]): Evaluate | undefined {
  return commands.find((command) => command.type === "Evaluate");
}
