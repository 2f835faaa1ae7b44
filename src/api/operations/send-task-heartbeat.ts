import { taskToken } from "../model.ts";
import { operation } from "../operation.ts";
import { sendTask } from "../send-task.ts";
import { required } from "../shapes.ts";

export const sendTaskHeartbeat = operation(
  "SendTaskHeartbeat",
  { taskToken: required(taskToken) },
  async (input, context) => sendTask(context, input.taskToken, { type: "Heartbeat" }),
);
