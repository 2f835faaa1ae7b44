/** Waits for the end of a job that a service runs, and ends the job if nobody waits any more. */
import type { JsonObject } from "../../json/json.ts";
import { stringify } from "../../json/stringify.ts";
import { type AwsAnswer, AwsCallError } from "../aws/aws-caller.ts";
import { linkedAbort } from "../linked-abort.ts";
import { TaskFailure } from "../task-failure.ts";
import type { Gate } from "./gate.ts";
import { sorted } from "./http-metadata.ts";
import type { JobPauses } from "./job-pauses.ts";
import { textAt } from "./members.ts";
import type { JobFacts, JobId } from "./service-facts.ts";
import { isTransient } from "./service-failure.ts";

export interface JobContext {
  /** What the submission answered. */
  readonly submitted: JsonObject;
  readonly parameters: JsonObject;
  /** Calls an operation of the service. Rejects with AwsCallError. */
  readonly send: (
    operation: string,
    parameters: JsonObject,
    signal: AbortSignal,
  ) => Promise<Pick<AwsAnswer, "output">>;
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
  readonly pauses: JobPauses;
  readonly looks: Gate;
  readonly stops: Gate;
}

/** How long an answer to a submission is waited for when nobody waits for the task any more, in ms. */
export const SUBMISSION_GRACE_MS = 10_000;

/** A service that leaves a question without an answer must not hold up the looks at other jobs. */
const LOOK_TIMEOUT_MS = 30_000;

/**
 * A refusal is believed after so many in a row: a job that was submitted just now may not be known
 * everywhere yet.
 */
const REFUSALS = 5;

/** Tries to end a job: best effort. Each has its own time, since thousands may be ended together. */
const STOP_TRIES = 3;
const STOP_TIMEOUT_MS = 10_000;

/** Resolves with the task's output. Rejects with TaskFailure or AwsCallError. */
export async function followJob(facts: JobFacts, context: JobContext): Promise<JsonObject> {
  const id = facts.id(context.submitted, context.parameters);
  if (id === undefined) {
    const text = stringify(context.submitted);
    throw new TaskFailure("States.TaskFailed", `The answer does not name the job: ${text}`);
  }
  const { signal, pauses } = context;
  let last: JsonObject | undefined;
  for (let looks = 0, refusals = 0; ; looks++) {
    await pauses.pause(looks, signal);
    if (pauses.isClosed) throw new TaskFailure("States.TaskFailed", "The server is stopping");
    if (signal.aborted) {
      await stopJob(facts, id, context);
      throw new TaskFailure("States.TaskFailed", "The task was aborted");
    }
    try {
      const output = await look(facts, id, context);
      if (output === undefined) continue;
      const job = facts.found === undefined ? output : facts.found(output);
      if (job === undefined) throw missing(output);
      refusals = 0;
      last = job;
      const outcome = outcomeOf(facts, job);
      if (outcome === undefined) continue;
      const result = facts.output?.(job, context.submitted) ?? job;
      if (outcome === "Succeeded") return result;
      throw new TaskFailure("States.TaskFailed", stringify(sorted(result)));
    } catch (error) {
      if (error instanceof TaskFailure) throw error;
      if (signal.aborted || pauses.isClosed || isTransient(error)) continue;
      if (isGone(facts, error)) return facts.output?.(last ?? {}, context.submitted) ?? last ?? {};
      refusals++;
      if (refusals >= REFUSALS) throw error;
    }
  }
}

/** undefined: no answer came in time. */
async function look(
  facts: JobFacts,
  id: JobId,
  { send, signal, looks }: JobContext,
): Promise<JsonObject | undefined> {
  return looks.pass(async () => {
    if (signal.aborted) return undefined;
    const limited = linkedAbort(signal, LOOK_TIMEOUT_MS);
    try {
      return (await send(facts.poll, facts.describe?.(id) ?? id, limited.signal)).output;
    } catch (error) {
      if (limited.isLate) return undefined;
      throw error;
    } finally {
      limited.release();
    }
  });
}

/** undefined: it goes on. A status that nobody has heard of is one of a job that goes on. */
function outcomeOf(facts: JobFacts, job: JsonObject): "Succeeded" | "Failed" | undefined {
  const status = textAt(job, ...facts.status) ?? "";
  if (facts.failed.includes(status)) return "Failed";
  if (!facts.succeeded.includes(status)) return undefined;
  return facts.isSuccess === undefined || facts.isSuccess(job) ? "Succeeded" : "Failed";
}

function isGone(facts: JobFacts, error: unknown): boolean {
  return error instanceof AwsCallError && facts.goneCodes?.includes(error.code) === true;
}

function missing(answer: JsonObject): AwsCallError {
  return new AwsCallError("Service", `The job was not found: ${stringify(answer)}`, {
    code: "JobNotFound",
    httpStatusCode: 200,
  });
}

async function stopJob(facts: JobFacts, id: JobId, context: JobContext): Promise<void> {
  const { stop } = facts;
  const { send, pauses, stops } = context;
  if (stop === undefined) return;
  for (let tries = 1; tries <= STOP_TRIES; tries++) {
    try {
      // The task's own signal has aborted; this call must go out all the same.
      await stops.pass(() =>
        send(stop.operation, stop.request(id), AbortSignal.timeout(STOP_TIMEOUT_MS)),
      );
      return;
    } catch (error) {
      if (!isTransient(error) || tries === STOP_TRIES) return;
      await pauses.pause(tries, new AbortController().signal);
      if (pauses.isClosed) return;
    }
  }
}
