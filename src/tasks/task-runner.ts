/** Turns scheduled tasks into calls: one registry of integrations by service name. */
import type { Logger } from "pino";
import type { TaskCall, TaskReport, TaskRunner } from "../engine/ports.ts";
import type { Json } from "../json/json.ts";
import type { Connection } from "./http/connection.ts";
import { EventBridgeConnections } from "./http/eventbridge-connections.ts";
import { type HttpAccess, PUBLIC_ONLY } from "./http/http-access.ts";
import { createHttpClient, type HttpClient } from "./http/http-client.ts";
import { httpIntegration } from "./http/http-integration.ts";
import { LocalConnections } from "./http/local-connections.ts";
import type { FunctionConfig } from "./functions/function-config.ts";
import { awsSdkIntegration } from "./aws/aws-sdk-integration.ts";
import { obstacle as awsObstacle } from "./aws/client-settings.ts";
import { createAwsCaller } from "./aws/create-aws-caller.ts";
import { createRequestSigner } from "./aws/request-signer.ts";
import { type FunctionDescription, LocalFunctions } from "./functions/local-functions.ts";
import { runFunctionTask } from "./lambda/function-task.ts";
import type { InvokeLambda } from "./lambda/lambda-call.ts";
import { lambdaIntegration } from "./lambda/lambda-integration.ts";
import { withLocalFunctions } from "./lambda/local-function-caller.ts";
import { RemoteLambda } from "./lambda/remote-lambda.ts";
import { optimizedIntegrations } from "./optimized/optimized-integrations.ts";
import type { ServiceFamily, ServiceIntegration, TaskProgress } from "./service-integration.ts";
import { TaskFailure } from "./task-failure.ts";
import { sdkIntegration } from "./workflows/sdk-integration.ts";
import { startExecutionIntegration } from "./workflows/start-execution-integration.ts";
import type { WorkflowApi } from "./workflows/workflow-api.ts";

export interface TaskRunnerOptions {
  /** Functions that run here; others are invoked at AWS or AWS_ENDPOINT_URL_LAMBDA. */
  readonly functions: readonly FunctionConfig[];
  /** Where they come from, for messages: the path given as `--functions`. */
  readonly functionsSource?: string | undefined;
  readonly region: string;
  readonly accountId: string;
  readonly logger: Logger;
  /** Read for AWS's variables and for what functions inherit. Default: this process's. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Carries out tasks about executions of this server; undefined: there are none. */
  readonly workflows?: WorkflowApi | undefined;
  /** Where HTTP tasks may go. Default: the public internet over HTTPS only. */
  readonly httpAccess?: HttpAccess | undefined;
  /** Connections of HTTP tasks that a file names. */
  readonly connections?: readonly Connection[] | undefined;
  /** How long `close` waits for running functions before it ends them, in ms. Default 0. */
  readonly drainMs?: number | undefined;
  /** A function's code folder is looked at for changes at most this often, in ms. Default 200. */
  readonly codeCheckMs?: number | undefined;
}

/** The engine's TaskRunner with what `stepwell dev` and the console need besides. */
export interface FunctionTaskRunner extends TaskRunner {
  /** Changes the set of local functions; running invocations of old ones finish. */
  replaceFunctions(functions: readonly FunctionConfig[], source?: string): void;
  /** Changes the set of local connections. */
  replaceConnections(connections: readonly Connection[]): void;
  /** Local functions in order of name, with what their processes do now. */
  describeFunctions(): FunctionDescription[];
}

/**
 * Makes the runner of Lambda tasks and service integrations. Nothing is started before it is needed.
 * After `close` has begun no call reports any more: a task that was under way is dispatched again
 * when the server is back.
 */
export function createTaskRunner(options: TaskRunnerOptions): FunctionTaskRunner {
  const { region, accountId, logger } = options;
  const environment = options.environment ?? process.env;
  const local = new LocalFunctions({
    functions: options.functions,
    source: options.functionsSource,
    region,
    accountId,
    environment,
    logger,
    codeCheckMs: options.codeCheckMs,
  });
  const remote = new RemoteLambda({ region, environment });
  const invoke: InvokeLambda = (request, signal) => {
    if (local.has(request.function.name)) return local.invoke(request, signal);
    const obstacle = remote.obstacle();
    if (obstacle === undefined) return remote.invoke(request, signal);
    return Promise.reject(local.notFound(request, obstacle));
  };
  const functionHost = {
    has: (name: string) => local.has(name),
    invoke: (...request: Parameters<InvokeLambda>) => local.invoke(...request),
  };
  const aws = withLocalFunctions(createAwsCaller({ region, environment }), functionHost, {
    region,
    accountId,
  });
  const signer = createRequestSigner({ region, environment });
  const close = async (): Promise<void> => {
    aws.close();
    signer.close();
    remote.close();
    await local.close();
  };
  const connections = new LocalConnections(
    options.connections ?? [],
    awsObstacle(environment, "EventBridge") === undefined
      ? new EventBridgeConnections(aws, Date.now)
      : undefined,
  );
  const access = options.httpAccess ?? PUBLIC_ONLY;
  const clientFor = (ca?: string): HttpClient => createHttpClient({ access, ca });
  const client = clientFor();
  const runner = new RegistryTaskRunner({
    services: [
      lambdaIntegration(invoke),
      httpIntegration({ client, connections, now: Date.now }),
      ...workflowIntegrations(options.workflows),
      ...optimizedIntegrations({ caller: aws, signer, clientFor }),
    ],
    families: [awsSdkIntegration(aws)],
    runFunction: (call, progress) => runFunctionTask(call, progress, invoke),
    logger,
    drainMs: options.drainMs ?? 0,
    close,
  });
  return {
    run: (call, report) => runner.run(call, report),
    close: () => runner.close(),
    replaceFunctions: (functions, source) => local.replace(functions, source),
    replaceConnections: (next) => connections.replace(next),
    describeFunctions: () => local.describe(),
  };
}

