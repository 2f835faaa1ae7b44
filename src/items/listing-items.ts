/** The items of listObjectsV2: what S3 says of each object. */
import type { ListedObject } from "../buckets/bucket.ts";
import { JsonNumber } from "../json/number.ts";
import { utf8Length } from "../json/size.ts";
import type { DatasetItem } from "./dataset-item.ts";

/** Bytes of an item without its key. */
const FRAME_BYTES = 160;

export function listingItem(object: ListedObject, source: string): DatasetItem {
  const value = {
    Etag: object.etag,
    Key: object.key,
    LastModified: new JsonNumber(decimal(Math.floor(object.lastModified / 1000))),
    Size: object.size,
    StorageClass: object.storageClass,
  };
  return {
    item: { value, key: undefined, source },
    bytes: FRAME_BYTES + utf8Length(object.key),
  };
}

/** A whole number as AWS writes seconds: Java's text of a double, such as `1.790204286E9`. */
function decimal(seconds: number): string {
  const digits = String(seconds);
  if (seconds < 10_000_000) return `${digits}.0`;
  const fraction = digits.slice(1).replace(/0+$/, "");
  return `${digits[0]}.${fraction === "" ? "0" : fraction}E${digits.length - 1}`;
}
