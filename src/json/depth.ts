/** How deep values are nested. */
import { isArray, isObject } from "./kind.ts";
import type { Json } from "./json.ts";

/**
 * Whether a value has more levels of arrays and objects than the limit. Looks no deeper than that, so
 * that its recursion is bounded by the limit, too.
 */
export function exceedsDepth(value: Json, limit: number): boolean {
  if (isArray(value)) {
    if (limit === 0) return true;
    return value.some((item) => exceedsDepth(item, limit - 1));
  }
  if (!isObject(value)) return false;
  if (limit === 0) return true;
  for (const key of Object.keys(value)) {
    if (exceedsDepth(value[key]!, limit - 1)) return true;
  }
  return false;
}
