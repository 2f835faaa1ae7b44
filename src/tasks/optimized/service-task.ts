/** One attempt of a task of an optimized integration: the call and, with `.sync`, the job behind it. */
import { randomUUID } from "node:crypto";
import type { TaskCall } from "../../engine/ports.ts";
import type { Json, JsonObject } from "../../json/json.ts";
import { isObject } from "../../json/kind.ts";
import { type AwsAnswer, AwsCallError, type AwsCaller } from "../aws/aws-caller.ts";
import { lateAbort } from "../linked-abort.ts";
import type { TaskProgress } from "../service-integration.ts";
import { attemptId } from "../workflows/attempt-id.ts";
import { followJob, SUBMISSION_GRACE_MS } from "./follow-job.ts";
import type { Gate } from "./gate.ts";
import { sorted, withMetadata } from "./http-metadata.ts";
import type { JobPauses } from "./job-pauses.ts";
import { refused } from "./refused.ts";
import { roleOf } from "../aws/role-of.ts";
import type { ActionFacts, ActionTools, ServiceFacts } from "./service-facts.ts";
import { serviceFailure } from "./service-failure.ts";

/** What all tasks share. */
export interface ServiceTaskParts {
  readonly caller: AwsCaller;
  readonly pauses: JobPauses;
  /** Looks at jobs of the service at a time. */
  readonly looks: Gate;
  /** Jobs of the service that are stopped at a time. */
  readonly stops: Gate;
}

export class ServiceTask {
  readonly #parts: ServiceTaskParts;
  readonly #facts: ServiceFacts;
  readonly #actionName: string;
  readonly #action: ActionFacts;
  readonly #call: TaskCall;
  readonly #progress: TaskProgress;

  constructor(
    parts: ServiceTaskParts,
    facts: ServiceFacts,
    actionName: string,
    call: TaskCall,
    progress: TaskProgress,
  ) {
    this.#parts = parts;
    this.#facts = facts;
    this.#actionName = actionName;
    this.#action = facts.actions[actionName] ?? {};
    this.#call = call;
    this.#progress = progress;
  }

  /** Resolves with the task's output. Rejects with TaskFailure. */
  async run(): Promise<Json> {
    try {
      const { job } = this.#action;
      const { resource } = this.#call;
      const isJob = resource.type === "Service" && resource.pattern === "Sync";
      if (!isJob || job === undefined) return await this.#carryOut(this.#progress.signal);
      const submitted = await this.#submitted();
      this.#progress.waits();
      return sorted(
        await followJob(job, {
          submitted,
          parameters: this.#parameters(),
          send: (operation, parameters, signal) => this.#send({ operation, parameters, signal }),
          signal: this.#progress.signal,
          pauses: this.#parts.pauses,
          looks: this.#parts.looks,
          stops: this.#parts.stops,
        }),
      );
    } catch (error) {
      throw serviceFailure(error, this.#facts, this.#call);
    }
  }

  /** What the submission answered: now, or before the server was started again. */
  async #submitted(): Promise<JsonObject> {
    const { submitted, submittedOutput } = this.#call;
    if (submitted) return isObject(submittedOutput ?? null) ? (submittedOutput as JsonObject) : {};
    const late = lateAbort(this.#progress.signal, SUBMISSION_GRACE_MS);
    try {
      const answer = await this.#carryOut(late.signal);
      this.#progress.submitted(answer);
      return answer;
    } finally {
      late.release();
    }
  }

  async #carryOut(signal: AbortSignal): Promise<JsonObject> {
    const given = this.#parameters();
    const tools = this.#tools(signal);
    const { request, result, token, operation = this.#actionName, metadata = true } = this.#action;
    this.#refuse(given);
    const made = request === undefined ? given : await request(given, tools);
    const parameters =
      token === undefined ? made : { [token]: attemptId(this.#call), ...withoutNulls(made, token) };
    const answer = await this.#send({
      operation,
      parameters,
      signal,
      client: this.#action.client,
      sending: () => this.#progress.started(),
    });
    const output = result === undefined ? answer.output : await result(answer.output, given, tools);
    return metadata ? withMetadata(output, answer) : output;
  }

  /** As if the service had answered. */
  #refuse(parameters: JsonObject): void {
    const refusal = this.#action.refusal?.(parameters);
    if (refusal === undefined) return;
    this.#progress.started();
    const { code, message } = refusal;
    const facts = { code, httpStatusCode: 400, requestId: randomUUID() };
    throw new AwsCallError("Service", message, facts);
  }

  #tools(signal: AbortSignal): ActionTools {
    return {
      call: this.#call,
      send: async (operation, parameters, client) => {
        this.#progress.started();
        return (await this.#send({ operation, parameters, signal, client })).output;
      },
    };
  }

  #parameters(): JsonObject {
    const { parameters } = this.#call;
    if (isObject(parameters)) return parameters;
    throw refused(this.#call, "The parameters must be a JSON object");
  }

  #send(options: {
    readonly operation: string;
    readonly parameters: JsonObject;
    readonly signal: AbortSignal;
    readonly client?: string | undefined;
    readonly sending?: (() => void) | undefined;
  }): Promise<AwsAnswer> {
    const role = roleOf(this.#call);
    return this.#parts.caller.call({
      service: options.client ?? this.#facts.client,
      action: options.operation,
      parameters: options.parameters,
      roleArn: role?.arn,
      externalId: role?.externalId,
      signal: options.signal,
      sending: options.sending,
      memberNames: "Api",
      times: "EpochMilliseconds",
      emptyLists: this.#action.emptyLists,
    });
  }
}

/** A token that is given as `null` is not given. */
function withoutNulls(parameters: JsonObject, token: string): JsonObject {
  if (parameters[token] !== null) return parameters;
  const { [token]: _, ...rest } = parameters;
  return rest;
}
