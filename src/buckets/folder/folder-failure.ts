/** What the file system refused, in S3's words. */
import { BucketError } from "../bucket.ts";

const MISSING = new Set(["ENOENT", "ENOTDIR", "ELOOP"]);
const DENIED = new Set(["EACCES", "EPERM", "EROFS"]);

/** Reads an error of the file system about one object. */
export function folderFailure(error: unknown): BucketError {
  if (error instanceof BucketError) return error;
  const code = codeOf(error);
  if (MISSING.has(code)) return noSuchKey();
  if (DENIED.has(code)) return new BucketError("Denied", `AccessDenied: ${messageOf(error)}`);
  if (code === "EISDIR" || code === "EEXIST" || code === "ENAMETOOLONG") {
    return new BucketError("Invalid", messageOf(error));
  }
  return new BucketError("Unavailable", messageOf(error));
}

/** What S3 says when an object is not there. */
export function noSuchKey(): BucketError {
  return new BucketError("Missing", "NoSuchKey: The specified key does not exist.");
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
