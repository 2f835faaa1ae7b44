/** One state under test, from its input to what becomes of it. */
import type { Command } from "../../interpreter/command.ts";
import { decide } from "../../interpreter/decide.ts";
import { newExecution, type Execution } from "../../interpreter/execution.ts";
import type { Signal, Surroundings } from "../../interpreter/signal.ts";
import type { MockedOutcome } from "../../interpreter/test-state/mocked-work.ts";
import { digest } from "../digest.ts";
import {
  type HttpTrace,
  type ShownRequest,
  type ShownResponse,
  StoreUnavailable,
  type TaskReport,
} from "../ports.ts";
import { StateProbe } from "./state-probe.ts";
import type { StateTesterParts, StateTestRequest, StateTestResult } from "./state-tester.ts";

type CommandOf<Type extends Command["type"]> = Extract<Command, { type: Type }>;

export class StateRun {
  readonly #parts: StateTesterParts;
  readonly #request: StateTestRequest;
  readonly #execution: Execution;
  readonly #probe: StateProbe;
  readonly #surroundings: Surroundings;
  /** Signals that follow from what was just decided. */
  readonly #signals: Signal[] = [];
  /** Timers and calls that are out. */
  readonly #cancels: (() => void)[] = [];
  #shownRequest: ShownRequest | undefined;
  #shownResponse: ShownResponse | undefined;
  #isPrepared = false;
  #isOver = false;
  #settle: ((result: StateTestResult) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;

