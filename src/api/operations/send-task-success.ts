import { parseSource } from "../../json/parse.ts";
import { exceedsBytes } from "../../json/size.ts";
import { errors } from "../errors.ts";
import { payload, taskToken } from "../model.ts";
import { operation } from "../operation.ts";
import { sendTask } from "../send-task.ts";
import { required } from "../shapes.ts";

export const sendTaskSuccess = operation(
  "SendTaskSuccess",
  { taskToken: required(taskToken), output: required(payload) },
  async (input, context) => {
    if (exceedsBytes(input.output, context.limits.payloadBytes)) {
      throw errors.invalidOutput(`Output is longer than ${context.limits.payloadBytes} bytes.`);
    }
    const parsed = parseSource(input.output);
    if (!parsed.ok) throw errors.invalidOutput(parsed.message);
    return sendTask(context, input.taskToken, { type: "Success", output: parsed.value });
  },
);
