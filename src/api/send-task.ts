/** What SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat have in common. */
import type { TaskOutcome } from "../engine/execution-service.ts";
import { errors } from "./errors.ts";
import type { ApiContext, Output } from "./operation.ts";

/** Rejects with InvalidToken, TaskDoesNotExist, TaskTimedOut. */
export async function sendTask(
  context: ApiContext,
  taskToken: string,
  outcome: TaskOutcome,
): Promise<Output> {
  const result = await context.engine.sendTask(taskToken, outcome);
  switch (result) {
    case "Accepted":
      return {};
    case "InvalidToken":
      throw errors.invalidToken();
    case "TaskDoesNotExist":
      throw errors.taskDoesNotExist();
    case "TaskTimedOut":
      throw errors.taskTimedOut();
  }
}
