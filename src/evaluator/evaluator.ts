/**
 * The guarded evaluator of JSONata: every expression that the server does not evaluate itself runs in a
 * process of its own kind, which has bounds for time, memory and access. No expression can harm the
 * server or the executions of others.
 */
import type { Evaluated, PendingExpression } from "../data/evaluation.ts";
import {
  evaluationThrew,
  nothingReturned,
  OUT_OF_MEMORY,
  resultTooLarge,
  TIMED_OUT,
  unsupportedResult,
} from "../data/jsonata/failure.ts";
import type { Json } from "../json/json.ts";
import { parseJson } from "../json/parse.ts";
import { stringifyCompact } from "../json/stringify.ts";
import { Offenders } from "./offenders.ts";
import { ProcessPool } from "./process-pool.ts";
import type { Outcome, Texts } from "./protocol.ts";

/** Milliseconds that all expressions of a request may take together. */
const REQUEST_TIMEOUT = 5000;

/** How often a request is tried whose process was ended by somebody else. */
const MAX_ATTEMPTS = 2;

/** An expression without its `{% %}`, and its field as failures name it. */
type Expression = Pick<PendingExpression, "text" | "field">;

export interface Evaluator {
  /**
   * The values or failures of the expressions, in their order. When one has to be stopped, those behind
   * it fail in the same way without being tried. Rejects with EvaluatorUnavailable if none could be
   * evaluated; the caller may try again.
   */
  evaluate(request: EvaluatorRequest): Promise<readonly Evaluated[]>;
  /** Ends the processes. Evaluations that are under way fail. */
  close(): Promise<void>;
}

export interface EvaluatorRequest {
  readonly expressions: readonly Pick<PendingExpression, "text" | "field">[];
  /** The members of `$states`. */
  readonly states: {
    readonly input: Json;
    readonly result?: Json;
    readonly errorOutput?: Json;
    readonly context: Json;
  };
  /** The variables that the expressions read. */
  readonly variables: Readonly<Record<string, Json>>;
  /**
   * To whom the expressions belong, such as a state machine. Who has too many of them stopped waits in
   * a queue of its own.
   */
  readonly owner?: string;
}

export interface EvaluatorOptions {
  /** How many requests are worked on at a time; default 2. One process more is kept ready. */
  readonly processes?: number;
  readonly logger?: EvaluatorLog;
}

/** Where the evaluator tells its operator about trouble. */
export interface EvaluatorLog {
  warn(facts: object, message: string): void;
}

/** Processes are started when the first expression comes. */
export function createEvaluator(options: EvaluatorOptions = {}): Evaluator {
  return new GuardedEvaluator(options);
}

class GuardedEvaluator implements Evaluator {
  readonly #pool: ProcessPool;
  /** For those whose expressions had to be stopped again and again. */
  readonly #quarantine = new ProcessPool(1);
  readonly #offenders = new Offenders(() => performance.now());
  readonly #log: EvaluatorLog | undefined;
  #nextId = 1;

  constructor({ processes = 2, logger }: EvaluatorOptions) {
    this.#pool = new ProcessPool(processes);
    this.#log = logger;
  }

  async evaluate(request: EvaluatorRequest): Promise<readonly Evaluated[]> {
    const { expressions, owner } = request;
    const states = textsOf(neededOf(request.states, expressions));
    const variables = textsOf(request.variables);
    const outcomes: Outcome[] = [];
    for (let attempt = 1; outcomes.length < expressions.length; attempt += 1) {
      const id = this.#nextId;
      this.#nextId += 1;
      const rest = expressions.slice(outcomes.length).map(({ text }) => text);
      const pool = this.#offenders.isOne(owner) ? this.#quarantine : this.#pool;
      const wanted = { id, expressions: rest, states, variables };
      const result = await pool.run(wanted, REQUEST_TIMEOUT, owner);
      outcomes.push(...result.outcomes);
      if (result.outcomes.some(ranOutOfTime)) this.#offended(owner);
      if (result.end === "done") break;
      if (result.end === "lost" && attempt < MAX_ATTEMPTS) continue;
      const stopped = expressions[outcomes.length];
      const facts = { owner, field: stopped?.field, expression: stopped?.text.slice(0, 200) };
      this.#log?.warn({ ...facts, end: result.end }, "an expression had to be stopped");
      this.#offended(owner);
      const message = result.end === "timeout" ? TIMED_OUT : OUT_OF_MEMORY;
      while (outcomes.length < expressions.length) outcomes.push({ kind: "threw", message });
    }
    return expressions.map((expression, index) => evaluatedOf(expression, outcomes[index]!));
  }

  #offended(owner: string | undefined): void {
    this.#offenders.note(owner);
    if (this.#offenders.isOne(owner)) this.#pool.move(owner, this.#quarantine);
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool.close(), this.#quarantine.close()]);
  }
}

/** Whether the process stopped the expression itself, before it had to be stopped. */
function ranOutOfTime(outcome: Outcome): boolean {
  return outcome.kind === "threw" && outcome.code === undefined && outcome.message === TIMED_OUT;
}

/** A use of `$states`, and the member that it names. */
const STATES = /\$states\b(?:\.(?<member>input|result|errorOutput|context)\b)?/gu;

/** The members of `$states` that the expressions may read: they can be large, and few are read. */
function neededOf(
  states: EvaluatorRequest["states"],
  expressions: readonly Expression[],
): Readonly<Record<string, Json | undefined>> {
  const uses = expressions.flatMap(({ text }) => [...text.matchAll(STATES)]);
  const members = uses.map(({ groups }) => groups?.["member"]);
  if (members.includes(undefined)) return { ...states };
  return Object.fromEntries(Object.entries(states).filter(([name]) => members.includes(name)));
}

/** Values as JSON text, by name; members that are not there are left out. */
function textsOf(values: Readonly<Record<string, Json | undefined>>): Texts {
  const texts: [string, string][] = [];
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) texts.push([name, stringifyCompact(value)]);
  }
  return Object.fromEntries(texts);
}

function evaluatedOf({ text, field }: Expression, outcome: Outcome): Evaluated {
  switch (outcome.kind) {
    case "value": {
      const parsed = parseJson(outcome.json);
      return parsed.ok ? { ok: true, value: parsed.value } : unsupportedResult(text, field);
    }
    case "nothing":
      return nothingReturned(text, field);
    case "unsupported":
      return unsupportedResult(text, field);
    case "tooLarge":
      return resultTooLarge(text, field);
    case "threw":
      return evaluationThrew(text, field, outcome);
  }
}
