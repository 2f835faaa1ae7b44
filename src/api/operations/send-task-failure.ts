import { cause, errorName, taskToken } from "../model.ts";
import { operation } from "../operation.ts";
import { sendTask } from "../send-task.ts";
import { optional, required } from "../shapes.ts";

export const sendTaskFailure = operation(
  "SendTaskFailure",
  { taskToken: required(taskToken), error: optional(errorName), cause: optional(cause) },
  async ({ taskToken: token, error, cause: text }, context) =>
    sendTask(context, token, { type: "Failure", error, cause: text }),
);
