/** Random clients, workers, crashes and outages on many executions; then everything must come right. */
import { describe, expect, it } from "vitest";
import { EngineWorld, type Worker } from "../../test/support/engine-world.ts";
import type { StateMachine } from "./catalog/state-machine.ts";
import { isChildOfMapRun } from "./map-run-names.ts";
import { StoreUnavailable } from "./ports.ts";

const SEEDS = Number(process.env["SEEDS"] ?? 60);
const FIRST_SEED = Number(process.env["SEED"] ?? 1);
const OPERATIONS = 60;
const ACTIVITY = "arn:aws:states:us-east-1:123456789012:activity:a";
const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f";

const retry = { Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 2, MaxAttempts: 2 }] };
const DEFINITIONS = [
  { StartAt: "P", States: { P: { Type: "Pass", End: true } } },
  { StartAt: "W", States: { W: { Type: "Wait", Seconds: 20, Next: "X" }, X: { Type: "Succeed" } } },
  { StartAt: "L", States: { L: { Type: "Wait", Seconds: 900, End: true } } },
  {
    TimeoutSeconds: 30,
    StartAt: "T",
    States: { T: { Type: "Task", Resource: LAMBDA, ...retry, End: true } },
  },
  {
    StartAt: "M",
    States: {
      M: {
        Type: "Map",
        ItemsPath: "$.items",
        MaxConcurrency: 3,
        ItemProcessor: {
          StartAt: "I",
          States: { I: { Type: "Task", Resource: LAMBDA, ...retry, End: true } },
        },
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "C" }],
        End: true,
      },
      C: { Type: "Pass", End: true },
    },
  },
  {
    StartAt: "A",
    States: {
      A: { Type: "Task", Resource: ACTIVITY, HeartbeatSeconds: 40, TimeoutSeconds: 300, End: true },
    },
  },
  {
    StartAt: "K",
    States: {
      K: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
        Parameters: { FunctionName: LAMBDA, Payload: { "token.$": "$$.Task.Token" } },
        TimeoutSeconds: 200,
        End: true,
      },
    },
  },
  {
    StartAt: "D",
    States: {
      D: {
        Type: "Map",
        ItemsPath: "$.items",
        MaxConcurrency: 3,
        ToleratedFailureCount: 1,
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          StartAt: "DI",
          States: { DI: { Type: "Task", Resource: LAMBDA, ...retry, End: true } },
        },
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "DC" }],
        End: true,
      },
      DC: { Type: "Pass", End: true },
    },
  },
  {
    StartAt: "E",
    States: {
      E: {
        Type: "Map",
        ItemsPath: "$.items",
        ItemBatcher: { MaxItemsPerBatch: 2 },
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
          StartAt: "EI",
          States: { EI: { Type: "Task", Resource: LAMBDA, ...retry, End: true } },
        },
        Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 2, MaxAttempts: 1 }],
        End: true,
      },
    },
  },
];

class Simulation {
  readonly world: EngineWorld;
  readonly random: () => number;
  machines: StateMachine[] = [];
  /** What clients were told: ARN to start date. */
  readonly acknowledged = new Map<string, number>();
  /** Histories as seen; they can only grow. */
  readonly seen = new Map<string, readonly unknown[]>();
  /** Status and number of redrives of executions that were seen at their end. */
  readonly ended = new Map<string, readonly [status: string, redrives: number]>();
  /** Client tokens of redrives that were answered with success. */
  readonly redriven = new Map<string, Set<string>>();
  readonly accepted = new Map<string, number>();
  readonly tokens: string[] = [];
  names = 0;
  tokenNumber = 0;
  counts = { started: 0, crashes: 0, refused: 0, accepted: 0, redriven: 0 };

