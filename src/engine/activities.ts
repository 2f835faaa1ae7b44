/** Activities: scheduled tasks wait here for workers, and workers' long polls for tasks. */
import type { ScheduledTask } from "../interpreter/command.ts";
import type { Signal, TaskId } from "../interpreter/signal.ts";
import { stringify } from "../json/stringify.ts";
import { taskKey } from "./dispatch.ts";
import type { TaskOwner } from "./dispatch.ts";
import { STOPPING } from "./execution-service.ts";
import type { EngineLimits } from "./limits.ts";
import type { Clock } from "./ports.ts";
import type { Reply } from "./reply.ts";
import type { Tokens } from "./tokens.ts";

/** What GetActivityTask answers; undefined: no task within the poll's time. */
export type ActivityAnswer =
  | { readonly taskToken: string; readonly input: string }
  | "TooManyPollers"
  | undefined;

/** Who waits at an activity now. */
export interface ActivityLoad {
  readonly activityArn: string;
  /** Attempts that no worker has. */
  readonly tasks: number;
  /** Long polls that are open. */
  readonly workers: number;
  /** Of those that gave a name, each once; at most MAX_NAMES. */
  readonly workerNames: readonly string[];
}

const MAX_NAMES = 20;

export interface ActivitiesParts {
  readonly signal: (executionId: number, signal: Signal, reply: Reply) => void;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly limits: Pick<EngineLimits, "activityPollers" | "activityPollMilliseconds">;
}

/** An attempt no worker has. */
interface Offer {
  readonly key: number;
  readonly executionId: number;
  readonly task: TaskId;
  readonly activityArn: string;
  readonly token: string;
  readonly input: string;
}

interface Poller {
  readonly queue: Queue;
  readonly workerName: string | undefined;
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  readonly deadline: number;
  /** Sends the answer; undefined once it is sent. */
  answer: ((answer: ActivityAnswer | Error) => void) | undefined;
  cancelTimer: (() => void) | undefined;
}

/** Of one activity ARN. First come, first served on both sides. */
interface Queue {
  readonly activityArn: string;
  readonly waiting: Map<number, Offer>;
  /** Offers that came back from a hand-over; they go first. */
  readonly returned: Offer[];
  readonly pollers: Set<Poller>;
}

export class Activities {
  readonly #parts: ActivitiesParts;
  readonly #queues = new Map<string, Queue>();
  /** Waiting and being handed over. */
  readonly #offers = new Map<number, Offer>();
  readonly #perExecution = new Map<number, number>();
  #closed = false;

  constructor(parts: ActivitiesParts) {
    this.#parts = parts;
  }

  /** Whether an attempt of the execution waits for a worker. */
  hasOffer(executionId: number): boolean {
    return this.#perExecution.has(executionId);
  }

