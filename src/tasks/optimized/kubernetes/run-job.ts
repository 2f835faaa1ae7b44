/** `eks:runJob`: a Kubernetes job on a cluster, and with `.sync` the wait for its end. */
import type { TaskCall } from "../../../engine/ports.ts";
import type { Json, JsonObject } from "../../../json/json.ts";
import { isArray, isObject } from "../../../json/kind.ts";
import { parseJson } from "../../../json/parse.ts";
import { AwsCallError } from "../../aws/aws-caller.ts";
import { HttpClientError } from "../../http/http-client.ts";
import type { TaskProgress } from "../../service-integration.ts";
import { attemptId } from "../../workflows/attempt-id.ts";
import { followJob, type JobContext } from "../follow-job.ts";
import { at, jobId, objectAt, textAt } from "../members.ts";
import { refused } from "../refused.ts";
import type { JobFacts } from "../service-facts.ts";
import { type Cluster, type ClusterAnswer, isSuccess, resultOf } from "./cluster.ts";
import { clusterFailure } from "./cluster-failure.ts";
import { jobLogs } from "./job-logs.ts";

/** Names the attempt that made a job: a repeated delivery finds it again. */
const ATTEMPT = "stepwell/attempt";

/** The job in the words of `followJob`; the operations are those of `send` below. */
const JOB: JobFacts = {
  id: (submitted) =>
    jobId({
      namespace: textAt(submitted, "ResponseBody", "metadata", "namespace"),
      name: textAt(submitted, "ResponseBody", "metadata", "name"),
    }),
  poll: "get",
  status: ["Status"],
  running: ["Running"],
  succeeded: ["Complete"],
  failed: ["Failed"],
  stop: { operation: "delete", request: (id) => id },
  output: (job) => objectAt(job, "Result") ?? {},
};

export class JobRun {
  readonly #cluster: Cluster;
  readonly #call: TaskCall;
  readonly #progress: TaskProgress;

  constructor(cluster: Cluster, call: TaskCall, progress: TaskProgress) {
    this.#cluster = cluster;
    this.#call = call;
    this.#progress = progress;
  }

  /** Creates the job. Resolves with the cluster's answer as a result. */
  async create(signal: AbortSignal): Promise<JsonObject> {
    const job = this.#definition();
    const path = jobsPath(this.#namespace());
    this.#progress.started();
    const answer = await this.#cluster.send({ method: "POST", path, body: job }, signal);
    if (isSuccess(answer)) return resultOf(answer);
    const name = textAt(job, "metadata", "name");
    if (answer.statusCode === 409 && name !== undefined) {
      const known = await this.#cluster.send({ method: "GET", path: jobPath(path, name) }, signal);
      if (isSuccess(known) && attemptOf(known.body) === attemptId(this.#call)) {
        return resultOf(known);
      }
    }
    throw clusterFailure(answer);
  }

  /** Waits for the end of the job that `create` told of. Resolves with the task's output. */
  async follow(
    submitted: JsonObject,
    { pauses, looks, stops }: Pick<JobContext, "pauses" | "looks" | "stops">,
  ): Promise<JsonObject> {
    const { parameters } = this.#call;
    const { signal } = this.#progress;
    const result = await followJob(JOB, {
      submitted,
      parameters: parameters as JsonObject,
      send: (operation, id, callSignal) => this.#send(operation, id, callSignal),
      signal,
      pauses,
      looks,
      stops,
    });
    if (at(parameters, "LogOptions", "RetrieveLogs") !== true) return result;
    const metadata = at(result, "ResponseBody", "metadata");
    const job = {
      namespace: textAt(metadata, "namespace") ?? this.#namespace(),
      name: textAt(metadata, "name") ?? "",
    };
    return { ...result, logs: await jobLogs(this.#cluster, job, parameters, signal) };
  }

  async #send(
    operation: string,
    id: JsonObject,
    signal: AbortSignal,
  ): Promise<{ output: JsonObject }> {
    const path = jobPath(jobsPath(textAt(id, "namespace") ?? ""), textAt(id, "name") ?? "");
    const request =
      operation === "delete"
        ? { method: "DELETE", path, body: { propagationPolicy: "Background" } }
        : { method: "GET", path };
    let answer: ClusterAnswer;
    try {
      answer = await this.#cluster.send(request, signal);
    } catch (error) {
      if (!(error instanceof HttpClientError)) throw error;
      // A cluster that cannot be reached may be reached later, one that must not be never.
      const kind = error.kind === "Refused" || error.kind === "Invalid" ? "Unknown" : "Client";
      throw new AwsCallError(kind, error.message, {}, { cause: error });
    }
    const { statusCode } = answer;
    if (!isSuccess(answer)) {
      const failure = clusterFailure(answer);
      const facts = { code: failure.error, httpStatusCode: statusCode };
      throw new AwsCallError("Service", failure.message, facts);
    }
    const output = { Status: statusOf(answer.body), Result: resultOf(answer) };
    return { output };
  }

  #namespace(): string {
    return textAt(this.#call.parameters, "Namespace") ?? "default";
  }

  /** The job as it is sent: an object or its JSON text, with the attempt's name in it. */
  #definition(): JsonObject {
    const given = at(this.#call.parameters, "Job");
    const parsed = typeof given === "string" ? parseJson(given) : undefined;
    const job: Json | undefined = parsed?.ok === true ? parsed.value : given;
    if (!isObject(job)) throw refused(this.#call, "The field 'Job' must be a Kubernetes job");
    const metadata = objectAt(job, "metadata") ?? {};
    const annotations = objectAt(metadata, "annotations") ?? {};
    return {
      ...job,
      metadata: {
        ...metadata,
        annotations: { ...annotations, [ATTEMPT]: attemptId(this.#call) },
      },
    };
  }
}

function jobsPath(namespace: string): string {
  return `/apis/batch/v1/namespaces/${encodeURIComponent(namespace)}/jobs`;
}

function jobPath(jobs: string, name: string): string {
  return `${jobs}/${encodeURIComponent(name)}`;
}

function attemptOf(job: Json): string | undefined {
  return textAt(job, "metadata", "annotations", ATTEMPT);
}

/** The type of the condition that ended the job: `Complete` or `Failed`. */
function statusOf(job: Json): string {
  const conditions = at(job, "status", "conditions");
  for (const condition of isArray(conditions) ? conditions : []) {
    const type = textAt(condition, "type") ?? "";
    if (["Complete", "Failed"].includes(type) && textAt(condition, "status") === "True") {
      return type;
    }
  }
  return "Running";
}
