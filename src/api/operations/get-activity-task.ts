import { checkArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn, name } from "../model.ts";
import { operation, STOPPING } from "../operation.ts";
import { optional, required } from "../shapes.ts";

/**
 * Long poll of up to 60 s; an empty answer means that there was no task. If the answer does not reach
 * the worker, the engine offers the task again.
 */
export const getActivityTask = operation(
  "GetActivityTask",
  { activityArn: required(arn), workerName: optional(name) },
  async (input, context, request) => {
    const { activityArn } = input;
    checkArn(activityArn, "activity");
    if (context.catalog.activities.find(activityArn) === undefined) {
      throw errors.activityDoesNotExist(activityArn);
    }
    const task = await context.engine.getActivityTask(
      activityArn,
      input.workerName,
      request.signal,
    );
    if (task === "TooManyPollers") throw errors.activityWorkerLimitExceeded(activityArn);
    if (task === undefined) return {};
    const { taskToken } = task;
    const giveBack = (): void => context.engine.returnActivityTask(taskToken);
    const { signal } = request;
    if (!signal.aborted) signal.addEventListener("abort", giveBack, { once: true });
    else if (signal.reason !== STOPPING) giveBack();
    return { taskToken, input: task.input };
  },
);
