/** Clients that start executions while the server dies under them, and the book of what it acknowledged. */
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { lostEvents } from "./history-laws.ts";
import { roleArn, sdkClient } from "./sdk-client.ts";

/** A number in [0, 1), repeatable by its seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Acknowledged {
  readonly arn: string;
  readonly key: string;
  /** The longest history that was shown so far. */
  seen: HistoryEvent[];
  /** The output, once the execution was shown as succeeded. */
  output: string | undefined;
}

const RECENT = 40;

/** What the server has promised. */
export class Ledger {
  readonly executions: Acknowledged[] = [];
  readonly machines: string[] = [];
  /** Contradictions between two answers of the server. */
  readonly problems: string[] = [];
  requests = 0;
  broken = 0;
}

export interface LoadOptions {
  readonly url: string;
  readonly machineArn: string;
  readonly clients: number;
  readonly maxExecutions: number;
  readonly random: () => number;
}

/** Starts the clients; the returned function ends them and resolves when they are done. */
export function startLoad(ledger: Ledger, options: LoadOptions): () => Promise<void> {
  let running = true;
  const loops = Array.from({ length: options.clients }, (_value, index) =>
    new LoadClient(index, ledger, options).run(() => running),
  );
  return async () => {
    running = false;
    await Promise.all(loops);
  };
}

class LoadClient {
  readonly #index: number;
  readonly #ledger: Ledger;
  readonly #options: LoadOptions;
  readonly #client: SFNClient;
  #count = 0;
  /** A start whose answer was lost; a client repeats it under the same name. */
  #open: string | undefined;

  constructor(index: number, ledger: Ledger, options: LoadOptions) {
    this.#index = index;
    this.#ledger = ledger;
    this.#options = options;
    this.#client = sdkClient(options.url);
  }

  async run(running: () => boolean): Promise<void> {
    while (running()) {
      try {
        this.#ledger.requests++;
        await this.#step();
      } catch (error) {
        this.#ledger.broken++;
        if (error instanceof Error && "$fault" in error && !isExpected(error.name)) {
          this.#ledger.problems.push(`${error.name}: ${error.message}`);
        }
      }
      const pauseMs = 20 + this.#options.random() * 80;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    this.#client.destroy();
  }

  async #step(): Promise<void> {
    const { random, maxExecutions } = this.#options;
    const { executions } = this.#ledger;
    const choice = random();
    if (choice < 0.05) await this.#createMachine();
    else if (executions.length < maxExecutions && (choice < 0.6 || executions.length === 0)) {
      await this.#start();
    } else {
      // Mostly recent ones: those are still running when the server dies.
      const from = random() < 0.8 ? Math.max(0, executions.length - RECENT) : 0;
      const known = executions[from + Math.floor(random() * (executions.length - from))];
      if (known !== undefined) await this.#look(known);
    }
  }

  async #start(): Promise<void> {
    const name = this.#open ?? `client${this.#index}-${this.#count++}`;
    this.#open = name;
    const input = JSON.stringify({ key: name, milliseconds: Math.floor(name.length * 3) % 40 });
    const arn = this.#options.machineArn
      .replace(":stateMachine:", ":execution:")
      .concat(`:${name}`);
    try {
      const answer = await this.#client.send(
        new StartExecutionCommand({ stateMachineArn: this.#options.machineArn, name, input }),
      );
      if (answer.executionArn !== arn)
        this.#ledger.problems.push(`${name} got ${answer.executionArn}`);
    } catch (error) {
      // The lost answer was a yes, and the execution has ended since.
      if (!(error instanceof Error) || error.name !== "ExecutionAlreadyExists") throw error;
    }
    this.#open = undefined;
    this.#ledger.executions.push({ arn, key: name, seen: [], output: undefined });
  }

  async #createMachine(): Promise<void> {
    const name = `extra-${this.#index}-${this.#count++}`;
    const definition = '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}';
    const answer = await this.#client.send(
      new CreateStateMachineCommand({ name, definition, roleArn }),
    );
    this.#ledger.machines.push(answer.stateMachineArn ?? "");
  }

  async #look(execution: Acknowledged): Promise<void> {
    await lookAt(this.#client, execution, this.#ledger.problems);
  }
}

/** Reads an execution and compares it with what was shown before. */
export async function lookAt(
  client: SFNClient,
  execution: Acknowledged,
  problems: string[],
): Promise<HistoryEvent[]> {
  const { arn } = execution;
  const description = await client.send(new DescribeExecutionCommand({ executionArn: arn }));
  if (execution.output !== undefined && description.output !== execution.output) {
    problems.push(`${arn} had the output ${execution.output} and has ${description.output}`);
  }
  if (description.status === "SUCCEEDED") execution.output = description.output;
  const page = await client.send(
    new GetExecutionHistoryCommand({ executionArn: arn, maxResults: 1000 }),
  );
  const events = page.events ?? [];
  const before = execution.seen;
  // Two clients may look at once, and the answer that was asked first may come last.
  const [shorter, longer] = before.length <= events.length ? [before, events] : [events, before];
  problems.push(...lostEvents(shorter, longer).map((problem) => `${arn}: ${problem}`));
  execution.seen = longer;
  return events;
}

/** What a client must expect while a server dies and comes back. */
function isExpected(name: string): boolean {
  return ["ServiceUnavailable", "TimeoutError", "AbortError"].includes(name);
}
