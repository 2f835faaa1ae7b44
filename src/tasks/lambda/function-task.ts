/** A Task whose Resource is a function's ARN: the input is the event, the answer the result. */
import type { TaskCall } from "../../engine/ports.ts";
import type { Json } from "../../json/json.ts";
import type { TaskProgress } from "../service-integration.ts";
import { TaskFailure } from "../task-failure.ts";
import { parseFunctionName } from "./function-name.ts";
import type { InvokeLambda } from "./lambda-call.ts";
import { functionFailure } from "./lambda-failure.ts";
import { parsePayload, payloadText } from "./lambda-payload.ts";

/** @returns The function's answer itself. Rejects with TaskFailure. */
export async function runFunctionTask(
  call: TaskCall,
  progress: TaskProgress,
  invoke: InvokeLambda,
): Promise<Json> {
  const arn = call.resource.arn;
  const name = parseFunctionName(arn, call);
  if (name === undefined) {
    throw new TaskFailure("States.Runtime", `The resource '${arn}' is not the ARN of a function.`);
  }
  progress.started();
  const answer = await invoke(
    {
      function: name,
      payload: payloadText(call.parameters),
      invocationType: "RequestResponse",
      clientContext: undefined,
      logTail: false,
      tenantId: undefined,
    },
    progress.signal,
  );
  if (answer.functionError !== undefined) throw functionFailure(answer, "verbatim");
  return parsePayload(answer.payload);
}
