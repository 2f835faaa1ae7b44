import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { loadFunctions } from "./functions/load-functions.ts";
import { createTaskRunner, type FunctionTaskRunner } from "./task-runner.ts";
import {
  folderWith,
  lambdaResource,
  recordingLogger,
  runTask,
  taskCall,
} from "./testing/task-harness.ts";

/** Says which process answers, and how many calls it has had. */
const COUNTER = `let calls = 0; export const handler = async () => ({ pid: process.pid, calls: ++calls });`;

/** Connects to the test and to nothing else; the event says what happens then. */
const CONNECTS = `import net from "node:net"; import { spawn } from "node:child_process";
const hold = (port) => "require('net').connect(" + port + ",'127.0.0.1').on('error',()=>{}).resume();process.on('SIGTERM',()=>{});setInterval(()=>{},1e6)";
export const handler = async (event) => {
  if (event.child) spawn(process.execPath, ["-e", hold(event.port)], { stdio: "inherit" });
  if (event.stubborn) process.on("SIGTERM", () => {});
  const socket = net.connect(event.port, "127.0.0.1");
  socket.on("error", () => {});
  if (event.loop) { await new Promise((resolve) => socket.once("data", resolve)); for (;;); }
  const data = await new Promise((resolve) => socket.once("data", resolve));
  socket.end();
  return String(data);
};`;

/** Unlike events.once it does not mind how the connection ends. */
function closed(socket: Socket): Promise<true> {
  return new Promise((resolve) => {
    socket.once("close", () => resolve(true));
  });
}

