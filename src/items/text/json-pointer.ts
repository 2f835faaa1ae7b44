/** JSON Pointers (RFC 6901), with which an ItemReader names the items in a JSON file. */
import { FileFault } from "../dataset-item.ts";

/** The names and indexes on the way; throws FileFault if it is no JSON Pointer. */
export function pointerTokens(pointer: string): readonly string[] {
  if (pointer === "") return [];
  if (!pointer.startsWith("/") || /~(?![01])/.test(pointer)) {
    throw new FileFault(
      `ItemsPointer ${JSON.stringify(pointer)} is not a JSON Pointer; write one such as /data/items`,
    );
  }
  return pointer
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}
