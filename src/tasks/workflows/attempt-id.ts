/** Names an attempt of a task, so that a repeated delivery of it is recognised. */
import { createHash } from "node:crypto";
import type { TaskCall } from "../../engine/ports.ts";

/**
 * A UUID: the same for every delivery of an attempt, also after a crash; another one for a retry, for
 * a redrive and for an execution that has the ARN of a deleted one.
 */
export function attemptId(
  call: Pick<TaskCall, "executionArn" | "executionStartedAt" | "id">,
): string {
  const { executionArn, executionStartedAt, id } = call;
  const text = `${executionArn}\n${executionStartedAt}\n${id.scheduledEventId}`;
  const bytes = createHash("sha256").update(text).digest().subarray(0, 16);
  // The version and variant of a UUID made of random bits, as AWS names executions.
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
