/** The logs of a Kubernetes job's containers: best effort, never the task's failure. */
import type { Json, JsonObject } from "../../../json/json.ts";
import { isArray, objectOf } from "../../../json/kind.ts";
import { parseJson } from "../../../json/parse.ts";
import { stringify } from "../../../json/stringify.ts";
import { at, textAt } from "../members.ts";
import { type Cluster, isSuccess, pairsAt } from "./cluster.ts";

/** Whoever runs more of them reads their logs elsewhere. */
const MAX_PODS = 100;
/** Characters of all logs. More make no state's output, so the rest is not read. */
const MAX_CHARACTERS = 262_144;

/** `{"pods": {POD: {"containers": {CONTAINER: {"log": ...} or {"error", "cause"}}}}}`. */
export async function jobLogs(
  cluster: Cluster,
  job: { readonly namespace: string; readonly name: string },
  parameters: Json,
  signal: AbortSignal,
): Promise<JsonObject> {
  const folder = `/api/v1/namespaces/${encodeURIComponent(job.namespace)}/pods`;
  const query = [
    ["labelSelector", `job-name=${job.name}`],
    ["limit", String(MAX_PODS)],
  ] as const;
  let pods: Json = [];
  try {
    const answer = await cluster.send({ method: "GET", path: folder, query }, signal);
    pods = at(answer.body, "items") ?? [];
  } catch {
    // Then there are no logs to show.
  }
  const entries: [string, Json][] = [];
  let characters = 0;
  for (const pod of isArray(pods) ? pods : []) {
    if (characters > MAX_CHARACTERS) break;
    const name = textAt(pod, "metadata", "name") ?? "";
    const containers: [string, Json][] = [];
    for (const container of [at(pod, "spec", "containers") ?? []].flat()) {
      const containerName = textAt(container, "name") ?? "";
      const path = `${folder}/${encodeURIComponent(name)}/log`;
      const log = await containerLog(cluster, { path, containerName }, parameters, signal);
      containers.push([containerName, log]);
      characters += stringify(log).length;
      if (characters > MAX_CHARACTERS) break;
    }
    entries.push([name, { containers: objectOf(containers) }]);
  }
  return { pods: objectOf(entries) };
}

async function containerLog(
  cluster: Cluster,
  { path, containerName }: { readonly path: string; readonly containerName: string },
  parameters: Json,
  signal: AbortSignal,
): Promise<JsonObject> {
  const query: [string, string][] = [
    ["container", containerName],
    ...pairsAt(parameters, "LogOptions", "LogParameters"),
  ];
  try {
    const answer = await cluster.send({ method: "GET", path, query }, signal);
    if (!isSuccess(answer)) return { error: `EKS.${answer.statusCode}`, cause: answer.text };
    const isRaw = at(parameters, "LogOptions", "RawLogs") === true;
    const parsed = isRaw ? undefined : parseJson(answer.text);
    return { log: parsed?.ok === true ? parsed.value : answer.text };
  } catch (error) {
    return { error: "EKS.SdkClientException", cause: String(error) };
  }
}
