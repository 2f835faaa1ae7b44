/** The actions of `eks` that talk to a cluster itself: `eks:call` and `eks:runJob`. */
import type { TaskCall } from "../../../engine/ports.ts";
import type { Json, JsonObject } from "../../../json/json.ts";
import { isObject } from "../../../json/kind.ts";
import { lateAbort } from "../../linked-abort.ts";
import type { TaskAction, TaskProgress } from "../../service-integration.ts";
import { SUBMISSION_GRACE_MS } from "../follow-job.ts";
import type { Gate } from "../gate.ts";
import type { JobPauses } from "../job-pauses.ts";
import { at, textAt } from "../members.ts";
import { refused } from "../refused.ts";
import { clusterCallFailure, clusterFailure } from "./cluster-failure.ts";
import { Cluster, type ClusterParts, isSuccess, pairsAt, resultOf } from "./cluster.ts";
import { JobRun } from "./run-job.ts";

export interface EksParts extends ClusterParts {
  readonly pauses: JobPauses;
  readonly looks: Gate;
  readonly stops: Gate;
}

export function eksActions(parts: EksParts): Readonly<Record<string, TaskAction>> {
  return {
    call: (call, progress) => guarded(call, () => callCluster(call, progress, parts)),
    runJob: (call, progress) => guarded(call, () => runJob(call, progress, parts)),
  };
}

async function guarded(call: TaskCall, run: () => Promise<Json>): Promise<Json> {
  try {
    return await run();
  } catch (error) {
    throw clusterCallFailure(error, call);
  }
}

const METHODS = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"];

async function callCluster(
  call: TaskCall,
  progress: TaskProgress,
  parts: EksParts,
): Promise<JsonObject> {
  const { parameters } = call;
  const cluster = new Cluster(call, parts);
  const method = textAt(parameters, "Method") ?? "";
  if (!METHODS.includes(method)) {
    throw refused(call, `The field 'Method' must be one of ${METHODS.join(", ")}`);
  }
  const path = textAt(parameters, "Path") ?? "";
  if (!path.startsWith("/")) throw refused(call, "The field 'Path' must begin with a slash");
  progress.started();
  const query = pairsAt(parameters, "QueryParameters");
  const request = { method, path, query, body: at(parameters, "RequestBody") };
  const answer = await cluster.send(request, progress.signal);
  if (isSuccess(answer)) return resultOf(answer);
  throw clusterFailure(answer);
}

async function runJob(
  call: TaskCall,
  progress: TaskProgress,
  parts: EksParts,
): Promise<JsonObject> {
  const job = new JobRun(new Cluster(call, parts), call, progress);
  const { resource, submitted, submittedOutput } = call;
  if (resource.type !== "Service" || resource.pattern !== "Sync")
    return job.create(progress.signal);
  let created: JsonObject;
  if (submitted) {
    created = isObject(submittedOutput ?? null) ? (submittedOutput as JsonObject) : {};
  } else {
    const late = lateAbort(progress.signal, SUBMISSION_GRACE_MS);
    try {
      created = await job.create(late.signal);
    } finally {
      late.release();
    }
    progress.submitted(created);
  }
  progress.waits();
  return job.follow(created, parts);
}
