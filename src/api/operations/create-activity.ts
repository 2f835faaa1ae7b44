import { withTags } from "../../engine/catalog/tag.ts";
import { makeArn } from "../arn.ts";
import { readEncryption } from "../configurations.ts";
import { errors } from "../errors.ts";
import { encryptionConfiguration, name, tags } from "../model.ts";
import { checkName } from "../name.ts";
import { operation } from "../operation.ts";
import { optional, required } from "../shapes.ts";
import { readTags } from "../tags.ts";
import { seconds } from "../time.ts";

/** Idempotent by name; tags are ignored if the activity is there. */
export const createActivity = operation(
  "CreateActivity",
  {
    name: required(name),
    tags: optional(tags),
    encryptionConfiguration: optional(encryptionConfiguration),
  },
  async (input, context) => {
    checkName(input.name);
    const activityArn = makeArn(context, "activity", input.name);
    const newTags = withTags([], readTags(input.tags ?? []));
    if (newTags.length > context.limits.tags) throw errors.tooManyTags(activityArn);
    const result = await context.catalog.activities.create({
      arn: activityArn,
      name: input.name,
      encryption: readEncryption(input.encryptionConfiguration),
      tags: newTags,
    });
    switch (result.type) {
      case "Created":
        return { activityArn, creationDate: seconds(result.activity.createdAt) };
      case "Conflict":
        throw errors.activityAlreadyExists(activityArn);
      case "LimitExceeded":
        throw errors.activityLimitExceeded(context.limits.activities);
    }
  },
);
