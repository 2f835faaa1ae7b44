/** What S3, or the way to it, refused. */
import { requestFailure } from "../../aws/request-failure.ts";
import { BucketError, type BucketErrorKind } from "../bucket.ts";

const KINDS: ReadonlyMap<string, BucketErrorKind> = new Map([
  ["NoSuchKey", "Missing"],
  ["NoSuchBucket", "Missing"],
  ["NoSuchVersion", "Missing"],
  ["NotFound", "Missing"],
  ["AccessDenied", "Denied"],
  ["Forbidden", "Denied"],
  ["InvalidAccessKeyId", "Denied"],
  ["SignatureDoesNotMatch", "Denied"],
  ["ExpiredToken", "Denied"],
  ["CredentialsProviderError", "Denied"],
  ["PreconditionFailed", "Changed"],
  ["AnswerTooLong", "Invalid"],
]);

/** Reads what a call of the S3 client threw. */
export function s3Failure(error: unknown): BucketError {
  if (error instanceof BucketError) return error;
  const { passes, name, reason } = requestFailure(error);
  const kind = KINDS.get(name) ?? (passes ? "Unavailable" : "Invalid");
  return new BucketError(
    kind,
    kind === "Changed" ? "the object was changed while it was read" : reason,
  );
}
