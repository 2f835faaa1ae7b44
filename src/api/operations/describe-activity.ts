import { checkArn } from "../arn.ts";
import { showEncryption } from "../configurations.ts";
import { errors } from "../errors.ts";
import { arn } from "../model.ts";
import { operation } from "../operation.ts";
import { required } from "../shapes.ts";
import { seconds } from "../time.ts";

export const describeActivity = operation(
  "DescribeActivity",
  { activityArn: required(arn) },
  async (input, context) => {
    checkArn(input.activityArn, "activity");
    const activity = context.catalog.activities.find(input.activityArn);
    if (activity === undefined) throw errors.activityDoesNotExist(input.activityArn);
    return {
      activityArn: activity.arn,
      name: activity.name,
      creationDate: seconds(activity.createdAt),
      encryptionConfiguration: showEncryption(activity.encryption),
    };
  },
);
