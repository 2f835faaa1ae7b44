/** The composition root: the only place that knows all parts and puts them together. */
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { type Api, createApi } from "../api/api.ts";
import { createExtensions } from "../api/extensions/index.ts";
import type { Output } from "../api/operation.ts";
import type { Definition } from "../asl/definition.ts";
import { definitionError } from "../asl/diagnostic.ts";
import { parseDefinition } from "../asl/parse-definition.ts";
import { ExecutionDelivery } from "../delivery/execution-delivery.ts";
import type { DeliveryTargets } from "../delivery/execution-delivery.ts";
import { Catalog } from "../engine/catalog/catalog.ts";
import { CombinedObserver } from "../engine/combined-observer.ts";
import { Engine } from "../engine/engine.ts";
import { GroupCommit } from "../engine/group-commit.ts";
import { engineLimits } from "../engine/limits.ts";
import type { Clock, Randomness, Store } from "../engine/ports.ts";
import type { Quotas } from "../engine/quotas.ts";
import { systemClock } from "../engine/system-clock.ts";
import { systemRandomness } from "../engine/system-randomness.ts";
import { createStateTester } from "../engine/test-state/state-tester.ts";
import { createEvaluator } from "../evaluator/evaluator.ts";
import { ExtensionApi } from "../extension/extension-api.ts";
import { LiveFeed } from "../extension/live-feed.ts";
import { openMemoryStore } from "../store/memory-store.ts";
import { openSqliteStore } from "../store/sqlite/open-sqlite-store.ts";
import { StoreBroken, StoreNotOpened } from "../store/store-errors.ts";
import { createResultShapes } from "../tasks/result-shapes/result-shapes.ts";
import type { Connection } from "../tasks/http/connection.ts";
import type { HttpAccess } from "../tasks/http/http-access.ts";
import { MockedServices } from "../mocks/mocked-services.ts";
import { mockingTaskRunner } from "../mocks/mocking-task-runner.ts";
import type { MockConfig } from "../mocks/mock-config.ts";
import { createTaskRunner } from "../tasks/task-runner.ts";
import { CommandError } from "./command-error.ts";
import { limitsWarning } from "./limits-file.ts";
import type { MockFile } from "./mock-config-file.ts";
import type { FunctionSet } from "./local-functions.ts";
import { openMapData } from "./map-data.ts";
import { OwnWorkflowApi } from "./own-workflow-api.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What is still to be delivered at the end gets so many milliseconds. */
const DELIVERY_CLOSE_MS = 1_000;

export interface ApplicationOptions {
  readonly store:
    | { readonly type: "Memory" }
    | { readonly type: "Directory"; readonly path: string };
  readonly functions: FunctionSet;
  /** Where HTTP tasks may go, and the connections of files. Default: the public internet, none. */
  readonly http?: HttpSettings | undefined;
  readonly region: string;
  readonly accountId: string;
  readonly limits: Quotas;
  /** Folder whose sub-folders are S3 buckets; undefined: all buckets are S3's. */
  readonly s3Dir?: string | undefined;
  /** Undefined: no execution logs and no status events. */
  readonly delivery?: DeliveryTargets | undefined;
  /** Undefined: executions cannot be started with a test case. */
  readonly mocks?: MockFile | undefined;
  /** Undefined: real time. */
  readonly virtualTime?: VirtualTime | undefined;
  readonly logger: Logger;
}

export interface HttpSettings {
  readonly access: HttpAccess;
  readonly connections: readonly Connection[];
}

/** A whole server without its HTTP side. */
export interface Application {
  readonly api: Api;
  readonly limits: Quotas;
  readonly engine: Engine;
  /** The paths under `/api/`. */
  readonly extensionApi: ExtensionApi;
  /** Calls an operation from inside this process. Rejects with ApiError. */
  readonly call: (operation: string, input: object) => Promise<Output>;
  /** Other local functions from now on; running invocations finish. */
  replaceFunctions(functions: FunctionSet): void;
  /** Other local connections of HTTP tasks from now on. */
  replaceConnections(connections: readonly Connection[]): void;
  /** Other mocks from now on; running executions get their next answers from them. */
  replaceMocks(config: MockConfig): void;
  /** Resolves if the database failed so that only a new start can help. */
  readonly broken: Promise<void>;
  /** Starts nothing more and waits a while for what runs; reading still works. */
  drain(): Promise<void>;
  /** Drains, ends child processes and closes the database. */
  close(): Promise<void>;
}

