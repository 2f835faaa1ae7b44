/** A client of `/api/events`: hears of changes, and of the events of the execution it watches. */
import type { ServerResponse } from "node:http";
import { historyEventOutput } from "../api/history-event-output.ts";
import type { ExecutionService } from "../engine/execution-service.ts";
import type { HistoryEvent } from "../interpreter/history.ts";
import type { Changes } from "./change-batch.ts";
import { EventStream } from "./event-stream.ts";
import { HistoryWatch } from "./history-watch.ts";
import type { LiveFeed } from "./live-feed.ts";

export interface LiveClientParts {
  readonly engine: Pick<ExecutionService, "history">;
  readonly feed: LiveFeed;
  readonly log: { error(details: object, message: string): void };
}

/** Which history a client wants, and from where on. */
export interface WatchedHistory {
  readonly executionArn: string;
  /** Id of the last event that it has; 0: none. */
  readonly afterEventId: number;
  /** Whether payloads are wanted. */
  readonly withData: boolean;
}

export class LiveClient {
  readonly #stream: EventStream;
  readonly #watch: HistoryWatch | undefined;
  /** Changes were not told because the client did not read. */
  #hasMissed = false;

  /** `closed` is called once, when the client is gone. */
  constructor(
    response: ServerResponse,
    watched: WatchedHistory | undefined,
    parts: LiveClientParts,
    closed: () => void,
  ) {
    const { feed } = parts;
    const stopListening = feed.listen({ changed: (changes) => this.#tell(changes) });
    this.#stream = new EventStream(
      response,
      () => this.#goOn(),
      () => {
        stopListening();
        stopWatching?.();
        this.#watch?.close();
        closed();
      },
    );
    this.#watch = watched && this.#watching(watched, parts);
    const stopWatching =
      watched && this.#watch ? feed.watch(watched.executionArn, this.#watch) : undefined;
    this.#watch?.catchUp();
  }

  end(): void {
    this.#stream.end();
  }

  #tell(changes: Changes): void {
    if (this.#stream.isBlocked) this.#hasMissed = true;
    else this.#stream.send("changes", changes);
  }

  #goOn(): void {
    if (this.#hasMissed) this.#stream.send("changes", EVERYTHING);
    this.#hasMissed = false;
    this.#watch?.catchUp();
  }

  #watching(
    { executionArn, afterEventId, withData }: WatchedHistory,
    { engine, log }: LiveClientParts,
  ): HistoryWatch {
    return new HistoryWatch({
      executionArn,
      afterEventId,
      history: (arn, page) => engine.history(arn, page),
      isBlocked: () => this.#stream.isBlocked,
      send: (events: readonly HistoryEvent[]) => {
        const shown = events.map((event) => historyEventOutput(event, withData));
        this.#stream.send("history", { executionArn, events: shown }, events.at(-1)?.id);
      },
      failed: (error) => {
        log.error({ err: error, executionArn }, "a history cannot be followed");
        this.#stream.end();
      },
    });
  }
}

/** For a client that was too slow: it looks again itself. */
const EVERYTHING: Changes = { executions: [], resources: [], isComplete: false };
