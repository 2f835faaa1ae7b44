/** One connection for live updates, kept open while the page is in sight. */
import type { ExecutionStatus, HistoryEvent } from "../api/operations.ts";

export interface LiveChanges {
  readonly executions: readonly {
    readonly executionArn: string;
    readonly stateMachineArn: string;
    readonly status: ExecutionStatus;
  }[];
  /** ARNs of state machines, versions, aliases and activities. */
  readonly resources: readonly string[];
  /** False: more changed than is named. */
  readonly isComplete: boolean;
}

export interface WatchedExecution {
  readonly executionArn: string;
  readonly includeExecutionData: boolean;
  /** Id of the last event that is known; asked for whenever a connection is made. */
  lastEventId(): number;
  /** May repeat events after a connection was lost. */
  happened(events: readonly HistoryEvent[]): void;
}

export interface LiveListener {
  changed(changes: LiveChanges): void;
  /** Something may have been missed: the connection is there again after it was not. */
  caughtUp(): void;
  connected(isConnected: boolean): void;
}

/** Wait before a connection that the server refused is tried again, in milliseconds. */
const RETRY_MS = 3_000;

/**
 * A browser allows few connections to one server, so that a page that nobody sees gives its own
 * up; what it missed is looked up when it is seen again.
 */
export class LiveConnection {
  readonly #listener: LiveListener;
  #source: EventSource | undefined;
  #watched: WatchedExecution | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #wasConnected = false;

  constructor(listener: LiveListener) {
    this.#listener = listener;
  }

  /** Returns what ends it. */
  open(): () => void {
    const seen = (): void => {
      if (document.hidden) this.#disconnect();
      else if (this.#source === undefined) this.#connect();
    };
    document.addEventListener("visibilitychange", seen);
    seen();
    return () => {
      document.removeEventListener("visibilitychange", seen);
      this.#disconnect();
    };
  }

  /** Follows one execution's history instead of that of before; the returned function ends it. */
  watch(watched: WatchedExecution): () => void {
    this.#watched = watched;
    this.#reconnect();
    return () => {
      if (this.#watched !== watched) return;
      this.#watched = undefined;
      this.#reconnect();
    };
  }

  #reconnect(): void {
    if (this.#source === undefined) return;
    this.#source.close();
    this.#connect();
  }

  #connect(): void {
    clearTimeout(this.#retry);
    const source = new EventSource(`/api/events?${this.#query()}`);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#listener.connected(true);
      if (this.#wasConnected) this.#listener.caughtUp();
      this.#wasConnected = true;
    });
    source.addEventListener("changes", ({ data }: MessageEvent<string>) => {
      this.#listener.changed(JSON.parse(data) as LiveChanges);
    });
    source.addEventListener("history", ({ data }: MessageEvent<string>) => {
      const message = JSON.parse(data) as { executionArn: string; events: HistoryEvent[] };
      if (message.executionArn === this.#watched?.executionArn) {
        this.#watched.happened(message.events);
      }
    });
    source.addEventListener("error", () => {
      this.#listener.connected(false);
      // The browser tries again by itself unless the server refused.
      if (source.readyState !== EventSource.CLOSED || this.#source !== source) return;
      this.#retry = setTimeout(() => this.#connect(), RETRY_MS);
    });
  }

  #disconnect(): void {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = undefined;
  }

  #query(): string {
    if (this.#watched === undefined) return "";
    const { executionArn, includeExecutionData } = this.#watched;
    return new URLSearchParams({
      executionArn,
      afterEventId: String(this.#watched.lastEventId()),
      includeExecutionData: String(includeExecutionData),
    }).toString();
  }
}
