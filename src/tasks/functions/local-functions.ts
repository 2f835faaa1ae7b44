/** The functions that run on this machine: found by name, replaced as a set, described. */
import { randomBytes, randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { functionArn } from "../lambda/function-name.ts";
import type { LambdaAnswer, LambdaRequest } from "../lambda/lambda-call.ts";
import { lambdaServiceFailure } from "../lambda/lambda-failure.ts";
import { TaskFailure } from "../task-failure.ts";
import type { FunctionConfig } from "./function-config.ts";
import { FunctionPool, type PoolState } from "./function-pool.ts";
import type { ProcessSurroundings } from "./function-process.ts";
import type { Invocation } from "./invocation.ts";
import { invokeHeaders } from "./invoke-headers.ts";
import { ProcessGuard } from "./process-guard.ts";

/** A function with what its processes do now, for people. */
export interface FunctionDescription extends FunctionConfig, PoolState {
  /** ARN with the server's region and account; any other account and region works as well. */
  readonly arn: string;
}

export interface LocalFunctionsOptions {
  readonly functions: readonly FunctionConfig[];
  readonly source: string | undefined;
  readonly region: string;
  readonly accountId: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly logger: Logger;
  /** Default 200: how often a code folder is looked at, at most, in ms. */
  readonly codeCheckMs?: number | undefined;
}

/** Names told when one is not found. */
const MAX_NAMES_TOLD = 20;

export class LocalFunctions {
  readonly #options: LocalFunctionsOptions;
  readonly #surroundings: ProcessSurroundings;
  readonly #guard = new ProcessGuard();
  readonly #leaving = new Set<FunctionPool>();
  #source: string | undefined;
  #pools = new Map<string, FunctionPool>();

  constructor(options: LocalFunctionsOptions) {
    this.#options = options;
    const { region, environment, logger } = options;
    this.#surroundings = { region, environment, logger, guard: this.#guard };
    this.replace(options.functions, options.source);
  }

  has(name: string): boolean {
    return this.#pools.has(name);
  }

  /** Unchanged functions keep their processes. @param source Default: as before. */
  replace(functions: readonly FunctionConfig[], source: string | undefined = this.#source): void {
    this.#source = source;
    const before = this.#pools;
    this.#pools = new Map();
    for (const config of functions) {
      const old = before.get(config.name);
      const same = old !== undefined && JSON.stringify(old.config) === JSON.stringify(config);
      const pool = same
        ? old
        : new FunctionPool(config, this.#surroundings, this.#options.codeCheckMs);
      this.#pools.set(config.name, pool);
    }
    for (const pool of this.#leaving) if (pool.isEmpty()) this.#leaving.delete(pool);
    for (const [name, pool] of before) {
      if (this.#pools.get(name) === pool) continue;
      pool.retire();
      this.#leaving.add(pool);
    }
  }

  describe(): FunctionDescription[] {
    const { region, accountId } = this.#options;
    return [...this.#pools.values()]
      .map((pool) => ({
        ...pool.config,
        ...pool.describe(),
        arn: `arn:aws:lambda:${region}:${accountId}:function:${pool.config.name}`,
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Like AWS's Invoke. Rejects with TaskFailure if the function cannot be started. */
  async invoke(request: LambdaRequest, signal: AbortSignal): Promise<LambdaAnswer> {
    const requestId = randomUUID();
    const pool = this.#pools.get(request.function.name);
    if (pool === undefined) throw this.notFound(request, "it was removed");
    const invocation: Invocation = {
      requestId,
      payload: request.payload ?? "{}",
      functionArn: functionArn(request.function),
      traceId: traceId(),
      clientContext: readClientContext(request.clientContext, requestId),
      logTail: request.logTail,
    };
    const { traceId: trace } = invocation;
    const base = { requestId, functionError: undefined, logResult: undefined };
    if (request.invocationType === "DryRun") {
      const headers = invokeHeaders({ requestId, trace, statusCode: 204, payload: "" });
      return { ...base, statusCode: 204, payload: "", executedVersion: undefined, headers };
    }
    if (request.invocationType === "Event") {
      this.#runInBackground(pool, invocation);
      const headers = invokeHeaders({ requestId, trace, statusCode: 202, payload: "" });
      return { ...base, statusCode: 202, payload: "", executedVersion: undefined, headers };
    }
    const outcome = await pool.invoke(invocation, signal);
    const { payload, logResult } = outcome;
    const executedVersion = versionOf(request.function.qualifier);
    const functionError = outcome.failed ? "Unhandled" : undefined;
    return {
      requestId,
      statusCode: 200,
      functionError,
      payload,
      executedVersion,
      logResult,
      headers: invokeHeaders({
        requestId,
        trace,
        statusCode: 200,
        payload,
        executedVersion,
        functionError,
        logResult,
      }),
    };
  }

  /** AWS's error for a function that does not exist, with what can be done here. */
  notFound(request: LambdaRequest, obstacle: string): TaskFailure {
    const { qualifier = "$LATEST", name } = request.function;
    const arn = functionArn({ ...request.function, qualifier });
    const failure = lambdaServiceFailure({
      code: "ResourceNotFoundException",
      message: `Function not found: ${arn}`,
      statusCode: 404,
      requestId: randomUUID(),
    });
    const names = [...this.#pools.keys()].toSorted();
    const some = names.slice(0, MAX_NAMES_TOLD).join(", ");
    const known =
      names.length === 0 ? "none" : `${some}${names.length > MAX_NAMES_TOLD ? ", …" : ""}`;
    const source = this.#source === undefined ? "no --functions PATH was given" : this.#source;
    return new TaskFailure(
      failure.error,
      `${failure.message}. There is no local function '${name}' (${source}; local functions: ${known}), and ${obstacle}. ` +
        "Add it to the folder given with --functions, or set AWS_ENDPOINT_URL_LAMBDA or AWS credentials.",
    );
  }

  /** Ends all processes and waits until they are gone. */
  async close(): Promise<void> {
    const pools = [...this.#pools.values(), ...this.#leaving];
    await Promise.all(pools.map((pool) => pool.close()));
    await this.#guard.close();
  }

  #runInBackground(pool: FunctionPool, invocation: Invocation): void {
    const { logger } = this.#options;
    const fields = { function: pool.config.name, requestId: invocation.requestId };
    const finished = pool.invoke(invocation, new AbortController().signal).then((outcome) => {
      if (outcome.failed) logger.warn(fields, "asynchronous invocation failed");
    });
    finished.catch((error: unknown) => {
      logger.warn({ ...fields, err: error }, "asynchronous invocation failed");
    });
  }
}

/** There are no versions here: a number is taken at its word, an alias counts as $LATEST. */
function versionOf(qualifier: string | undefined): string {
  return qualifier !== undefined && /^\d+$/.test(qualifier) ? qualifier : "$LATEST";
}

function traceId(): string {
  const seconds = Math.floor(Date.now() / 1_000)
    .toString(16)
    .padStart(8, "0");
  const hex = randomBytes(20).toString("hex");
  return `Root=1-${seconds}-${hex.slice(0, 24)};Parent=${hex.slice(24)};Sampled=0`;
}

function readClientContext(base64: string | undefined, requestId: string): string | undefined {
  if (base64 === undefined) return undefined;
  const text = Buffer.from(base64, "base64").toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    // As a header it must be ASCII, on one line.
    return JSON.stringify(value).replace(
      /[\u007f-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  } catch {
    throw lambdaServiceFailure({
      code: "InvalidRequestContentException",
      message: "Client context must be a valid Base64-encoded JSON object.",
      statusCode: 400,
      requestId,
    });
  }
}