  constructor(parts: StateTesterParts, request: StateTestRequest) {
    const { clock, randomness, limits } = parts;
    this.#parts = parts;
    this.#request = request;
    // One event a decision: the state after the tested one is not entered.
    const bounds = { ...limits.execution, eventsPerDecision: 1 };
    this.#execution = newExecution(executionInfo(parts, request), request.definition, bounds);
    this.#execution.root.variables = new Map(Object.entries(request.variables));
    this.#probe = new StateProbe(this.#execution, request.context, request.mock);
    const execution = this.#execution;
    this.#surroundings = {
      get at() {
        return Math.max(clock.now(), execution.lastAt);
      },
      random: () => randomness.number(),
      uuid: () => randomness.uuid(),
      hash: digest,
      token: () => randomness.uuid(),
      mapRunUuid: () => randomness.uuid(),
    };
  }

  /** See `StateTester.test`. Call once. */
  run(): Promise<StateTestResult> {
    return new Promise((resolve, reject) => {
      this.#settle = resolve;
      this.#reject = reject;
      const { signal, input } = this.#request;
      if (signal.aborted) return this.#abort();
      const aborted = (): void => this.#abort();
      signal.addEventListener("abort", aborted, { once: true });
      this.#cancels.push(() => signal.removeEventListener("abort", aborted));
      const { clock, limits } = this.#parts;
      this.#after(clock.now() + limits.expressMilliseconds, () => this.#timeOut());
      this.#handle({ type: "Started", input });
    });
  }

  #handle(signal: Signal): void {
    this.#signals.push(signal);
    try {
      let next = this.#signals.shift();
      while (next !== undefined && !this.#isOver) {
        this.#decide(next);
        next = this.#signals.shift();
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #decide(signal: Signal): void {
    const decision = decide(this.#execution, signal, this.#surroundings, this.#probe);
    this.#prepare();
    const result = this.#result();
    if (result !== undefined) return this.#finish(result);
    for (const command of decision.commands) this.#carryOut(command);
    if (decision.more) this.#signals.push({ type: "Continue" });
  }

  /** The state was entered: what happened before, as far as the request says so. */
  #prepare(): void {
    const { root } = this.#execution;
    if (this.#isPrepared || root.phase.type !== "Entered") return;
    this.#isPrepared = true;
    const { retryCount } = this.#request;
    const { state } = root;
    if (retryCount === 0 || state === undefined || !("retry" in state)) return;
    root.attempts = state.retry.map(() => retryCount);
    root.retryCount = retryCount;
  }

  /** Undefined: the state is still under way. */
  #result(): StateTestResult | undefined {
    const { root, status, error, cause } = this.#execution;
    if (status !== "RUNNING") return this.#resultWith({ status: "FAILED", error, cause });
    const { phase } = root;
    if (phase.type === "Backoff") return this.#resultWith({ status: "RETRIABLE", ...this.#failed });
    const isLeft = phase.type === "Finished" || (phase.type === "Ready" && this.#isPrepared);
    if (!isLeft) return undefined;
    const nextState = phase.type === "Ready" ? phase.next : undefined;
    const left = { output: root.input, nextState };
    if (!this.#probe.numbers.has("catchIndex")) {
      return this.#resultWith({ status: "SUCCEEDED", ...left });
    }
    return this.#resultWith({ status: "CAUGHT_ERROR", ...left, ...this.#failed });
  }

  get #failed(): Pick<StateTestResult, "error" | "cause"> {
    const { failure } = this.#probe;
    return { error: failure?.error, cause: failure?.cause };
  }

  #resultWith(known: Pick<StateTestResult, "status"> & Partial<StateTestResult>): StateTestResult {
    return {
      output: undefined,
      error: undefined,
      cause: undefined,
      nextState: undefined,
      variables: Object.fromEntries(this.#execution.root.variables ?? []),
      stages: this.#probe.stages,
      numbers: this.#probe.numbers,
      request: this.#shownRequest,
      response: this.#shownResponse,
      ...known,
    };
  }

  #carryOut(command: Command): void {
    switch (command.type) {
      case "StartTask":
        return this.#startTask(command);
      case "ArmTimer": {
        const { timer, dueAt } = command;
        return this.#after(dueAt, () => this.#handle({ type: "TimerFired", timer }));
      }
      case "Evaluate":
        return void this.#evaluate(command);
      case "CancelTask":
        // The state is over then, and `finish` cancels what is out.
        return;
    }
  }

  #startTask({ task }: CommandOf<"StartTask">): void {
    const { id } = task;
    const outcome = this.#request.mock?.outcome;
    if (outcome !== undefined) {
      this.#signals.push(mockedSignal(id, outcome));
      return;
    }
    const report: TaskReport = {
      started: () => this.#handle({ type: "TaskStarted", task: id }),
      // Only of tasks that are tested with a mock.
      submitted: () => undefined,
      waits: () => undefined,
      succeeded: (output) => this.#handle({ type: "TaskSucceeded", task: id, output }),
      failed: (error, cause, kind = "Failed") =>
        this.#handle({ type: "TaskFailed", task: id, kind, error, cause }),
      trace: this.#trace(),
    };
    const { arn, startedAt, stateMachineArn } = this.#execution.info;
    const { taskRunner, region, accountId } = this.#parts;
    const names = { executionArn: arn, executionStartedAt: startedAt, stateMachineArn };
    const call = { ...task, ...names, token: "", region, accountId };
    this.#cancels.push(taskRunner.run(call, report));
  }

  #trace(): HttpTrace | undefined {
    const { trace } = this.#request;
    if (trace === undefined) return undefined;
    return {
      revealsSecrets: trace.revealsSecrets,
      request: (shown) => {
        this.#shownRequest = shown;
        // Of a request that is sent again only the last answer counts.
        this.#shownResponse = undefined;
      },
      response: (shown) => {
        this.#shownResponse = shown;
      },
    };
  }

  async #evaluate({ id, ...request }: CommandOf<"Evaluate">): Promise<void> {
    const { expressions, states, variables } = request;
    // One owner for all tests: they share their bounds, whoever calls.
    const owner = "TestState";
    try {
      const evaluated = await this.#parts.evaluator.evaluate({
        expressions,
        states,
        variables,
        owner,
      });
      const results = new Map(expressions.map(({ field }, index) => [field, evaluated[index]!]));
      this.#handle({ type: "Evaluated", id, results });
    } catch (error) {
      const message = "The expression evaluator is not available; try again later";
      this.#fail(new StoreUnavailable(message, { cause: error }));
    }
  }

  #after(dueAt: number, callback: () => void): void {
    this.#cancels.push(this.#parts.clock.schedule(dueAt, callback));
  }

  /** AWS: "fails with the States.Timeout error" after five minutes. */
  #timeOut(): void {
    this.#finish(this.#resultWith({ status: "FAILED", error: "States.Timeout" }));
  }

  #abort(): void {
    this.#fail(new StoreUnavailable("The request was aborted, or the server is stopping"));
  }

  #finish(result: StateTestResult): void {
    if (this.#end()) this.#settle?.(result);
  }

  #fail(error: unknown): void {
    if (this.#end()) this.#reject?.(error);
  }

  /** False: it had ended before. */
  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    for (const cancel of this.#cancels) cancel();
    return true;
  }
}

function mockedSignal(task: CommandOf<"StartTask">["task"]["id"], outcome: MockedOutcome): Signal {
  if (outcome.type === "Result") return { type: "TaskSucceeded", task, output: outcome.value };
  const { error, cause } = outcome;
  return { type: "TaskFailed", task, kind: "Failed", error, cause };
}

/** Recorded from AWS: an EXPRESS execution without the last part of its ARN. */
function executionInfo(
  { region, accountId, randomness, clock }: StateTesterParts,
  { roleArn }: StateTestRequest,
): Execution["info"] {
  const stateMachineName = randomness.uuid();
  const name = randomness.uuid();
  const prefix = `arn:aws:states:${region}:${accountId}`;
  return {
    arn: `${prefix}:express:${stateMachineName}:${name}`,
    name,
    roleArn,
    stateMachineArn: `${prefix}:stateMachine:${stateMachineName}`,
    stateMachineName,
    startedAt: clock.now(),
  };
}
