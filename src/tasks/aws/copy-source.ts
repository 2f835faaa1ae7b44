/** The source of a copy in Amazon S3, which the AWS SDK for Java also takes in parts. */
import type { Json } from "../../json/json.ts";
import { isObject, memberOf, objectOf } from "../../json/kind.ts";

const OPERATIONS: ReadonlySet<string> = new Set(["CopyObject", "UploadPartCopy"]);
const PARTS: ReadonlySet<string> = new Set(["SourceBucket", "SourceKey", "SourceVersionId"]);

/** Makes the member `CopySource` of SourceBucket, SourceKey and SourceVersionId. */
export function withCopySource(operation: string, parameters: Json): Json {
  if (!OPERATIONS.has(operation) || !isObject(parameters)) return parameters;
  const bucket = memberOf(parameters, "SourceBucket");
  const key = memberOf(parameters, "SourceKey");
  const version = memberOf(parameters, "SourceVersionId");
  if (typeof bucket !== "string" || typeof key !== "string") return parameters;
  const path = `${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
  const source = typeof version === "string" ? `${path}?versionId=${version}` : path;
  const rest = Object.entries(parameters).filter(([name]) => !PARTS.has(name));
  return objectOf([...rest, ["CopySource", source]]);
}
