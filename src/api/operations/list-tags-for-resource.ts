import { arn } from "../model.ts";
import { operation } from "../operation.ts";
import { required } from "../shapes.ts";
import { tagsOf } from "../tagged.ts";

export const listTagsForResource = operation(
  "ListTagsForResource",
  { resourceArn: required(arn) },
  async (input, context) => ({ tags: tagsOf(context, input.resourceArn) }),
);
