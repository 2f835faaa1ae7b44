/**
 * The optimised integration `arn:aws:states:::states:startExecution`, in all its forms: starts an
 * execution on this server, whatever account and region its ARN names, and with `.sync` waits for
 * its end.
 */
import { randomUUID } from "node:crypto";
import type { TaskCall } from "../../engine/ports.ts";
import type { Json } from "../../json/json.ts";
import { stringify } from "../../json/stringify.ts";
import type { ServiceIntegration, TaskProgress } from "../service-integration.ts";
import { TaskFailure } from "../task-failure.ts";
import { attemptId } from "./attempt-id.ts";
import { endResult, startResult, submittedArn } from "./child-result.ts";
import { PersistentCaller } from "./persistent-caller.ts";
import { startBody } from "./start-parameters.ts";
import {
  type ApiBody,
  type EndedWorkflow,
  type WorkflowApi,
  WorkflowRefusal,
} from "./workflow-api.ts";
import { workflowFailure } from "./workflow-failure.ts";

/** Tries to stop an execution that nobody waits for any more: best effort. */
const STOP_TRIES = 10;

export function startExecutionIntegration(
  api: WorkflowApi,
  caller: PersistentCaller = new PersistentCaller(),
): ServiceIntegration {
  const run = (call: TaskCall, progress: TaskProgress): Promise<Json> =>
    new StartedWorkflow(api, caller, call, progress).run();
  const patterns = ["RequestResponse", "Sync", "Sync2", "WaitForTaskToken"] as const;
  return {
    service: "states",
    actions: new Map([["startExecution", { patterns, run }]]),
    close: () => caller.close(),
  };
}

/** One attempt and the execution it starts. */
class StartedWorkflow {
  readonly #api: WorkflowApi;
  readonly #caller: PersistentCaller;
  readonly #call: TaskCall;
  readonly #progress: TaskProgress;
  readonly #requestId = randomUUID();

  constructor(api: WorkflowApi, caller: PersistentCaller, call: TaskCall, progress: TaskProgress) {
    this.#api = api;
    this.#caller = caller;
    this.#call = call;
    this.#progress = progress;
  }

  async run(): Promise<Json> {
    const { pattern } = this.#call.resource as { pattern?: string };
    if (pattern === "Sync") return this.#runJob("text");
    if (pattern === "Sync2") return this.#runJob("value");
    return this.#start();
  }

  /** AWS stops an execution that it runs as a job when the task is cancelled; others go on. */
  async #runJob(payloads: "text" | "value"): Promise<Json> {
    const { signal } = this.#progress;
    const arn = this.#call.submitted
      ? submittedArn(this.#call.submittedOutput)
      : await this.#submit();
    if (arn === undefined) throw new Error("the submitted task does not name its execution");
    this.#progress.waits();
    let child: EndedWorkflow | undefined;
    if (!signal.aborted) child = await this.#persistently(() => this.#api.ended(arn, signal));
    if (signal.aborted) {
      await this.#stop(arn);
    } else if (child === undefined) {
      throw this.#failure(
        new WorkflowRefusal("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`, 400),
      );
    }
    if (child === undefined) return null;
    if (child.status === "SUCCEEDED") return endResult(child, payloads);
    throw new TaskFailure("States.TaskFailed", stringify(endResult(child, payloads)));
  }

  async #submit(): Promise<string> {
    await this.#refuseExpress();
    const result = await this.#start();
    this.#progress.submitted(result);
    return result.ExecutionArn;
  }

  /** Nobody can be told how an asynchronous EXPRESS execution ends; so none is started. */
  async #refuseExpress(): Promise<void> {
    // What stands after # is a test case, which only StartExecution takes.
    const [stateMachineArn] = String(this.#body()["stateMachineArn"]).split("#");
    const input = { stateMachineArn, includedData: "METADATA_ONLY" };
    let type: unknown;
    try {
      ({ type } = await this.#send("DescribeStateMachine", input));
    } catch {
      // StartExecution says what is wrong.
      return;
    }
    if (type !== "EXPRESS") return;
    const message = "This operation is not supported by this type of state machine";
    throw this.#failure(new WorkflowRefusal("StateMachineTypeNotSupported", message, 400));
  }

  async #start(): Promise<ReturnType<typeof startResult>> {
    const body = this.#body();
    this.#progress.started();
    try {
      const answer = await this.#persistently(() => this.#send("StartExecution", body));
      return startResult(answer, this.#requestId);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #body(): ApiBody {
    return startBody(this.#call, attemptId(this.#call));
  }

  async #stop(executionArn: string): Promise<void> {
    const cause = `The Task state in AWS Step Functions execution [${this.#call.executionArn}] which was managing this resource was aborted`;
    // The task's own signal has aborted; the call must go out all the same.
    const { signal } = new AbortController();
    const requestId = randomUUID();
    const send = (): Promise<ApiBody> =>
      this.#api.call("StopExecution", { executionArn, cause }, { requestId, signal });
    await this.#caller.call(send, { signal, waits: () => {} }, STOP_TRIES);
  }

  #send(operation: string, body: ApiBody): Promise<ApiBody> {
    const { signal } = this.#progress;
    const startedBy = attemptId(this.#call);
    return this.#api.call(operation, body, { requestId: this.#requestId, signal, startedBy });
  }

  #persistently<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    return this.#caller.call(call, this.#progress);
  }

  #failure(error: unknown): unknown {
    return workflowFailure(error, this.#call, this.#requestId, "optimized");
  }
}