function workflowIntegrations(api: WorkflowApi | undefined): ServiceIntegration[] {
  return api === undefined ? [] : [startExecutionIntegration(api), sdkIntegration(api)];
}

type RunFunction = (call: TaskCall, progress: TaskProgress) => Promise<Json>;

interface Registry {
  readonly services: readonly ServiceIntegration[];
  readonly families: readonly ServiceFamily[];
  readonly runFunction: RunFunction;
  readonly logger: Logger;
  /** How long `close` waits for running tasks, in ms. */
  readonly drainMs: number;
  /** Ends what the integrations share. */
  readonly close: () => Promise<void>;
}

/** Finds the integration of a task, runs it and reports; knows no service itself. */
class RegistryTaskRunner implements TaskRunner {
  readonly #services: ReadonlyMap<string, ServiceIntegration>;
  readonly #families: readonly ServiceFamily[];
  readonly #runFunction: RunFunction;
  readonly #logger: Logger;
  readonly #drainMs: number;
  readonly #closeShared: () => Promise<void>;
  readonly #running = new Set<Promise<void>>();
  #closing: Promise<void> | undefined;
  #closed = false;

  constructor({ services, families, runFunction, logger, drainMs, close }: Registry) {
    this.#services = new Map(services.map((service) => [service.service, service]));
    this.#families = families;
    this.#runFunction = runFunction;
    this.#logger = logger;
    this.#drainMs = drainMs;
    this.#closeShared = close;
  }

  run(call: TaskCall, report: TaskReport): () => void {
    const controller = new AbortController();
    // A callback task that was submitted before a restart only waits for its token.
    if (this.#closing === undefined && !(call.submitted && waitsForToken(call))) {
      const running = this.#carryOut(call, report, controller.signal);
      this.#running.add(running);
      void running.finally(() => this.#running.delete(running));
    }
    return () => controller.abort();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#drainMs > 0) await settledWithin(this.#running, this.#drainMs);
    this.#closed = true;
    const parts = [...this.#services.values(), ...this.#families];
    await Promise.all([...parts.map((part) => part.close()), this.#closeShared()]);
  }

  async #carryOut(call: TaskCall, report: TaskReport, signal: AbortSignal): Promise<void> {
    // The caller gets its cancel function before the first report.
    await Promise.resolve();
    const over = (): boolean => signal.aborted || this.#closed;
    if (over()) return;
    let started = call.started;
    const progress: TaskProgress = {
      signal,
      started: () => {
        if (started || over()) return;
        started = true;
        report.started();
      },
      submitted: (output) => {
        if (!over()) report.submitted(output);
      },
      waits: () => {
        if (!over()) report.waits();
      },
      trace: report.trace,
    };
    let output: Json;
    try {
      output = await this.#start(call, progress);
    } catch (error) {
      if (over()) return;
      const failure = this.#asTaskFailure(error, call);
      const cause = failure.message === "" ? undefined : failure.message;
      report.failed(failure.error, cause, failure.kind);
      return;
    }
    if (over()) return;
    if (waitsForToken(call)) report.submitted(output);
    else report.succeeded(output);
  }

  async #start(call: TaskCall, progress: TaskProgress): Promise<Json> {
    const resource = call.resource;
    if (resource.type === "Lambda") return this.#runFunction(call, progress);
    if (resource.type === "Activity") {
      throw new TaskFailure("States.Runtime", `Activity '${resource.arn}' has no service to call.`);
    }
    const service = this.#services.get(resource.service);
    const action = service?.actions.get(resource.action);
    if (action?.patterns.includes(resource.pattern) === true) return action.run(call, progress);
    const family = this.#families.find(({ prefix }) => resource.service.startsWith(prefix));
    if (service === undefined && family?.patterns.includes(resource.pattern) === true) {
      return family.run(call, resource, progress);
    }
    throw new TaskFailure(
      "States.Runtime",
      `The service integration '${resource.arn}' is not available in this server. Available: ${this.#available(resource.service)}.`,
    );
  }

  /** What could have been meant: other actions of the service, else other services. */
  #available(service: string): string {
    const known = this.#services.get(service);
    if (known !== undefined) {
      return [...known.actions.keys()].map((action) => `${service}:${action}`).join(", ");
    }
    const families = this.#families.map(({ prefix }) => `${prefix}*`);
    return [...this.#services.keys(), ...families].join(", ");
  }

  #asTaskFailure(error: unknown, call: TaskCall): TaskFailure {
    if (error instanceof TaskFailure) return error;
    this.#logger.error({ err: error, resource: call.resource.arn }, "task failed unexpectedly");
    const text = error instanceof Error ? error.message : String(error);
    return new TaskFailure(
      "States.TaskFailed",
      `The call of '${call.resource.arn}' failed: ${text}`,
    );
  }
}

function waitsForToken(call: TaskCall): boolean {
  return call.resource.type === "Service" && call.resource.pattern === "WaitForTaskToken";
}

async function settledWithin(running: Iterable<Promise<void>>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([Promise.allSettled(running), timeout]);
  clearTimeout(timer);
}