  constructor(world: EngineWorld, seed: number) {
    this.world = world;
    let state = seed * 7_919 + 17;
    this.random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.random() * items.length)];
  }

  /** Results come after a while, or never; callbacks are submitted. */
  readonly worker: Worker = (call, report, clock) => {
    const roll = this.random();
    if (call.token !== "") this.tokens.push(call.token);
    const delay = Math.floor(this.random() * 15_000);
    return clock.schedule(clock.now() + delay, () => {
      report.started();
      if (call.token !== "") report.submitted({});
      else if (roll < 0.3) report.failed("Boom", "");
      else report.succeeded({ delay });
    });
  };

  async operation(): Promise<void> {
    const { world } = this;
    const roll = this.random();
    if (roll < 0.3) this.start();
    else if (roll < 0.35) this.stop();
    else if (roll < 0.5) this.send();
    else if (roll < 0.6) this.poll();
    else if (roll < 0.65) await this.look();
    else if (roll < 0.7) await this.crash();
    else if (roll < 0.75) this.failSoon();
    else if (roll < 0.82) this.redrive();
    else await world.pass(Math.floor(this.random() ** 3 * 60_000));
    if (this.random() < 0.5) await world.settle();
    if (world.store.isCut) await this.restart();
  }

  start(): void {
    const { world } = this;
    const machine = this.pick(this.machines)!;
    const name = this.random() < 0.3 ? undefined : `n${Math.floor(this.random() * 12)}`;
    const request = world.request(machine, {
      input: '{"items":[1,2,3,4,5]}',
      ...(name === undefined ? {} : { name }),
    });
    world.engine.start(request).then((result) => {
      if (result.type !== "Started") return;
      this.counts.started++;
      const { executionArn, startedAt } = result;
      expect(this.acknowledged.get(executionArn) ?? startedAt).toBe(startedAt);
      this.acknowledged.set(executionArn, startedAt);
    }, this.refused);
  }

  stop(): void {
    const arn = this.pick([...this.acknowledged.keys()]);
    if (arn === undefined) return;
    this.world.engine.stop(arn, "E", "C").then((result) => {
      expect(result, `${arn} is known`).toBeDefined();
    }, this.refused);
  }

  /** Sometimes the same request twice, as SDKs do that got no answer. */
  redrive(): void {
    const arn = this.pick([...this.acknowledged.keys()]);
    if (arn === undefined) return;
    if (this.random() < 0.7) this.tokenNumber++;
    const token = `token-${this.tokenNumber}`;
    this.world.engine.redrive(arn, token).then((result) => {
      expect(result, `${arn} is known`).toBeDefined();
      if (result?.type !== "Redriven") return;
      this.counts.redriven++;
      const tokens = this.redriven.get(arn) ?? new Set();
      this.redriven.set(arn, tokens.add(token));
    }, this.refused);
  }

  send(): void {
    const token = this.pick(this.tokens);
    if (token === undefined) return;
    const type = this.random();
    if (type < 0.4) {
      this.world.engine.sendTask(token, { type: "Heartbeat" }).catch(this.refused);
      return;
    }
    this.world.engine.sendTask(token, { type: "Success", output: 1 }).then((result) => {
      expect(result).not.toBe("InvalidToken");
      if (result !== "Accepted") return;
      this.counts.accepted++;
      this.accepted.set(token, (this.accepted.get(token) ?? 0) + 1);
    }, this.refused);
  }

  poll(): void {
    const controller = new AbortController();
    if (this.random() < 0.3) {
      const { clock } = this.world;
      clock.schedule(clock.now() + 1, () => controller.abort());
    }
    this.world.engine.getActivityTask(ACTIVITY, "w", controller.signal).then((task) => {
      if (typeof task === "object") this.tokens.push(task.taskToken);
    }, this.refused);
  }

  readonly refused = (error: unknown): void => {
    expect(error).toBeInstanceOf(StoreUnavailable);
    this.counts.refused++;
  };

  failSoon(): void {
    const { store } = this.world;
    const at = store.commits + 1 + Math.floor(this.random() * 4);
    const fate = this.pick(["unavailable", "crash before", "crash after"] as const)!;
    const length = fate === "unavailable" ? 1 + Math.floor(this.random() * 4) : 1;
    store.fateOf = (commit) => (commit >= at && commit < at + length ? fate : "ok");
  }

  async crash(): Promise<void> {
    this.world.crash();
    await this.restart();
  }

  async restart(): Promise<void> {
    this.counts.crashes++;
    this.world.clock.clear();
    await this.world.open();
    await this.world.settle();
  }

  /** Everything that was told before is still so. */
  async look(): Promise<void> {
    const { world } = this;
    for (const [arn, startedAt] of this.acknowledged) {
      const asked = world.engine.describe(arn);
      const description = await world.unlessDead(asked);
      if (description === undefined) {
        expect(world.store.isCut, `${arn} is known`).toBe(true);
        return;
      }
      expect(description.startedAt).toBe(startedAt);
      const { status, redriveCount } = description;
      const before = this.ended.get(arn);
      expect(redriveCount).toBeGreaterThanOrEqual(before?.[1] ?? 0);
      if (before?.[1] === redriveCount) expect(status).toBe(before[0]);
      if (before?.[0] === "SUCCEEDED") expect(redriveCount).toBe(before[1]);
      // A redrive whose answer was lost counts, too.
      expect(redriveCount).toBeGreaterThanOrEqual(this.redriven.get(arn)?.size ?? 0);
      if (status !== "RUNNING") this.ended.set(arn, [status, redriveCount]);
      const history = await world.unlessDead(world.history(arn));
      if (history === undefined || world.store.isCut) return;
      expect(history.map(({ id }) => id)).toEqual(history.map((_, index) => index + 1));
      const seen = this.seen.get(arn) ?? [];
      expect(history.slice(0, seen.length)).toEqual(seen);
      const redrives = history.filter(({ type }) => type === "ExecutionRedriven").length;
      expect(redrives).toBeGreaterThanOrEqual(redriveCount);
      this.seen.set(arn, history);
    }
  }
}

