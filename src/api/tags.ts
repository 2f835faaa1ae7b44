/** Tags of requests. */
import type { Tag } from "../engine/catalog/tag.ts";
import type { tags } from "./model.ts";
import type { ValueOf } from "./shapes.ts";

/** An absent value is the empty one. */
export function readTags(given: ValueOf<typeof tags>): Tag[] {
  return given.map(({ key, value }) => ({ key, value: value ?? "" }));
}
