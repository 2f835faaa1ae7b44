import { checkArn } from "../arn.ts";
import { arn } from "../model.ts";
import { operation } from "../operation.ts";
import { required } from "../shapes.ts";

/** Succeeds if there is no such activity. */
export const deleteActivity = operation(
  "DeleteActivity",
  { activityArn: required(arn) },
  async (input, context) => {
    checkArn(input.activityArn, "activity");
    await context.catalog.activities.delete(input.activityArn);
    return {};
  },
);
