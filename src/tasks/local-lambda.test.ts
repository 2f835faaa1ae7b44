import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadFunctions } from "./functions/load-functions.ts";
import { createTaskRunner, type FunctionTaskRunner } from "./task-runner.ts";
import {
  folderWith,
  invokeResource,
  lambdaResource,
  recordingLogger,
  runTask,
  taskCall,
} from "./testing/task-harness.ts";

const FILES = {
  "echo/index.mjs": `export const handler = async (event) => event;`,
  "nothing/index.mjs": `export const handler = async () => {};`,
  "cjs/index.js": `exports.handler = (event, context, callback) => callback(null, { via: "callback", event });`,
  "cjs/package.json": `{}`,
  "context/index.mjs": `export const handler = async (event, context) => ({
    functionName: context.functionName, arn: context.invokedFunctionArn, memory: context.memoryLimitInMB,
    group: context.logGroupName, remaining: context.getRemainingTimeInMillis(), client: context.clientContext,
    region: process.env.AWS_REGION, version: context.functionVersion, secret: process.env.SECRET,
    key: process.env.AWS_ACCESS_KEY_ID, handler: process.env._HANDLER, requestId: context.awsRequestId });`,
  "throws/index.mjs": `class OutOfStock extends Error { name = "OutOfStock"; }
    export const handler = async (event) => { if (event.custom) throw new OutOfStock("no more"); null.x; };`,
  "rejects/index.mjs": `export const handler = async () => { await Promise.reject("just text"); };`,
  "crash/index.mjs": `export const handler = async (event) => { if (event.status === undefined) process.kill(process.pid, "SIGKILL"); process.exit(event.status); };`,
  "stray/index.mjs": `export const handler = () => new Promise(() => setTimeout(() => { throw new RangeError("late"); }, 1));`,
  "syntax/index.mjs": `export const handler = (`,
  "imports/index.mjs": `import "./nowhere.mjs"; export const handler = () => 1;`,
  "unexported/index.mjs": `export const other = 1;`,
  "large/index.mjs": `export const handler = async (event) => "a".repeat(event.length);`,
  "logs/index.mjs": `export const handler = async () => { console.log("to stdout"); console.error("to stderr"); return 1; };`,
  "python/lambda_function.py": `
class OutOfStock(Exception):
    pass

def lambda_handler(event, context):
    if event.get("fail"):
        raise OutOfStock("no more")
    if event.get("marshal"):
        return {1, 2}
    if event.get("exit"):
        import os
        os._exit(3)
    print("python says hello")
    return {"event": event, "name": context.function_name, "arn": context.invoked_function_arn, "left": context.get_remaining_time_in_millis() > 0}
`,
  "pyimport/lambda_function.py": `import no_such_module`,
  "custom/bootstrap": `#!${process.execPath}
const base = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/invocation/";
(async () => {
  for (;;) {
    const next = await fetch(base + "next");
    const id = next.headers.get("lambda-runtime-aws-request-id");
    const event = await next.json();
    if (event === "fail") await fetch(base + id + "/error", { method: "POST", body: JSON.stringify({ errorMessage: "m" }), headers: { "Lambda-Runtime-Function-Error-Type": "Own.Type" } });
    else await fetch(base + id + "/response", { method: "POST", body: event === "raw" ? "not json" : JSON.stringify({ custom: event }) });
  }
})().catch(() => process.exit(0));
`,
};

const arn = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