/** Opens everything, in order; rejects with CommandError if the database or a folder cannot be used. */
export async function openApplication(options: ApplicationOptions): Promise<Application> {
  const { region, accountId, limits: quotas, logger } = options;
  const warning = limitsWarning(quotas);
  if (warning !== undefined) logger.warn(warning);
  const { virtualTime } = options;
  const clock = virtualTime ?? systemClock();
  const randomness = systemRandomness;
  const mapData = await openMapData(options.s3Dir, process.env, region);
  const store = await openStore(options.store);
  const broken = breakage(store);
  // In virtual time every look at idle executions would be a step of its own.
  const parking = virtualTime === undefined ? {} : { parkAfterMilliseconds: Infinity };
  const limits = { ...engineLimits(quotas), ...parking };
  const commit = await GroupCommit.open({ store, limits, log: logger });
  const feed = new LiveFeed(clock);
  const catalog = await Catalog.load({
    reader: store,
    writer: feed.observed(commit),
    clock,
    randomness,
    compile,
    limits: quotas,
  });
  const workflows = new OwnWorkflowApi();
  const tasks = createTaskRunner({
    functions: options.functions.functions,
    functionsSource: options.functions.source,
    httpAccess: options.http?.access,
    connections: options.http?.connections,
    region,
    accountId,
    logger,
    workflows,
  });
  const resultShapes = createResultShapes();
  const mocks = new MockedServices({
    config: options.mocks?.config,
    source: options.mocks?.path ?? "",
    definitionOf: async (revisionId) => (await catalog.definitions.get(revisionId)).definition,
    resultShapes,
    log: logger,
  });
  const evaluator = createEvaluator({ logger });
  const delivery = openDelivery(options, { clock, randomness });
  const engine = await Engine.open({
    store,
    commit,
    directory: catalog,
    secret: catalog.secret,
    taskRunner: mockingTaskRunner(virtualTime?.tasks(tasks) ?? tasks, mocks),
    evaluator: virtualTime?.expressions(evaluator) ?? evaluator,
    ...mapData,
    observer: delivery === undefined ? feed : new CombinedObserver([delivery, feed]),
    clock,
    randomness,
    region,
    accountId,
    limits,
    log: logger,
  });
  const stateTester = createStateTester({
    taskRunner: tasks,
    resultShapes,
    evaluator,
    clock,
    randomness,
    region,
    accountId,
    limits,
  });
  const api = createApi({
    engine,
    catalog,
    stateTester,
    testCases: options.mocks === undefined ? undefined : mocks,
    clock,
    randomness,
    limits: quotas,
    region,
    accountId,
    extensions: createExtensions(engine.insight),
  });
  workflows.connect({ api, engine });
  const { machines } = catalog;
  const extensionApi = new ExtensionApi({ engine, machines, feed, log: logger });
  const close = async (): Promise<void> => {
    await engine.close();
    await mocks.settled();
    await delivery?.close(DELIVERY_CLOSE_MS);
    await tasks.close();
    await evaluator.close();
    await store.close();
  };
  let closing: Promise<void> | undefined;
  return {
    api,
    limits: quotas,
    engine,
    extensionApi,
    broken,
    call: (operation, input) => api.call(operation, input, insideRequest()),
    replaceFunctions: ({ functions, source }) => tasks.replaceFunctions(functions, source),
    replaceConnections: (connections) => tasks.replaceConnections(connections),
    replaceMocks: (config) => mocks.replace(config),
    drain: () => engine.close(),
    close: () => (closing ??= close()),
  };
}

/** Undefined if nothing is to be delivered anywhere: the engine need not tell anything then. */
function openDelivery(
  { delivery: targets, region, logger }: ApplicationOptions,
  { clock, randomness }: { readonly clock: Clock; readonly randomness: Randomness },
): ExecutionDelivery | undefined {
  if (targets === undefined) return undefined;
  const { env: environment, stdout: output } = process;
  const delivery = new ExecutionDelivery({
    ...targets,
    environment,
    output,
    region,
    clock,
    randomness,
    log: logger,
  });
  return delivery.isNeeded ? delivery : undefined;
}

async function openStore(choice: ApplicationOptions["store"]): Promise<Store> {
  if (choice.type === "Memory") return openMemoryStore();
  try {
    return await openSqliteStore({ directory: choice.path });
  } catch (error) {
    if (error instanceof StoreNotOpened) throw new CommandError(error.message);
    throw error;
  }
}

/** Definitions in the catalog were accepted once; a newer parser that refuses one is a fault. */
function compile(text: string, type: "STANDARD" | "EXPRESS"): Definition {
  const { definition, diagnostics } = parseDefinition(text, { type });
  if (definition === undefined) throw new Error(definitionError(diagnostics));
  return definition;
}

/** Resolves when a commit fails for good. */
function breakage(store: Store): Promise<void> {
  return new Promise((resolve) => {
    const commit = store.commit.bind(store);
    store.commit = async (batch) => {
      try {
        await commit(batch);
      } catch (error) {
        if (error instanceof StoreBroken) resolve();
        throw error;
      }
    };
  });
}

function insideRequest(): Parameters<Api["call"]>[2] {
  return {
    requestId: randomUUID(),
    traceHeader: undefined,
    signal: new AbortController().signal,
  };
}