  /** Of the activities at which somebody waits. */
  loads(): ActivityLoad[] {
    return [...this.#queues.values()].map(({ activityArn, waiting, returned, pollers }) => {
      const names = [...pollers].flatMap(({ workerName }) => workerName ?? []);
      const workerNames = [...new Set(names)].slice(0, MAX_NAMES);
      const tasks = waiting.size + returned.length;
      return { activityArn, tasks, workers: pollers.size, workerNames };
    });
  }

  /** Offers an attempt to workers; one that a worker has already waits for that worker. */
  offer(owner: TaskOwner, task: ScheduledTask): void {
    if (!task.started) this.offerAgain(owner, task);
  }

  /** Offers an attempt even if the journal says that a worker has it: the worker never got it. */
  offerAgain(owner: TaskOwner, task: ScheduledTask): void {
    const key = taskKey(owner.id, task.id);
    if (this.#closed || this.#offers.has(key)) return;
    const { startedAt } = owner.execution.info;
    const offer: Offer = {
      key,
      executionId: owner.id,
      task: task.id,
      activityArn: task.resource.arn,
      token: this.#parts.tokens.make({ executionId: owner.id, startedAt, task: task.id }),
      input: stringify(task.parameters),
    };
    this.#add(offer);
    const queue = this.#queue(offer.activityArn);
    queue.waiting.set(key, offer);
    this.#match(queue);
  }

  /** Nobody waits for the attempt any more. */
  withdraw(executionId: number, task: TaskId): void {
    const offer = this.#offers.get(taskKey(executionId, task));
    if (offer === undefined) return;
    this.#remove(offer);
    const queue = this.#queues.get(offer.activityArn);
    if (queue === undefined) return;
    queue.waiting.delete(offer.key);
    const returned = queue.returned.indexOf(offer);
    if (returned >= 0) queue.returned.splice(returned, 1);
    this.#tidy(queue);
  }

  /**
   * Waits for a task. Rejects with StoreUnavailable if the hand-over could not be stored. When
   * `signal` aborts before the answer, another worker gets the task.
   */
  poll(
    activityArn: string,
    workerName: string | undefined,
    signal: AbortSignal,
  ): Promise<ActivityAnswer> {
    if (this.#closed || signal.aborted) return Promise.resolve(undefined);
    const queue = this.#queue(activityArn);
    if (queue.pollers.size >= this.#parts.limits.activityPollers) {
      return Promise.resolve("TooManyPollers");
    }
    const { clock, limits } = this.#parts;
    return new Promise((resolve, reject) => {
      const poller: Poller = {
        queue,
        workerName,
        signal,
        deadline: clock.now() + limits.activityPollMilliseconds,
        answer: (answer) => {
          poller.answer = undefined;
          if (answer instanceof Error) reject(answer);
          else resolve(answer);
        },
        cancelTimer: undefined,
      };
      signal.addEventListener("abort", () => this.#leave(poller), { once: true });
      this.#wait(poller);
      this.#match(queue);
    });
  }

  /** Answers all polls with nothing, also later ones. */
  close(): void {
    this.#closed = true;
    for (const queue of this.#queues.values()) {
      for (const poller of queue.pollers) this.#leave(poller);
    }
  }

  #queue(activityArn: string): Queue {
    let queue = this.#queues.get(activityArn);
    if (queue === undefined) {
      queue = { activityArn, waiting: new Map(), returned: [], pollers: new Set() };
      this.#queues.set(activityArn, queue);
    }
    return queue;
  }

  #wait(poller: Poller): void {
    poller.queue.pollers.add(poller);
    // It may have been tidied away while the poller was at a hand-over.
    this.#queues.set(poller.queue.activityArn, poller.queue);
    poller.cancelTimer = this.#parts.clock.schedule(poller.deadline, () => this.#leave(poller));
  }

  #leave(poller: Poller): void {
    if (!poller.queue.pollers.delete(poller)) return;
    poller.cancelTimer?.();
    poller.answer?.(undefined);
    this.#tidy(poller.queue);
  }

  /** Brings offers and pollers together. */
  #match(queue: Queue): void {
    for (const poller of queue.pollers) {
      const offer = queue.returned.shift() ?? firstOf(queue.waiting);
      if (offer === undefined) break;
      queue.waiting.delete(offer.key);
      queue.pollers.delete(poller);
      poller.cancelTimer?.();
      this.#handOver(offer, poller);
    }
  }

  /** A second TaskStarted of an attempt that was handed over in vain records nothing new. */
  #handOver(offer: Offer, poller: Poller): void {
    const { executionId, task } = offer;
    const { workerName } = poller;
    this.#parts.signal(
      executionId,
      { type: "TaskStarted", task, workerName },
      {
        settled: (result) => {
          if (result !== "Accepted") {
            this.#remove(offer);
            this.#goOn(poller);
          } else if (isGone(poller)) {
            poller.answer?.(undefined);
            this.#return(offer);
          } else {
            // Also while the server stops: nobody could know later that it was not handed over.
            this.#remove(offer);
            poller.answer?.({ taskToken: offer.token, input: offer.input });
          }
        },
        lost: (error) => {
          poller.answer?.(error);
          this.#return(offer);
        },
      },
    );
  }

  /** The attempt was closed before the poller got it. */
  #goOn(poller: Poller): void {
    if (poller.signal.aborted || this.#closed) {
      poller.answer?.(undefined);
      return;
    }
    this.#wait(poller);
    this.#match(poller.queue);
  }

  #return(offer: Offer): void {
    if (!this.#offers.has(offer.key) || this.#closed) return;
    const queue = this.#queue(offer.activityArn);
    queue.returned.push(offer);
    this.#match(queue);
  }

  #add(offer: Offer): void {
    this.#offers.set(offer.key, offer);
    const count = this.#perExecution.get(offer.executionId) ?? 0;
    this.#perExecution.set(offer.executionId, count + 1);
  }

  #remove(offer: Offer): void {
    if (!this.#offers.delete(offer.key)) return;
    const left = this.#perExecution.get(offer.executionId)! - 1;
    if (left === 0) this.#perExecution.delete(offer.executionId);
    else this.#perExecution.set(offer.executionId, left);
  }

  #tidy(queue: Queue): void {
    if (queue.waiting.size + queue.returned.length + queue.pollers.size > 0) return;
    this.#queues.delete(queue.activityArn);
  }
}

/** Whether an answer would not reach the worker. */
function isGone({ signal }: Poller): boolean {
  return signal.aborted && signal.reason !== STOPPING;
}

function firstOf(offers: ReadonlyMap<number, Offer>): Offer | undefined {
  for (const offer of offers.values()) return offer;
  return undefined;
}
