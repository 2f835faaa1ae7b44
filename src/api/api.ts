/** The Step Functions API without a wire: operations by name, errors as ApiError. */
import type { Catalog } from "../engine/catalog/catalog.ts";
import type { ExecutionService } from "../engine/execution-service.ts";
import { StoreUnavailable } from "../engine/ports.ts";
import type { Clock, Randomness, TestCases } from "../engine/ports.ts";
import type { Quotas } from "../engine/quotas.ts";
import type { StateTester } from "../engine/test-state/state-tester.ts";
import { errors } from "./errors.ts";
import type { ApiContext, Operation, Output, RequestInfo } from "./operation.ts";
import { operations } from "./operations/index.ts";
import { Paging } from "./paging.ts";

export interface ApiOptions {
  readonly engine: ExecutionService;
  readonly catalog: Catalog;
  readonly stateTester: StateTester;
  /** Test cases that executions can be started with; undefined: there are none. */
  readonly testCases?: TestCases | undefined;
  readonly clock: Pick<Clock, "now">;
  readonly randomness: Pick<Randomness, "number">;
  readonly limits: Quotas;
  /** Of the ARNs of what is created, e.g. `us-east-1`. */
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** Operations that AWS does not have. */
  readonly extensions?: readonly Operation[];
}

export interface Api {
  /**
   * Carries out an operation. `input` is the parsed body. Rejects with ApiError, which is to be
   * answered; any other error is a fault of the server.
   */
  call(operationName: string, input: unknown, request: RequestInfo): Promise<Output>;
}

export function createApi(options: ApiOptions): Api {
  const all = [...operations, ...(options.extensions ?? [])];
  const byName = new Map(all.map((operation) => [operation.name, operation]));
  const { engine, catalog, stateTester, clock, randomness, limits, region, accountId } = options;
  const context: ApiContext = {
    engine,
    catalog,
    stateTester,
    testCases: options.testCases,
    clock,
    randomness,
    limits,
    region,
    accountId,
    paging: new Paging(catalog.secret, clock),
  };
  return {
    async call(operationName, input, request) {
      const operation = byName.get(operationName);
      if (operation === undefined) throw errors.unknownOperation(operationName);
      try {
        return await operation.call(input, context, request);
      } catch (error) {
        if (error instanceof StoreUnavailable) throw errors.serviceUnavailable(error.message);
        throw error;
      }
    },
  };
}
