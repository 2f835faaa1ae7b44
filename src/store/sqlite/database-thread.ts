/** The main thread's end of the database thread: sends requests, hands back replies in order. */
import type { Worker } from "node:worker_threads";
import { startWorker } from "../../threads/start-worker.ts";
import { StoreUnavailable } from "../../engine/ports.ts";
import { StoreBroken, StoreNotOpened } from "../store-errors.ts";
import { errorOf } from "./failure.ts";
import type {
  Operation,
  Operations,
  Reply,
  Request,
  WorkerMessage,
  WorkerOptions,
} from "./protocol.ts";

/**
 * Messages that are on their way at once. Two keep both threads busy; requests that come in
 * meanwhile travel together in the next message, which makes many small reads cheap.
 */
const maximumMessages = 2;

/** Requests in one message, so that no reply waits for too many others. */
const maximumRequestsPerMessage = 256;

/** Requests that may wait: a bound for the memory behind a disk that does not answer. */
const maximumWaiting = 10_000;

interface Waiting {
  readonly request: Request;
  readonly settle: (reply: Reply) => void;
  readonly fail: (error: Error) => void;
}

/** A running database thread. Made by `startDatabaseThread`. */
export class DatabaseThread {
  /** Settles when the database is open; rejects with StoreNotOpened. */
  readonly opened: Promise<void>;
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  /** Not sent yet. */
  #waiting: Waiting[] = [];
  /** Sent, in order; the replies come in the same order. */
  #sent: Waiting[] = [];
  #messages = 0;
  #dead: Error | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    const { promise: ended, resolve: end } = settleLater();
    const { promise: opened, resolve: open, reject: refuse } = settleLater();
    this.#ended = ended;
    this.opened = opened;
    worker.on("message", (message: WorkerMessage) => {
      if (message.type === "opened") open();
      else if (message.type === "not-opened") refuse(new StoreNotOpened(message.message));
      else this.#receive(message.replies, message.done);
    });
    worker.on("error", (error) => this.#die(error.message));
    worker.on("exit", (code) => {
      this.#die(`exit code ${code}`);
      refuse(new StoreNotOpened(this.#dead?.message));
      end();
    });
  }

  /** Answers what was asked before, closes the database and ends the thread. Never rejects. */
  async close(): Promise<void> {
    try {
      await this.call("close", undefined);
    } catch {
      // The thread died, or the last checkpoint failed: the next start recovers from the log.
    }
    await this.#ended;
  }

  /**
   * Rejects with the error that `errorOf` makes of a failure, with StoreBroken when the thread has
   * died, with StoreUnavailable when too many requests wait.
   */
  call<K extends Operation>(
    operation: K,
    input: Operations[K]["input"],
  ): Promise<Operations[K]["output"]> {
    return new Promise((resolve, reject) => {
      if (this.#dead !== undefined) return reject(this.#dead);
      if (this.#waiting.length >= maximumWaiting && operation !== "close") {
        return reject(
          new StoreUnavailable(`The database is too slow: ${maximumWaiting} requests wait for it`),
        );
      }
      this.#waiting.push({
        // The pair belongs together by the signature above, which the union cannot express.
        request: { operation, input } as Request,
        settle: (reply) => {
          if (reply.ok) resolve(reply.output);
          else reject(errorOf(reply.failure));
        },
        fail: reject,
      });
      this.#send();
    });
  }

  #send(): void {
    while (this.#messages < maximumMessages && this.#waiting.length > 0) {
      const next = this.#waiting.splice(0, maximumRequestsPerMessage);
      this.#sent.push(...next);
      this.#messages++;
      try {
        this.#worker.postMessage(next.map(({ request }) => request));
      } catch (error) {
        // A value that cannot travel. From here on replies would not match requests.
        this.#die(error instanceof Error ? error.message : String(error));
        void this.#worker.terminate();
      }
    }
  }

  #receive(replies: readonly Reply[], done: boolean): void {
    if (done) this.#messages--;
    const answered = this.#sent.splice(0, replies.length);
    this.#send();
    for (const [index, { settle }] of answered.entries()) settle(replies[index]!);
  }

  #die(reason: string): void {
    if (this.#dead !== undefined) return;
    this.#dead = new StoreBroken(`The database thread ended: ${reason}`);
    const lost = [...this.#sent, ...this.#waiting];
    this.#sent = [];
    this.#waiting = [];
    for (const { fail } of lost) fail(this.#dead);
  }
}

/** Resolves when the database is open; rejects with StoreNotOpened. */
export async function startDatabaseThread(options: WorkerOptions): Promise<DatabaseThread> {
  const entry = new URL("./database-worker.ts", import.meta.url);
  const thread = new DatabaseThread(startWorker(entry, { workerData: options }));
  await thread.opened;
  return thread;
}

function settleLater(): {
  promise: Promise<void>;
  resolve: () => void;
  reject: (reason: Error) => void;
} {
  let resolve = (): void => undefined;
  let reject = (_reason: Error): void => undefined;
  const promise = new Promise<void>((resolvePromise, rejectPromise) => {
    resolve = resolvePromise;
    reject = rejectPromise;
  });
  return { promise, resolve, reject };
}
