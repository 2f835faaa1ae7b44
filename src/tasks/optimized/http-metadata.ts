/** What version 1 of the AWS SDK for Java tells of an HTTP answer, beside the members of a result. */
import type { Json, JsonObject } from "../../json/json.ts";
import { isArray, isObject, objectOf } from "../../json/kind.ts";
import type { AwsAnswer } from "../aws/aws-caller.ts";

/** The result with its metadata, members in the order of the alphabet at every depth, as AWS has it. */
export function withMetadata(result: JsonObject, answer: AwsAnswer): JsonObject {
  const all = new Map<string, string[]>();
  for (const [name, value] of answer.rawHeaders) all.set(name, [...(all.get(name) ?? []), value]);
  const first = [...all].map(([name, [value = ""]]) => [name, value] as const);
  const metadata = {
    AllHttpHeaders: objectOf(all),
    HttpHeaders: objectOf(first.toSorted(([a], [b]) => compareIgnoringCase(a, b))),
    HttpStatusCode: answer.httpStatusCode,
  };
  return sorted({
    ...result,
    SdkHttpMetadata: metadata,
    SdkResponseMetadata: { RequestId: answer.requestId ?? "" },
  });
}

/** Members in the order of the alphabet, the first ones at every depth. */
export function sorted(object: JsonObject): JsonObject {
  return objectOf(
    Object.entries(object)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, name === "SdkHttpMetadata" ? value : sortedValue(value)]),
  );
}

function sortedValue(value: Json): Json {
  if (isArray(value)) return value.map(sortedValue);
  return isObject(value) ? sorted(value) : value;
}

function compareIgnoringCase(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}