describe("processes of local functions", () => {
  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  });

  async function folder(files: Record<string, string>) {
    const made = await folderWith(files);
    cleanups.push(made.remove);
    return made;
  }

  async function runnerOf(path: string, options: { drainMs?: number } = {}) {
    const { functions, problems } = await loadFunctions(path);
    expect(problems).toEqual([]);
    const runner = createTaskRunner({
      functions,
      region: "us-east-1",
      accountId: "123456789012",
      logger: recordingLogger().logger,
      codeCheckMs: 0,
      ...options,
    });
    cleanups.push(() => runner.close());
    return runner;
  }

  const call = (
    runner: FunctionTaskRunner,
    name: string,
    event: Parameters<typeof taskCall>[1] = {},
  ) => runTask(runner, taskCall(lambdaResource(name), event));

  /** A server the functions connect to, so that tests see them live and die. */
  async function meetingPoint(): Promise<{
    port: number;
    sockets: Socket[];
    arrived: (count: number) => Promise<void>;
  }> {
    const sockets: Socket[] = [];
    const server: Server = createServer((socket) => {
      sockets.push(socket);
      socket.on("error", () => {});
      socket.resume();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    cleanups.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const arrived = async (count: number): Promise<void> => {
      while (sockets.length < count) await once(server, "connection");
    };
    return { port, sockets, arrived };
  }

  it("uses a process again", async () => {
    const { path } = await folder({ "counter/index.mjs": COUNTER });
    const runner = await runnerOf(path);
    const first = await call(runner, "counter");
    const second = await call(runner, "counter");
    expect(first.output).toMatchObject({ calls: 1 });
    expect(second.output).toMatchObject({ calls: 2 });
  });

  it("ends a process at its time-out and goes on with a fresh one", async () => {
    const made = await folder({
      "stepwell.yaml": "functions:\n  slow: { timeout: 1 }\n",
      "slow/index.mjs": `export const handler = (event) => event.fast ? Promise.resolve("done") : new Promise(() => setInterval(() => {}, 1e6));`,
    });
    const runner = await runnerOf(made.path);
    const { events, error, cause } = await call(runner, "slow");
    expect(events).toEqual(["started", "failed"]);
    expect(error).toBe("Sandbox.Timedout");
    expect(cause).toMatch(
      /^\{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds"\}$/,
    );
    expect((await call(runner, "slow", { fast: true })).output).toBe("done");
  });

  it("runs as many at once as configured, the others wait", async () => {
    const { path } = await folder({
      "stepwell.yaml": "functions:\n  meets: { concurrency: 2, timeout: 10 }\n",
      "meets/index.mjs": CONNECTS,
    });
    const runner = await runnerOf(path);
    const { port, sockets, arrived } = await meetingPoint();
    const calls = [1, 2, 3].map(() => call(runner, "meets", { port }));
    await arrived(2);
    expect(runner.describeFunctions()).toMatchObject([{ processes: 2, busy: 2, queued: 1 }]);
    sockets[0]?.write("a");
    await arrived(3);
    sockets[1]?.write("b");
    sockets[2]?.write("c");
    const outputs = (await Promise.all(calls)).map(({ output }) => output);
    expect(new Set(outputs)).toEqual(new Set(["a", "b", "c"]));
    expect(runner.describeFunctions()).toMatchObject([{ processes: 2, queued: 0, invocations: 3 }]);
  });

  it("drops a cancelled call from the queue", async () => {
    const { path } = await folder({
      "stepwell.yaml": "functions:\n  meets: { concurrency: 1, timeout: 10 }\n",
      "meets/index.mjs": CONNECTS,
    });
    const runner = await runnerOf(path);
    const { port, sockets, arrived } = await meetingPoint();
    const first = call(runner, "meets", { port });
    await arrived(1);
    const reports: string[] = [];
    const cancel = runner.run(taskCall(lambdaResource("meets"), { port }), {
      started: () => reports.push("started"),
      submitted: () => reports.push("submitted"),
      waits: () => reports.push("waits"),
      succeeded: () => reports.push("succeeded"),
      failed: () => reports.push("failed"),
    });
    const third = call(runner, "meets", { port });
    await expect.poll(() => runner.describeFunctions()[0]?.queued).toBe(2);
    cancel();
    expect(runner.describeFunctions()[0]?.queued).toBe(1);
    sockets[0]?.write("first");
    await arrived(2);
    sockets[1]?.write("third");
    expect((await first).output).toBe("first");
    expect((await third).output).toBe("third");
    expect(reports).toEqual(["started"]);
  });

  it("picks up changed code", async () => {
    const { path, write } = await folder({
      "versions/index.mjs": `export const handler = async () => 1;`,
    });
    const runner = await runnerOf(path);
    expect((await call(runner, "versions")).output).toBe(1);
    await write("versions/index.mjs", `export const handler = async () => "two";`);
    expect((await call(runner, "versions")).output).toBe("two");
    await write("versions/index.mjs", `export const handler = async () => {`);
    expect((await call(runner, "versions")).error).toBe("Runtime.UserCodeSyntaxError");
    await write("versions/index.mjs", `export const handler = async () => "repaired";`);
    expect((await call(runner, "versions")).output).toBe("repaired");
  });

  it("replaces the set of functions", async () => {
    const { path } = await folder({ "one/index.mjs": COUNTER, "two/index.mjs": COUNTER });
    const runner = await runnerOf(path);
    expect((await call(runner, "one")).output).toMatchObject({ calls: 1 });
    const { functions } = await loadFunctions(path);
    runner.replaceFunctions(functions.filter(({ name }) => name === "one"));
    expect(runner.describeFunctions().map(({ name }) => name)).toEqual(["one"]);
    expect((await call(runner, "one")).output).toMatchObject({ calls: 2 });
    runner.replaceFunctions(functions.map((config) => ({ ...config, timeoutSeconds: 5 })));
    expect((await call(runner, "one")).output).toMatchObject({ calls: 1 });
    expect((await call(runner, "two")).output).toMatchObject({ calls: 1 });
  });

  it("explains a missing interpreter", async () => {
    const { path } = await folder({ "python/lambda_function.py": "" });
    const { functions } = await loadFunctions(path);
    const runner = createTaskRunner({
      functions,
      region: "us-east-1",
      accountId: "123456789012",
      logger: recordingLogger().logger,
      environment: { PATH: path },
    });
    cleanups.push(() => runner.close());
    const { error, cause } = await call(runner, "python");
    expect(error).toBe("Lambda.InvalidRuntimeException");
    expect(cause).toContain("none of python3.11, python3, python is in PATH; install Python 3");
  });

  it("leaves nothing behind when it is closed, not even what resists", async () => {
    const { path } = await folder({
      "stepwell.yaml": "functions:\n  busy: { timeout: 60 }\n",
      "busy/index.mjs": CONNECTS,
    });
    const runner = await runnerOf(path);
    const { port, sockets, arrived } = await meetingPoint();
    let reported = false;
    void call(runner, "busy", { port, child: true, stubborn: true }).then(() => {
      reported = true;
    });
    await arrived(2);
    const ends = sockets.map(closed);
    await runner.close();
    await Promise.all(ends);
    // The task is dispatched again after a restart, so it must not be seen to fail.
    expect(reported).toBe(false);
  });

  it("waits for running functions as long as it is told", async () => {
    const { path } = await folder({
      "stepwell.yaml": "functions:\n  meets: { timeout: 10 }\n",
      "meets/index.mjs": CONNECTS,
    });
    const runner = await runnerOf(path, { drainMs: 10_000 });
    const { port, sockets, arrived } = await meetingPoint();
    const running = call(runner, "meets", { port });
    await arrived(1);
    const closing = runner.close();
    sockets[0]?.write("finished");
    expect((await running).output).toBe("finished");
    await closing;
  });

  it("leaves nothing behind when the server is killed", async () => {
    const { path } = await folder({
      "stepwell.yaml": "functions:\n  busy: { timeout: 600 }\n",
      "busy/index.mjs": CONNECTS,
    });
    const { port, sockets, arrived } = await meetingPoint();
    const fixture = fileURLToPath(new URL("testing/server-fixture.ts", import.meta.url));
    const event = JSON.stringify({ port, child: true, loop: true });
    const server = spawn(process.execPath, ["--import", "tsx", fixture, path, event], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    cleanups.push(() => server.kill("SIGKILL"));
    await arrived(2);
    const ends = sockets.map(closed);
    // From here on the function's event loop is blocked: it cannot notice anything itself.
    for (const socket of sockets) socket.write("go");
    server.kill("SIGKILL");
    expect(await Promise.all(ends)).toHaveLength(2);
  });
});
