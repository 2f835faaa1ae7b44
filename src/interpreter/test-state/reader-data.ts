/** The items in the data that TestState is given in place of what an ItemReader reads. */
import type { ItemReader } from "../../asl/definition.ts";
import type { Json, JsonArray } from "../../json/json.ts";
import { isArray, isObject, memberOf } from "../../json/kind.ts";
import { parseJson } from "../../json/parse.ts";

/**
 * The items; `pointed`: what ItemsPointer points to. Undefined: the data is in a format that is not
 * read here (CSV, manifests, Parquet), so the items are unknown. `problem`: why it cannot be used.
 */
export type ReaderItems =
  | { readonly items: JsonArray; readonly pointed: boolean }
  | { readonly problem: string }
  | undefined;

export function readReaderData(data: string, reader: ItemReader): ReaderItems {
  switch (reader.inputType) {
    case "JSON":
    case undefined:
      return readJson(data, reader.itemsPointer);
    case "JSONL":
      return readLines(data);
    case "CSV":
    case "MANIFEST":
    case "PARQUET":
      return undefined;
  }
}

function readJson(data: string, pointer: string | undefined): ReaderItems {
  const parsed = parseJson(data);
  if (!parsed.ok) return { problem: `the data is not JSON: ${parsed.message}` };
  const found = pointer === undefined ? parsed.value : follow(parsed.value, pointer);
  if (isArray(found)) return { items: found, pointed: pointer !== undefined };
  // AWS takes an object's members as items, too.
  if (isObject(found)) {
    const items = Object.entries(found).map(([Key, Value]) => ({ Key, Value }));
    return { items, pointed: pointer !== undefined };
  }
  if (pointer === undefined) return { problem: "the data is neither a JSON array nor an object" };
  return { problem: `ItemsPointer '${pointer}' does not point to an array or an object` };
}

/** JSON Pointer, RFC 6901. */
function follow(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const token of pointer.split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (isArray(value)) value = /^(?:0|[1-9]\d*)$/u.test(key) ? value[Number(key)] : undefined;
    else value = isObject(value) ? memberOf(value, key) : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

function readLines(data: string): ReaderItems {
  const items: Json[] = [];
  for (const [index, line] of data.split(/\r?\n/u).entries()) {
    if (line.trim() === "") continue;
    const parsed = parseJson(line);
    if (!parsed.ok) return { problem: `line ${index + 1} is not JSON: ${parsed.message}` };
    items.push(parsed.value);
  }
  return { items, pointed: false };
}
