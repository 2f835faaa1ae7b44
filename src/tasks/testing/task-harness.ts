/** For tests: calls as the engine makes them, their reports, and functions written on the spot. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino, type Logger } from "pino";
import type { TaskCall, TaskReport, TaskRunner } from "../../engine/ports.ts";
import type { Json } from "../../json/json.ts";

type Resource = TaskCall["resource"];

export interface Outcome {
  readonly events: readonly string[];
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string | undefined;
}

export function lambdaResource(name: string): Resource {
  return { type: "Lambda", arn: `arn:aws:lambda:us-east-1:123456789012:function:${name}` };
}

export function invokeResource(
  pattern: "RequestResponse" | "WaitForTaskToken" = "RequestResponse",
): Resource {
  const resource = pattern === "RequestResponse" ? "invoke" : "invoke.waitForTaskToken";
  return {
    type: "Service",
    arn: `arn:aws:states:::lambda:${resource}`,
    service: "lambda",
    action: "invoke",
    resource,
    pattern,
  };
}

export function taskCall(
  resource: Resource,
  parameters: Json,
  more: Partial<TaskCall> = {},
): TaskCall {
  return {
    id: { frame: 0, scheduledEventId: 3 },
    resource,
    parameters,
    timeoutSeconds: undefined,
    heartbeatSeconds: undefined,
    credentials: undefined,
    stateName: "Call",
    retryCount: 0,
    started: false,
    submitted: false,
    token: "token",
    submittedOutput: undefined,
    executionArn: "arn:aws:states:us-east-1:123456789012:execution:m:e",
    executionStartedAt: Date.UTC(2026, 0, 1),
    stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:m",
    region: "us-east-1",
    accountId: "123456789012",
    ...more,
  };
}

export function httpResource(): Resource {
  return {
    type: "Service",
    arn: "arn:aws:states:::http:invoke",
    service: "http",
    action: "invoke",
    resource: "invoke",
    pattern: "RequestResponse",
  };
}

/** Runs a call to its last report. */
export function runTask(
  runner: TaskRunner,
  call: TaskCall,
  trace?: TaskReport["trace"],
): Promise<Outcome> {
  const events: string[] = [];
  return new Promise((resolve) => {
    runner.run(call, {
      trace,
      started: () => events.push("started"),
      submitted: (output) => {
        events.push("submitted");
        resolve({ events, output });
      },
      waits: () => {},
      succeeded: (output) => {
        events.push("succeeded");
        resolve({ events, output });
      },
      failed: (error, cause) => {
        events.push("failed");
        resolve({ events, error, cause });
      },
    });
  });
}

/** A folder with the given files; `remove` when done. */
export async function folderWith(files: Readonly<Record<string, string>>): Promise<{
  path: string;
  write: (name: string, text: string, mode?: number) => Promise<void>;
  remove: () => Promise<void>;
}> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "stepwell-functions-")));
  const write = async (name: string, text: string, mode = 0o644): Promise<void> => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text, { mode });
  };
  for (const [name, text] of Object.entries(files)) {
    await write(name, text, name.endsWith("bootstrap") ? 0o755 : 0o644);
  }
  return { path: folder, write, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A logger whose lines can be awaited. */
export function recordingLogger(): {
  logger: Logger;
  lines: Record<string, unknown>[];
  line: (message: string) => Promise<Record<string, unknown>>;
} {
  const lines: Record<string, unknown>[] = [];
  const waiting: { message: string; resolve: (line: Record<string, unknown>) => void }[] = [];
  const write = (text: string): void => {
    const line = JSON.parse(text) as Record<string, unknown>;
    lines.push(line);
    for (const entry of waiting) if (line["msg"] === entry.message) entry.resolve(line);
  };
  const line = (message: string): Promise<Record<string, unknown>> => {
    const found = lines.find((entry) => entry["msg"] === message);
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve) => waiting.push({ message, resolve }));
  };
  return { logger: pino({ level: "trace" }, { write }), lines, line };
}
