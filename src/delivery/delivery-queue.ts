/** Best-effort delivery in the background: bounded, in batches, in order; it never holds anybody up. */
import type { EngineLog } from "../engine/engine-log.ts";
import type { Clock } from "../engine/ports.ts";

/** What became of a batch. */
export interface Sent<Item> {
  /** Not delivered, but worth another try. */
  readonly again: readonly Item[];
  /** Number of items that cannot be delivered at all. */
  readonly lost: number;
  /** Why not everything was delivered; undefined: it was. */
  readonly reason: string | undefined;
}

export const ALL_SENT = { again: [], lost: 0, reason: undefined } as const;

export interface Sender<Item> {
  /** For people, e.g. "execution logs to CloudWatch Logs". */
  readonly name: string;
  /** Batches go out one after the other. A rejection means that all is lost. */
  send(items: readonly Item[]): Promise<Sent<Item>>;
  close(): Promise<void> | void;
}

export interface QueueLimits {
  readonly items: number;
  /** Sum of the lengths of the items' texts. */
  readonly characters: number;
  readonly batchItems: number;
  readonly batchCharacters: number;
  /** Milliseconds in which a batch gathers. */
  readonly lingerMilliseconds: number;
  /** Tries of one batch. */
  readonly attempts: number;
}

export const QUEUE_LIMITS: QueueLimits = {
  items: 50_000,
  characters: 32 * 1024 * 1024,
  batchItems: 1_000,
  batchCharacters: 1024 * 1024,
  lingerMilliseconds: 50,
  attempts: 4,
};

/** Milliseconds before the second try; it doubles. */
const FIRST_BACKOFF = 250;
/** Trouble is told once in so many milliseconds. */
const WARNING_INTERVAL = 60_000;

interface Queued<Item> {
  readonly item: Item;
  readonly characters: number;
}

export class DeliveryQueue<Item> {
  readonly #sender: Sender<Item>;
  readonly #clock: Clock;
  readonly #log: EngineLog;
  readonly #limits: QueueLimits;
  #queue: Queued<Item>[] = [];
  #characters = 0;
  #working: Promise<void> | undefined;
  #isClosing = false;
  /** Ends a pause early. */
  #wake: (() => void) | undefined;
  #lost = 0;
  #reason = "";
  #warnedAt = -Infinity;

  constructor(parts: {
    readonly sender: Sender<Item>;
    readonly clock: Clock;
    readonly log: EngineLog;
    readonly limits?: QueueLimits | undefined;
  }) {
    this.#sender = parts.sender;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#limits = parts.limits ?? QUEUE_LIMITS;
  }

  /** Takes an item in, or counts it as lost when too much waits. `characters`: its length. */
  put(item: Item, characters: number): void {
    const { items, characters: most } = this.#limits;
    const isFull = this.#queue.length >= items || this.#characters + characters > most;
    if (this.#isClosing || isFull) {
      this.#lose(1, this.#isClosing ? "the server stops" : "more waits than can be delivered");
      return;
    }
    this.#queue.push({ item, characters });
    this.#characters += characters;
    this.#working ??= this.#work();
  }

  /** Delivers what waits, for at most so many milliseconds; the rest is lost. Never rejects. */
  async close(milliseconds: number): Promise<void> {
    this.#isClosing = true;
    this.#wake?.();
    let cancel = (): void => {};
    const late = new Promise<void>((resolve) => {
      cancel = this.#clock.schedule(this.#clock.now() + milliseconds, resolve);
    });
    await Promise.race([this.#working ?? Promise.resolve(), late]);
    cancel();
    if (this.#queue.length > 0) this.#lose(this.#queue.length, "the server stops");
    this.#queue = [];
    this.#tell();
    await this.#sender.close();
  }

  async #work(): Promise<void> {
    await this.#pause(this.#limits.lingerMilliseconds);
    while (this.#queue.length > 0) {
      await this.#deliver(this.#takeBatch());
      if (this.#queue.length > 0) await this.#pause(this.#limits.lingerMilliseconds);
    }
    this.#working = undefined;
  }

  #takeBatch(): readonly Item[] {
    const { batchItems, batchCharacters } = this.#limits;
    let characters = 0;
    let count = 0;
    for (const { characters: more } of this.#queue) {
      if (count === batchItems || (count > 0 && characters + more > batchCharacters)) break;
      characters += more;
      count++;
    }
    this.#characters -= characters;
    return this.#queue.splice(0, count).map(({ item }) => item);
  }

  async #deliver(batch: readonly Item[]): Promise<void> {
    let items = batch;
    for (let attempt = 1; items.length > 0; attempt++) {
      const { again, lost, reason } = await this.#send(items);
      if (lost > 0) this.#lose(lost, reason ?? "");
      if (again.length > 0 && (attempt >= this.#limits.attempts || this.#isClosing)) {
        this.#lose(again.length, reason ?? "");
        return;
      }
      items = again;
      if (items.length > 0) await this.#pause(FIRST_BACKOFF * 2 ** (attempt - 1));
    }
  }

  async #send(items: readonly Item[]): Promise<Sent<Item>> {
    try {
      return await this.#sender.send(items);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { again: [], lost: items.length, reason };
    }
  }

  #pause(milliseconds: number): Promise<void> {
    if (this.#isClosing) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#clock.schedule(this.#clock.now() + milliseconds, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }

  #lose(count: number, reason: string): void {
    this.#lost += count;
    this.#reason = reason;
    if (this.#clock.now() - this.#warnedAt >= WARNING_INTERVAL) this.#tell();
  }

  #tell(): void {
    if (this.#lost === 0) return;
    const { name } = this.#sender;
    this.#log.warn({ lost: this.#lost, reason: this.#reason }, `could not deliver ${name}`);
    this.#lost = 0;
    this.#warnedAt = this.#clock.now();
  }
}
