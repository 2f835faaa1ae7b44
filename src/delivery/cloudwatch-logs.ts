/** Execution logs to CloudWatch Logs, or to a work-alike at AWS_ENDPOINT_URL(_CLOUDWATCH_LOGS). */
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { Environment } from "../aws/environment.ts";
import { requestFailure, type RequestFailure } from "../aws/request-failure.ts";
import { deliveryClientSettings } from "./delivery-client.ts";
import { chunks } from "./chunks.ts";
import type { Sender, Sent } from "./delivery-queue.ts";

type Sdk = typeof import("@aws-sdk/client-cloudwatch-logs");

/** One record on its way. */
export interface LogEntry {
  /** Name and region of the log group. */
  readonly group: string;
  readonly region: string;
  readonly stateMachineName: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly text: string;
}

/** AWS makes this stream when a state machine gets its logging configuration; we with the first record. */
const VALIDATION_STREAM = "log_stream_created_by_aws_to_validate_log_delivery_subscriptions";
/** PutLogEvents: events of one request, their bytes, and what each counts beside its text. */
const LIMITS = { maxItems: 10_000, maxBytes: 1_048_576 };
const ENTRY_BYTES = 26;
/** Streams remembered; one that is forgotten is made again. */
const MAX_STREAMS = 10_000;
/** Regions at the same time; the names come from log groups' ARNs. */
const MAX_CLIENTS = 16;
/** `…/2026-11-23T07:55:12.000Z` has the day in so many characters, day and minute in so many. */
const DAY_LENGTH = 10;
const MINUTE_LENGTH = 16;

export class CloudWatchLogs implements Sender<LogEntry> {
  readonly name = "execution logs to CloudWatch Logs";
  readonly #environment: Environment;
  /** Tells the streams of this server from another's: eight hexadecimal digits. */
  readonly #id: string;
  readonly #clients = new Map<string, CloudWatchLogsClient>();
  /** By region, group and state machine: the day and the name of the stream in use. */
  readonly #streams = new Map<string, { readonly day: string; readonly name: string }>();
  #sdk: Promise<Sdk> | undefined;

  constructor(options: { readonly environment: Environment; readonly id: string }) {
    this.#environment = options.environment;
    this.#id = options.id;
  }

  async send(entries: readonly LogEntry[]): Promise<Sent<LogEntry>> {
    const parts = new Map<string, LogEntry[]>();
    for (const entry of entries) {
      const key = `${streamKey(entry)} ${dayOf(entry.at)}`;
      const part = parts.get(key);
      if (part === undefined) parts.set(key, [entry]);
      else part.push(entry);
    }
    const again: LogEntry[] = [];
    let lost = 0;
    let reason: string | undefined;
    const requests = [...parts.values()].flatMap((part) => chunks(part, bytesOf, LIMITS));
    /** Regions where nobody answers: asking for each log group would take too long. */
    const away = new Set<string | undefined>();
    for (const request of requests) {
      const region = request[0]?.region;
      if (away.has(region)) {
        again.push(...request);
        continue;
      }
      const failure = await this.#sendToStream(request as [LogEntry, ...LogEntry[]]);
      if (failure === undefined) continue;
      ({ reason } = failure);
      if (failure.passes) again.push(...request);
      else lost += request.length;
      if (failure.isUnreachable) away.add(region);
    }
    return { again, lost, reason };
  }

  close(): void {
    for (const client of this.#clients.values()) client.destroy();
    this.#clients.clear();
  }

  /** All entries belong to one state machine, log group and day. */
  async #sendToStream(entries: [LogEntry, ...LogEntry[]]): Promise<RequestFailure | undefined> {
    const [first] = entries;
    const key = streamKey(first);
    try {
      const sdk = await (this.#sdk ??= import("@aws-sdk/client-cloudwatch-logs"));
      const client = this.#client(sdk, first.region);
      const known = this.#streams.get(key);
      const day = dayOf(first.at);
      const stream = known?.day === day ? known.name : await this.#create(sdk, client, first);
      this.#remember(key, { day, name: stream });
      // Executions wait differently long for the disk; the service wants the order of time.
      const ordered = entries.toSorted((a, b) => a.at - b.at);
      await client.send(
        new sdk.PutLogEventsCommand({
          logGroupName: first.group,
          logStreamName: stream,
          logEvents: ordered.map(({ at, text }) => ({ timestamp: at, message: text })),
        }),
      );
      return undefined;
    } catch (error) {
      const failure = requestFailure(error);
      // Group or stream are gone: the next batch looks anew.
      const wasKnown = this.#streams.delete(key);
      const passes = failure.passes || (wasKnown && failure.name === "ResourceNotFoundException");
      return { ...failure, passes, reason: `${first.group}: ${failure.reason}` };
    }
  }

  /** Makes the streams; answers the name of the one for the records. */
  async #create(sdk: Sdk, client: CloudWatchLogsClient, entry: LogEntry): Promise<string> {
    const { group, stateMachineName, at } = entry;
    const minute = new Date(at).toISOString().slice(0, MINUTE_LENGTH).replaceAll(/[T:]/g, "-");
    const name = `states/${stateMachineName}/${minute}/${this.#id}`;
    for (const logStreamName of [VALIDATION_STREAM, name]) {
      try {
        await client.send(new sdk.CreateLogStreamCommand({ logGroupName: group, logStreamName }));
      } catch (error) {
        if (requestFailure(error).name !== "ResourceAlreadyExistsException") throw error;
      }
    }
    return name;
  }

  #remember(key: string, stream: { readonly day: string; readonly name: string }): void {
    this.#streams.delete(key);
    this.#streams.set(key, stream);
    for (const oldest of this.#streams.keys()) {
      if (this.#streams.size <= MAX_STREAMS) break;
      this.#streams.delete(oldest);
    }
  }

  #client(sdk: Sdk, region: string): CloudWatchLogsClient {
    let client = this.#clients.get(region);
    if (client !== undefined) return client;
    if (this.#clients.size >= MAX_CLIENTS) {
      throw new Error(`log groups of more than ${MAX_CLIENTS} regions are in use`);
    }
    const settings = deliveryClientSettings(this.#environment, "CloudWatch Logs", region);
    client = new sdk.CloudWatchLogsClient(settings);
    this.#clients.set(region, client);
    return client;
  }
}

function streamKey({ region, group, stateMachineName }: LogEntry): string {
  return `${region} ${group} ${stateMachineName}`;
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, DAY_LENGTH);
}

function bytesOf({ text }: LogEntry): number {
  return ENTRY_BYTES + Buffer.byteLength(text);
}
