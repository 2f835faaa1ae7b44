import { withTags } from "../../engine/catalog/tag.ts";
import { errors } from "../errors.ts";
import { arn, tags } from "../model.ts";
import { operation } from "../operation.ts";
import { required } from "../shapes.ts";
import { changeTags } from "../tagged.ts";
import { readTags } from "../tags.ts";

/** Sets tags; others stay. */
export const tagResource = operation(
  "TagResource",
  { resourceArn: required(arn), tags: required(tags) },
  async (input, context) => {
    await changeTags(context, input.resourceArn, (present) => {
      const changed = withTags(present, readTags(input.tags));
      if (changed.length > context.limits.tags) throw errors.tooManyTags(input.resourceArn);
      return changed;
    });
    return {};
  },
);