async function simulate(seed: number): Promise<Simulation> {
  const world = await EngineWorld.open({ seed, limits: { concurrentCalls: 4 } });
  const simulation = new Simulation(world, seed);
  world.worker = simulation.worker;
  for (const [index, definition] of DEFINITIONS.entries()) {
    simulation.machines.push(await world.createMachine(`m${index}`, definition));
  }
  for (let count = 0; count < OPERATIONS; count++) await simulation.operation();
  // Then nothing fails any more, and everything must come to its end by itself.
  world.store.fateOf = () => "ok";
  await world.pass(3_000_000);
  await simulation.look();
  for (const arn of simulation.acknowledged.keys()) {
    const description = await world.engine.describe(arn);
    const isActivity = arn.includes(":m5:");
    // An activity task that no worker took waits for ever, as on AWS.
    if (!isActivity) expect(description?.status, `seed ${seed}: ${arn}`).not.toBe("RUNNING");
    expect((await world.history(arn)).length).toBeGreaterThan(0);
  }
  for (const count of simulation.accepted.values()) expect(count).toBe(1);
  // No child execution outlives its Map Run.
  const running = await world.store.listRunning(0, 10_000);
  expect(running.filter(isChildOfMapRun), `seed ${seed}`).toEqual([]);
  expect(world.errors).toEqual([]);
  return simulation;
}

describe("simulation", () => {
  it(`keeps its promises in ${SEEDS} random lives`, { timeout: 600_000 }, async () => {
    const total = { started: 0, crashes: 0, refused: 0, accepted: 0, redriven: 0 };
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      let simulation: Simulation;
      try {
        simulation = await simulate(seed);
      } catch (error) {
        throw new Error(`failed with SEED=${seed}`, { cause: error });
      }
      for (const key of ["started", "crashes", "refused", "accepted", "redriven"] as const) {
        total[key] += simulation.counts[key];
      }
    }
    // A run in which nothing happened would prove nothing.
    expect(total.started).toBeGreaterThan(SEEDS * 5);
    expect(total.crashes).toBeGreaterThan(SEEDS);
    expect(total.refused).toBeGreaterThan(SEEDS / 4);
    expect(total.accepted).toBeGreaterThan(SEEDS / 10);
    expect(total.redriven).toBeGreaterThan(SEEDS / 10);
  });
});
