/** For tests: an AwsCaller whose services answer what the test says, and a clock that does not wait. */
import type { TaskCall } from "../../../engine/ports.ts";
import type { Json, JsonObject } from "../../../json/json.ts";
import { AwsCallError, type AwsCaller, type AwsRequest } from "../../aws/aws-caller.ts";
import { PUBLIC_ONLY } from "../../http/http-access.ts";
import { createHttpClient } from "../../http/http-client.ts";
import type { ServiceIntegration, TaskProgress } from "../../service-integration.ts";
import { taskCall } from "../../testing/task-harness.ts";
import {
  optimizedIntegrations,
  type OptimizedIntegrationsOptions,
} from "../optimized-integrations.ts";

/** Nothing is answered before the caller gives up. */
export const SILENCE = "Silence";

/** An answer's members, or the error that is answered. */
export type Answer = JsonObject | Error | typeof SILENCE;

export interface SentRequest {
  readonly service: string;
  readonly action: string;
  readonly parameters: Json;
}

/** Answers by `service:action`: one after the other, the last one for ever. */
export class FakeServices implements AwsCaller {
  readonly requests: AwsRequest[] = [];
  readonly #answers = new Map<string, Answer[]>();
  readonly #watchers: (() => void)[] = [];

  answer(operation: string, ...answers: Answer[]): this {
    this.#answers.set(operation, answers);
    return this;
  }

  call(request: AwsRequest) {
    const { service, action } = request;
    this.requests.push(request);
    request.sending?.();
    for (const watcher of this.#watchers.splice(0)) watcher();
    const answers = this.#answers.get(`${service}:${action}`) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === undefined) {
      return Promise.reject(new Error(`The test has no answer for ${service}:${action}.`));
    }
    if (answer === SILENCE) {
      return new Promise<never>((_, reject) => {
        request.signal.addEventListener("abort", () => reject(new AwsCallError("Client", "gone")));
      });
    }
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve({
      output: answer,
      httpStatusCode: 200,
      requestId: "request-1",
      headers: { "content-length": "2", "x-amzn-requestid": "request-1" },
      rawHeaders: [
        ["x-amzn-RequestId", "request-1"],
        ["Content-Length", "2"],
      ] as const,
    });
  }

  close(): void {}

  /** What was sent, without what only matters on the way. */
  get sent(): SentRequest[] {
    return this.requests.map(({ service, action, parameters }) => ({
      service,
      action,
      parameters,
    }));
  }

  /** Resolves when this operation is called the next time. */
  async called(operation: string): Promise<void> {
    for (;;) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
      const last = this.requests.at(-1);
      if (`${last?.service}:${last?.action}` === operation) return;
    }
  }
}

/** Time passes as fast as somebody waits for it; or not at all while it is held. */
export class FakeClock {
  readonly pauses: number[] = [];
  isHeld = false;
  #now = 0;
  #watchers: (() => void)[] = [];

  /** Resolves when the next pause begins. */
  paused(): Promise<void> {
    return new Promise((resolve) => this.#watchers.push(resolve));
  }

  now(): number {
    return this.#now;
  }

  schedule(dueAt: number, callback: () => void): () => void {
    this.pauses.push(dueAt - this.#now);
    for (const watcher of this.#watchers.splice(0)) watcher();
    let isCancelled = false;
    if (!this.isHeld) {
      setImmediate(() => {
        if (isCancelled) return;
        this.#now = dueAt;
        callback();
      });
    }
    return () => {
      isCancelled = true;
    };
  }
}

export interface Run {
  readonly events: readonly string[];
  readonly output: Promise<Json>;
  /** What `submitted` reported. */
  readonly submitted: readonly Json[];
  abort(): void;
}

/** The optimized integrations over fake services. */
export function workbench(
  services: FakeServices = new FakeServices(),
  more: Partial<Pick<OptimizedIntegrationsOptions, "clientFor" | "signer">> = {},
) {
  const clock = new FakeClock();
  const integrations = optimizedIntegrations({
    caller: services,
    signer: {
      sign: (request) => Promise.resolve(request.headers),
      presign: (request) => Promise.resolve(request.url),
      close: () => {},
    },
    clientFor: () => createHttpClient({ access: PUBLIC_ONLY }),
    ...more,
    clock,
    randomness: { number: () => 0 },
  });
  const byName = new Map(integrations.map((service) => [service.service, service]));
  const run = (resource: string, parameters: Json, call: Partial<TaskCall> = {}): Run =>
    runTask(byName, resource, parameters, call);
  const close = async (): Promise<void> => {
    await Promise.all(integrations.map((service) => service.close()));
  };
  return { services, clock, integrations, run, close };
}

function runTask(
  integrations: ReadonlyMap<string, ServiceIntegration>,
  resource: string,
  parameters: Json,
  more: Partial<TaskCall>,
): Run {
  const call = taskCall(serviceResource(resource), parameters, more);
  const { service, action } = call.resource as { service: string; action: string };
  const controller = new AbortController();
  const events: string[] = [];
  const submitted: Json[] = [];
  const progress: TaskProgress = {
    signal: controller.signal,
    started: () => {
      if (!events.includes("started")) events.push("started");
    },
    submitted: (output) => {
      events.push("submitted");
      submitted.push(output);
    },
    waits: () => events.push("waits"),
  };
  const found = integrations.get(service)?.actions.get(action);
  if (found === undefined) throw new Error(`There is no ${resource}.`);
  return { events, submitted, output: found.run(call, progress), abort: () => controller.abort() };
}

const SUFFIXES = {
  sync: "Sync",
  "sync:2": "Sync2",
  waitForTaskToken: "WaitForTaskToken",
} as const;

/** `ecs:runTask.sync` as a resource. */
export function serviceResource(text: string): TaskCall["resource"] {
  const [service = "", resource = ""] = text.split(/:(.*)/);
  const [action = "", suffix] = resource.split(/\.(.*)/);
  const pattern =
    suffix === undefined ? "RequestResponse" : SUFFIXES[suffix as keyof typeof SUFFIXES];
  const arn = `arn:aws:states:::${text}`;
  return { type: "Service", arn, service, action, resource, pattern };
}

export function serviceError(code: string, status: number, message = "message"): AwsCallError {
  return new AwsCallError("Service", message, {
    code,
    httpStatusCode: status,
    requestId: "request-1",
  });
}
