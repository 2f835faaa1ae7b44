/** Where the objects of a folder bucket are: keys are paths below the bucket's folder. */
import { join } from "node:path";
import { BucketError } from "../bucket.ts";

/** Bytes of a key; a quota of S3. */
const MAX_KEY_BYTES = 1024;
/** Bytes of a file's name on common file systems. */
const MAX_NAME_BYTES = 255;
/** Files that are being written have names that begin so; they are no objects. */
const TEMPORARY = ".stepwell-upload~";

/** Whether a file is one that is being written. */
export function isTemporary(name: string): boolean {
  return name.startsWith(TEMPORARY);
}

/** The name under which a file is written until it is whole. */
export function temporaryName(name: string): string {
  return `${TEMPORARY}${name}`;
}

/**
 * The path of an object below `root`. Throws BucketError of kind Invalid for keys that S3 may have
 * but no file system: with empty, `.` or `..` parts, with NUL, too long, or ending in `/`.
 */
export function objectPath(root: string, key: string): string {
  const fault = keyFault(key);
  if (fault !== undefined) {
    throw new BucketError(
      "Invalid",
      `the key ${JSON.stringify(key)} cannot be a file of a folder: ${fault}`,
    );
  }
  return join(root, ...key.split("/"));
}

function keyFault(key: string): string | undefined {
  if (key === "") return "it is empty";
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) return `it is longer than ${MAX_KEY_BYTES} bytes`;
  if (key.includes("\0")) return "it contains NUL";
  if (process.platform === "win32" && /[\\:]/.test(key)) return "it contains \\ or :";
  for (const part of key.split("/")) {
    if (part === "") return "it begins or ends with / or contains //";
    if (part === "." || part === "..") return `it contains the part ${part}`;
    if (Buffer.byteLength(temporaryName(part)) > MAX_NAME_BYTES) {
      return `a part of it is longer than ${MAX_NAME_BYTES - TEMPORARY.length} bytes`;
    }
    if (isTemporary(part)) return `names that begin with ${TEMPORARY} are taken`;
  }
  return undefined;
}