describe("local Lambda functions", () => {
  let folder: Awaited<ReturnType<typeof folderWith>>;
  let runner: FunctionTaskRunner;
  const log = recordingLogger();

  beforeAll(async () => {
    folder = await folderWith(FILES);
    const { functions, problems } = await loadFunctions(folder.path);
    if (problems.length > 0) throw new Error(problems.join("\n"));
    runner = createTaskRunner({
      functions,
      functionsSource: folder.path,
      region: "us-east-1",
      accountId: "123456789012",
      logger: log.logger,
      environment: {
        PATH: process.env["PATH"],
        HOME: folder.path,
        SECRET: "the server's",
        AWS_ACCESS_KEY_ID: "handed on",
      },
    });
  });
  afterAll(async () => {
    await runner.close();
    await folder.remove();
  });

  const call = (name: string, event: Parameters<typeof taskCall>[1]) =>
    runTask(runner, taskCall(lambdaResource(name), event));
  const invoke = (parameters: Parameters<typeof taskCall>[1]) =>
    runTask(runner, taskCall(invokeResource(), parameters));

  it("returns what the function returns, and null for nothing", async () => {
    expect(await call("echo", { a: [1, "ü"] })).toEqual({
      events: ["started", "succeeded"],
      output: { a: [1, "ü"] },
    });
    expect((await call("echo", null)).output).toBeNull();
    expect((await call("nothing", {})).output).toBeNull();
  });

  it("supports callback style in CommonJS", async () => {
    expect((await call("cjs", 1)).output).toEqual({ via: "callback", event: 1 });
  });

  it("fills the context and keeps the server's environment to itself", async () => {
    const ClientContext = Buffer.from(`{"custom":{"k":"ä"}}`).toString("base64");
    const { output } = await invoke({ FunctionName: `${arn("context")}:live`, ClientContext });
    expect(output).toMatchObject({
      ExecutedVersion: "$LATEST",
      Payload: {
        functionName: "context",
        arn: `${arn("context")}:live`,
        memory: "128",
        group: "/aws/lambda/context",
        client: { custom: { k: "ä" } },
        region: "us-east-1",
        version: "$LATEST",
        key: "handed on",
        handler: "index.handler",
      },
    });
    const { Payload } = output as unknown as { Payload: Record<string, unknown> };
    expect(Payload).not.toHaveProperty("secret");
    expect(Payload["remaining"]).toBeGreaterThan(0);
    expect(Payload["remaining"]).toBeLessThanOrEqual(3_000);
    expect(Payload["requestId"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("answers lambda:invoke with the Invoke API's answer and headers", async () => {
    const { events, output } = await invoke({ FunctionName: "echo", Payload: null });
    expect(events).toEqual(["started", "succeeded"]);
    const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
    const headers = {
      Connection: "keep-alive",
      "Content-Length": "2",
      "Content-Type": "application/json",
      Date: expect.stringMatching(/ GMT$/),
      "X-Amz-Executed-Version": "$LATEST",
      "x-amzn-Remapped-Content-Length": "0",
      "x-amzn-RequestId": id,
      "X-Amzn-Trace-Id": expect.stringMatching(/^Root=1-.*;Parent=.*;Sampled=0$/),
    };
    expect(output).toEqual({
      ExecutedVersion: "$LATEST",
      Payload: {},
      SdkHttpMetadata: {
        AllHttpHeaders: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, [value]]),
        ),
        HttpHeaders: headers,
        HttpStatusCode: 200,
      },
      SdkResponseMetadata: { RequestId: id },
      StatusCode: 200,
    });
  });

  it("submits the answer of a task that waits for its token", async () => {
    const task = taskCall(invokeResource("WaitForTaskToken"), { FunctionName: "echo", Payload: 1 });
    const { events, output } = await runTask(runner, task);
    expect(events).toEqual(["started", "submitted"]);
    expect(output).toMatchObject({ Payload: 1, StatusCode: 200 });
  });

  it("reports thrown errors by their type", async () => {
    const custom = await call("throws", { custom: true });
    expect(custom.error).toBe("OutOfStock");
    const cause = JSON.parse(custom.cause ?? "") as Record<string, unknown>;
    expect(Object.keys(cause)).toEqual(["errorType", "errorMessage", "trace"]);
    expect(cause).toMatchObject({ errorType: "OutOfStock", errorMessage: "no more" });
    expect((await invoke({ FunctionName: "throws" })).error).toBe("TypeError");
    const text = await call("rejects", {});
    expect(text.cause).toBe(`{"errorType":"string","errorMessage":"just text","trace":[]}`);
  });

  it("reports the end of the process", async () => {
    expect(await call("crash", { status: 1 })).toMatchObject({
      error: "Runtime.ExitError",
      cause: expect.stringMatching(
        /^\{"errorType":"Runtime.ExitError","errorMessage":"RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 1"\}$/,
      ),
    });
    expect((await call("crash", { status: 0 })).cause).toContain(
      "exited without providing a reason",
    );
    expect((await call("crash", {})).cause).toContain(
      "Error: Runtime exited with error: signal: killed",
    );
    expect(await call("stray", {})).toMatchObject({ error: "RangeError" });
  });

  it("reports code that cannot be loaded", async () => {
    expect((await call("syntax", {})).error).toBe("Runtime.UserCodeSyntaxError");
    expect((await call("imports", {})).error).toBe("Runtime.ImportModuleError");
    const missing = await call("unexported", {});
    expect(missing.error).toBe("Runtime.HandlerNotFound");
    expect(missing.cause).toContain("index.handler is undefined or not exported");
  });

  it("refuses results over the quota of Lambda", async () => {
    expect((await call("large", { length: 6_291_600 })).error).toBe(
      "Function.ResponseSizeTooLarge",
    );
  });

  it("forwards output to the log, and its tail to the caller", async () => {
    const { output } = await invoke({ FunctionName: "logs", LogType: "Tail" });
    const { LogResult } = output as unknown as { LogResult: string };
    const tail = Buffer.from(LogResult, "base64").toString();
    expect(tail).toMatch(
      /^START RequestId: .* Version: \$LATEST\n(.*\n)*END RequestId: .*\nREPORT /,
    );
    expect(tail).toContain("to stdout\n");
    expect(tail).toContain("to stderr\n");
    expect(await log.line("to stdout")).toMatchObject({ function: "logs", level: 30 });
    expect(await log.line("to stderr")).toMatchObject({ function: "logs", level: 40 });
  });

  it("runs Python functions", async () => {
    expect((await call("python", { a: 1.5 })).output).toEqual({
      event: { a: 1.5 },
      name: "python",
      arn: arn("python"),
      left: true,
    });
    expect(await log.line("python says hello")).toMatchObject({ function: "python" });
    const failed = await call("python", { fail: true });
    expect(failed.error).toBe("OutOfStock");
    const cause = JSON.parse(failed.cause ?? "") as Record<string, unknown>;
    expect(Object.keys(cause)).toEqual(["errorMessage", "errorType", "requestId", "stackTrace"]);
    expect(cause["stackTrace"]).toEqual([expect.stringContaining("lambda_function.py")]);
    expect((await call("python", { marshal: true })).error).toBe("Runtime.MarshalError");
    expect((await call("python", { exit: true })).cause).toContain("exit status 3");
    const unloadable = await call("pyimport", {});
    expect(unloadable.error).toBe("Runtime.ImportModuleError");
    expect(unloadable.cause).toContain(
      "Unable to import module 'lambda_function': No module named 'no_such_module'",
    );
  });

  it("runs custom runtimes", async () => {
    expect((await call("custom", [1])).output).toEqual({ custom: [1] });
    expect((await call("custom", "raw")).output).toBe("not json");
    expect(await call("custom", "fail")).toMatchObject({
      error: "Own.Type",
      cause: `{"errorMessage":"m","errorType":"Own.Type"}`,
    });
  });

  it("invokes asynchronously and dryly", async () => {
    const { output } = await invoke({ FunctionName: "echo", InvocationType: "Event" });
    expect(output).toMatchObject({ StatusCode: 202, SdkHttpMetadata: { HttpStatusCode: 202 } });
    expect(output).not.toHaveProperty("ExecutedVersion");
    const dry = await invoke({ FunctionName: "echo", InvocationType: "DryRun" });
    expect(dry.output).toMatchObject({ StatusCode: 204 });
  });

  it("names the field of bad parameters", async () => {
    expect(await invoke({ Payload: {} })).toMatchObject({
      events: ["failed"],
      error: "Lambda.InvalidParameterValueException",
      cause: expect.stringContaining("The field 'FunctionName' is missing"),
    });
    const other = await invoke({ FunctionName: "echo", InvocationType: "Later" });
    expect(other.cause).toContain("'InvocationType' must be one of RequestResponse, Event, DryRun");
  });

  it("says clearly that an integration is not there", async () => {
    const resource = {
      type: "Service",
      arn: "arn:aws:states:::lambda:forget",
      service: "lambda",
      action: "forget",
      resource: "forget",
      pattern: "RequestResponse",
    } as const;
    expect(await runTask(runner, taskCall(resource, {}))).toEqual({
      events: ["failed"],
      error: "States.Runtime",
      cause:
        "The service integration 'arn:aws:states:::lambda:forget' is not available in this server. Available: lambda:invoke.",
    });
  });

  it("describes its functions", () => {
    const descriptions = runner.describeFunctions();
    expect(descriptions.map(({ name }) => name)).toEqual(
      descriptions.map(({ name }) => name).toSorted(),
    );
    expect(descriptions.find(({ name }) => name === "echo")).toMatchObject({
      runtime: "nodejs20.x",
      handler: "index.handler",
      arn: arn("echo"),
      processes: 1,
      busy: 0,
      queued: 0,
    });
  });
});
