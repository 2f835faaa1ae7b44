/** Changes of status to EventBridge's default bus at AWS_ENDPOINT_URL(_EVENTBRIDGE). */
import type { EventBridgeClient, PutEventsResultEntry } from "@aws-sdk/client-eventbridge";
import type { Environment } from "../aws/environment.ts";
import { requestFailure } from "../aws/request-failure.ts";
import { deliveryClientSettings } from "./delivery-client.ts";
import { chunks } from "./chunks.ts";
import type { Sender, Sent } from "./delivery-queue.ts";
import { STATUS_DETAIL_TYPE, STATUS_SOURCE } from "./status-event.ts";
import type { StatusEvent } from "./status-event.ts";

type Sdk = typeof import("@aws-sdk/client-eventbridge");

/** PutEvents: entries of one request, and the bytes of all of them. */
const LIMITS = { maxItems: 10, maxBytes: 256 * 1024 };
/** What an entry has beside its detail. */
const ENTRY_BYTES = 1024;
/** Codes of entries that may succeed later. */
const PASSING = /Throttl|InternalFailure|InternalException/;

export class EventBridge implements Sender<StatusEvent> {
  readonly name = "status events to EventBridge";
  readonly #environment: Environment;
  readonly #region: string;
  #sdk: Promise<Sdk> | undefined;
  #client: EventBridgeClient | undefined;

  constructor(options: { readonly environment: Environment; readonly region: string }) {
    this.#environment = options.environment;
    this.#region = options.region;
  }

  async send(events: readonly StatusEvent[]): Promise<Sent<StatusEvent>> {
    const again: StatusEvent[] = [];
    let lost = 0;
    let reason: string | undefined;
    const requests = chunks(events, bytesOf, LIMITS);
    for (const [i, request] of requests.entries()) {
      const sent = await this.#put(request);
      again.push(...sent.again);
      lost += sent.lost;
      reason = sent.reason ?? reason;
      if (sent.isUnreachable !== true) continue;
      again.push(...requests.slice(i + 1).flat());
      break;
    }
    return { again, lost, reason };
  }

  close(): void {
    this.#client?.destroy();
  }

  async #put(
    events: readonly StatusEvent[],
  ): Promise<Sent<StatusEvent> & { readonly isUnreachable?: boolean }> {
    try {
      const sdk = await (this.#sdk ??= import("@aws-sdk/client-eventbridge"));
      this.#client ??= new sdk.EventBridgeClient(
        deliveryClientSettings(this.#environment, "EventBridge", this.#region),
      );
      const answer = await this.#client.send(
        new sdk.PutEventsCommand({
          Entries: events.map(({ executionArn, at, detail }) => ({
            Source: STATUS_SOURCE,
            DetailType: STATUS_DETAIL_TYPE,
            Time: new Date(at),
            Resources: [executionArn],
            Detail: detail,
          })),
        }),
      );
      return sentOf(events, answer.Entries ?? []);
    } catch (error) {
      const { passes, reason, isUnreachable } = requestFailure(error);
      return {
        again: passes ? events : [],
        lost: passes ? 0 : events.length,
        reason,
        isUnreachable,
      };
    }
  }
}

function sentOf(
  events: readonly StatusEvent[],
  results: readonly PutEventsResultEntry[],
): Sent<StatusEvent> {
  const failed = events.flatMap((event, i) => {
    const { ErrorCode: code, ErrorMessage: message } = results[i] ?? {};
    return code === undefined ? [] : [{ event, code, message }];
  });
  const again = failed.filter(({ code }) => PASSING.test(code)).map(({ event }) => event);
  const [first] = failed;
  const reason = first === undefined ? undefined : `${first.code}: ${first.message ?? ""}`;
  return { again, lost: failed.length - again.length, reason };
}

function bytesOf({ detail }: StatusEvent): number {
  return ENTRY_BYTES + Buffer.byteLength(detail);
}
