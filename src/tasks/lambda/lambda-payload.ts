/** What a function returned, as a JSON value within the payload quota. */
import type { Json } from "../../json/json.ts";
import { parseJson } from "../../json/parse.ts";
import { exceedsBytes } from "../../json/size.ts";
import { stringify } from "../../json/stringify.ts";
import { TaskFailure } from "../task-failure.ts";

/** Quota "Maximum input or output size for a task, state, or execution": 256 KiB as UTF-8. */
const MAX_PAYLOAD_BYTES = 262_144;

/** JSON text of an event. */
export function payloadText(value: Json): string {
  return stringify(value);
}

/**
 * The `Payload` parameter of `lambda:invoke` as a request body. Recorded from AWS: a string that is
 * JSON text is sent as it is, so the function sees the value that the text stands for.
 */
export function invokePayload(value: Json): string {
  if (typeof value === "string" && parseJson(value).ok) return value;
  return payloadText(value);
}

/**
 * Parses a function's answer. A text that is no JSON document (a custom runtime may return one)
 * becomes a JSON string; an empty one `""`.
 * @param task Name in the error, `lambda` or the function's ARN.
 * @throws TaskFailure States.DataLimitExceeded over 262,144 bytes.
 */
export function parsePayload(text: string, task: string): Json {
  if (exceedsBytes(text, MAX_PAYLOAD_BYTES)) throw dataLimitExceeded(task);
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : text;
}

/** @throws TaskFailure States.DataLimitExceeded if the whole result is over 262,144 bytes. */
export function checkResultSize(result: Json, task: string): void {
  if (exceedsBytes(stringify(result), MAX_PAYLOAD_BYTES)) throw dataLimitExceeded(task);
}

function dataLimitExceeded(task: string): TaskFailure {
  return new TaskFailure(
    "States.DataLimitExceeded",
    `The state/task '${task}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
