import { withoutTags } from "../../engine/catalog/tag.ts";
import { arn, tagKeys } from "../model.ts";
import { operation } from "../operation.ts";
import { required } from "../shapes.ts";
import { changeTags } from "../tagged.ts";

/** Keys that are not set are ignored. */
export const untagResource = operation(
  "UntagResource",
  { resourceArn: required(arn), tagKeys: required(tagKeys) },
  async (input, context) => {
    await changeTags(context, input.resourceArn, (tags) => withoutTags(tags, input.tagKeys));
    return {};
  },
);
