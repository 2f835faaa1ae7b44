/** Resources that have tags: state machines and activities, not their versions. */
import type { Tag } from "../engine/catalog/tag.ts";
import { checkArn } from "./arn.ts";
import { errors } from "./errors.ts";
import type { ApiContext } from "./operation.ts";

/** The tags of a resource. Throws InvalidArn, ResourceNotFound. */
export function tagsOf(context: ApiContext, arn: string): readonly Tag[] {
  checkArn(arn, "stateMachine", "activity");
  const { machines, activities } = context.catalog;
  const resource = machines.find(arn) ?? activities.find(arn);
  if (resource === undefined) throw errors.resourceNotFound(arn);
  return resource.tags;
}

/** Changes the tags of a resource; rejects like `tagsOf`, or with what `change` throws. */
export async function changeTags(
  context: ApiContext,
  arn: string,
  change: (tags: readonly Tag[]) => readonly Tag[],
): Promise<void> {
  tagsOf(context, arn);
  const { machines, activities } = context.catalog;
  const kept =
    machines.find(arn) === undefined
      ? await activities.changeTags(arn, change)
      : await machines.changeTags(arn, change);
  if (kept === undefined) throw errors.resourceNotFound(arn);
}
