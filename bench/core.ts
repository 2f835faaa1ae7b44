/**
 * W1-W4, and W1q-W3q in JSONata, on the in-memory core alone: decide + evolve + the journal's text, no store, no HTTP; beside
 * it, in the same process and run, the in-memory library `aws-local-stepfunctions`.
 */
import { createHash, randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { parseDefinition } from "../src/asl/parse-definition.ts";
import { decide } from "../src/interpreter/decide.ts";
import { newExecution } from "../src/interpreter/execution.ts";
import { AWS_LIMITS } from "../src/interpreter/limits.ts";
import type { Signal, Surroundings } from "../src/interpreter/signal.ts";
import { parseSource } from "../src/json/parse.ts";
import { MarkdownTable } from "./markdown-table.ts";
import { WORKLOADS, type Workload } from "./workflows.ts";

const ONLY = process.env["BENCH_ONLY"];
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 3);

const surroundings: Surroundings = {
  at: Date.now(),
  random: Math.random,
  uuid: randomUUID,
  hash: (algorithm, text) => createHash(algorithm).update(text).digest("hex"),
  mapRunUuid: (startedEventId: number) => `run-${startedEventId}`,
  token: ({ frame, scheduledEventId }) => `${frame}.${scheduledEventId}`,
};

/** One execution from its input's text to its output; answers the journal's size in characters. */
function runCore(workload: Workload): () => number {
  const parsed = parseDefinition(JSON.stringify(workload.definition), { type: "STANDARD" });
  if (parsed.definition === undefined) throw new Error(JSON.stringify(parsed.diagnostics));
  const { definition } = parsed;
  const info = {
    arn: "arn:aws:states:us-east-1:123456789012:execution:bench:e",
    name: "e",
    roleArn: "arn:aws:iam::123456789012:role/bench",
    stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:bench",
    stateMachineName: "bench",
    startedAt: surroundings.at,
  };
  // W4 has more events than AWS allows (16,006 < 25,000 holds; the bound stays AWS's).
  return () => {
    const input = parseSource(workload.input);
    if (!input.ok) throw new Error(input.message);
    const execution = newExecution(info, definition, AWS_LIMITS);
    const signals: Signal[] = [{ type: "Started", input: input.value }];
    let size = 0;
    for (let signal = signals.shift(); signal !== undefined; signal = signals.shift()) {
      const decision = decide(execution, signal, surroundings);
      size += decision.body.length;
      if (decision.more) signals.push({ type: "Continue" });
      for (const command of decision.commands) {
        if (command.type === "Evaluate") throw new Error(`${workload.name} needs the evaluator`);
        if (command.type !== "StartTask") continue;
        const task = command.task.id;
        signals.push({ type: "TaskStarted", task }, { type: "TaskSucceeded", task, output: {} });
      }
    }
    if (execution.status !== "SUCCEEDED") throw new Error(`${workload.name}: ${execution.cause}`);
    return size;
  };
}

// The peer wants Node 22; this one function is all that it misses on Node 20.
(Promise as { withResolvers?: unknown }).withResolvers ??= function withResolvers<T>() {
  let resolve!: (value: T | PromiseLike<T>) => void;
  let reject!: (reason?: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
};

async function runPeer(workload: Workload): Promise<() => Promise<unknown>> {
  const url = new URL(
    "./peers/node_modules/aws-local-stepfunctions/build/main.node.esm.js",
    import.meta.url,
  );
  const { StateMachine } = (await import(url.href)) as {
    StateMachine: new (
      definition: unknown,
      options: object,
    ) => {
      run(input: unknown, options: object): { result: Promise<unknown> };
    };
  };
  const machine = new StateMachine(workload.definition, {
    validationOptions: { noValidate: true },
  });
  const overrides = {
    taskResourceLocalHandlers: { S0: noop, S1: noop, S2: noop, S3: noop, S4: noop },
  };
  return () => machine.run(JSON.parse(workload.input), { overrides }).result;
}

function noop(): object {
  return {};
}

interface Measured {
  readonly executionsPerSecond: number;
  readonly msPerExecution: number;
}

/** Runs for SECONDS after a warm-up of a fifth of that. */
async function measure(run: () => unknown): Promise<Measured> {
  const loop = async (milliseconds: number) => {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < milliseconds || count === 0) {
      const result = run();
      if (result instanceof Promise) await result;
      count++;
    }
    return { count, elapsed: performance.now() - start };
  };
  await loop(SECONDS * 200);
  const { count, elapsed } = await loop(SECONDS * 1000);
  return { executionsPerSecond: (count / elapsed) * 1000, msPerExecution: elapsed / count };
}

console.log(`In-memory core, ${SECONDS} s each`);
const table = new MarkdownTable([
  "workload",
  "what",
  "executions/s",
  "transitions/s",
  "journal, characters",
  "aws-local-stepfunctions, executions/s",
  "times",
]);
const cost = new Map<string, number>();
for (const workload of WORKLOADS.filter(({ name }) => ONLY === undefined || name === ONLY)) {
  const core = runCore(workload);
  const journal = core();
  const ours = await measure(core);
  cost.set(workload.name, ours.msPerExecution);
  // The peer knows JSONPath only.
  const peer = workload.jsonata ? undefined : await measure(await runPeer(workload));
  const perSecond = ours.executionsPerSecond;
  table.add([
    workload.name,
    workload.title,
    perSecond,
    perSecond * workload.transitions,
    journal,
    peer?.executionsPerSecond,
    peer && `x${(perSecond / peer.executionsPerSecond).toFixed(1)}`,
  ]);
}
table.print();
const [small, large] = [cost.get("W3"), cost.get("W4")];
if (small !== undefined && large !== undefined) {
  const ratio = large / 4000 / (small / 100);
  console.log(`W4 per item / W3 per item: ${ratio.toFixed(2)} (bound 1.5)`);
}
