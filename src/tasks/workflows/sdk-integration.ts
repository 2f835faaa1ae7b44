/**
 * The integration of the AWS SDK for Step Functions itself, `arn:aws:states:::aws-sdk:sfn:ACTION`:
 * every operation of the API, carried out by this server, whatever account and region ARNs name.
 */
import { randomUUID } from "node:crypto";
import type { TaskCall } from "../../engine/ports.ts";
import type { Json } from "../../json/json.ts";
import { isObject } from "../../json/kind.ts";
import type { ServiceIntegration, TaskProgress } from "../service-integration.ts";
import { requestBody, resultOf, upperFirst } from "./api-members.ts";
import { attemptId } from "./attempt-id.ts";
import { PersistentCaller } from "./persistent-caller.ts";
import type { ApiBody, WorkflowApi } from "./workflow-api.ts";
import { unusableParameters, workflowFailure } from "./workflow-failure.ts";

/** The API's operations as resources name them. */
const ACTIONS = [
  "createActivity",
  "createStateMachine",
  "createStateMachineAlias",
  "deleteActivity",
  "deleteStateMachine",
  "deleteStateMachineAlias",
  "deleteStateMachineVersion",
  "describeActivity",
  "describeExecution",
  "describeMapRun",
  "describeStateMachine",
  "describeStateMachineAlias",
  "describeStateMachineForExecution",
  "getActivityTask",
  "getExecutionHistory",
  "listActivities",
  "listExecutions",
  "listMapRuns",
  "listStateMachineAliases",
  "listStateMachineVersions",
  "listStateMachines",
  "listTagsForResource",
  "publishStateMachineVersion",
  "redriveExecution",
  "sendTaskFailure",
  "sendTaskHeartbeat",
  "sendTaskSuccess",
  "startExecution",
  "startSyncExecution",
  "stopExecution",
  "tagResource",
  "testState",
  "untagResource",
  "updateMapRun",
  "updateStateMachine",
  "updateStateMachineAlias",
  "validateStateMachineDefinition",
] as const;

/** They answer after a minute or more, and what they wait for may need a call's place. */
const LONG_CALLS = new Set(["getActivityTask", "startSyncExecution"]);

export function sdkIntegration(
  api: WorkflowApi,
  caller: PersistentCaller = new PersistentCaller(),
): ServiceIntegration {
  const patterns = ["RequestResponse", "WaitForTaskToken"] as const;
  const actions = ACTIONS.map((action) => {
    const run = (call: TaskCall, progress: TaskProgress): Promise<Json> =>
      carryOut({ api, caller, action }, call, progress);
    return [action, { patterns, run }] as const;
  });
  return { service: "aws-sdk:sfn", actions: new Map(actions), close: () => caller.close() };
}

async function carryOut(
  { api, caller, action }: { api: WorkflowApi; caller: PersistentCaller; action: string },
  call: TaskCall,
  progress: TaskProgress,
): Promise<Json> {
  const startedBy = attemptId(call);
  const given = readParameters(call);
  const input = action === "startExecution" ? { name: startedBy, ...given } : given;
  progress.started();
  if (LONG_CALLS.has(action)) progress.waits();
  const { signal } = progress;
  const requestId = randomUUID();
  const send = (): Promise<ApiBody> =>
    api.call(upperFirst(action), input, { requestId, signal, startedBy });
  try {
    return resultOf(await caller.call(send, progress));
  } catch (error) {
    throw workflowFailure(error, call, requestId, "sdk");
  }
}

function readParameters(call: TaskCall): ApiBody {
  const { parameters } = call;
  if (!isObject(parameters)) return {};
  const wrong = Object.keys(parameters).filter((field) => !/^[A-Z]/.test(field));
  if (wrong.length > 0) {
    const reasons = wrong.map((field) => `The field '${field}' is not supported by Step Functions`);
    throw unusableParameters(call, reasons);
  }
  return requestBody(parameters);
}
