/** "Step Functions Execution Status Change" events, as EventBridge delivers them. */
import type { ExecutionDescription } from "../engine/execution-service.ts";

export const STATUS_SOURCE = "aws.states";
export const STATUS_DETAIL_TYPE = "Step Functions Execution Status Change";
/** EventBridge: a whole event has at most 256 KB. */
const MAX_EVENT_BYTES = 256 * 1024;
/** For the envelope around the detail. */
const ENVELOPE_BYTES = 2 * 1024;

export interface StatusEvent {
  readonly executionArn: string;
  /** Epoch milliseconds of the change. */
  readonly at: number;
  /** JSON text. */
  readonly detail: string;
}

/** Absent facts are null, as AWS has them. Data that would make the event too big is left out. */
export function statusEvent(description: ExecutionDescription): StatusEvent {
  const { executionArn, startedAt, stoppedAt, redrivenAt } = description;
  let detail = detailOf(description, true);
  if (Buffer.byteLength(detail) > MAX_EVENT_BYTES - ENVELOPE_BYTES) {
    detail = detailOf(description, false);
  }
  return { executionArn, at: stoppedAt ?? redrivenAt ?? startedAt, detail };
}

function detailOf(description: ExecutionDescription, included: boolean): string {
  const { input, output, notRedrivable } = description;
  return JSON.stringify({
    executionArn: description.executionArn,
    stateMachineArn: description.stateMachineArn,
    name: description.name,
    status: description.status,
    startDate: description.startedAt,
    stopDate: description.stoppedAt ?? null,
    input: included ? input : null,
    output: included ? (output ?? null) : null,
    stateMachineVersionArn: description.versionArn ?? null,
    stateMachineAliasArn: description.aliasArn ?? null,
    redriveCount: description.redriveCount,
    redriveDate: description.redrivenAt ?? null,
    redriveStatus: notRedrivable === undefined ? "REDRIVABLE" : "NOT_REDRIVABLE",
    redriveStatusReason: notRedrivable ?? null,
    inputDetails: { included },
    outputDetails: output === undefined ? null : { included },
    error: description.error ?? null,
    cause: description.cause ?? null,
  });
}

/** The whole event, as a target of a rule would get it: a JSON object on one line. `id`: a UUID. */
export function eventText({ executionArn, at, detail }: StatusEvent, id: string): string {
  const [, , , region, account] = executionArn.split(":");
  const envelope = JSON.stringify({
    version: "0",
    id,
    "detail-type": STATUS_DETAIL_TYPE,
    source: STATUS_SOURCE,
    account,
    time: `${new Date(at).toISOString().slice(0, 19)}Z`,
    region,
    resources: [executionArn],
  });
  return `${envelope.slice(0, -1)},"detail":${detail}}`;
}
