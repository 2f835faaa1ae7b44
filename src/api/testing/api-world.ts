/** The API with a fake engine, a store in memory and a clock that stands still, for tests. */
import { parseDefinition } from "../../asl/parse-definition.ts";
import { Catalog } from "../../engine/catalog/catalog.ts";
import { MemoryCatalogStore } from "../../engine/catalog/testing/memory-catalog-store.ts";
import type { TestCases } from "../../engine/ports.ts";
import { quotasWith } from "../../engine/quotas.ts";
import type { Quotas } from "../../engine/quotas.ts";
import { createApi } from "../api.ts";
import type { Api } from "../api.ts";
import type { Output, RequestInfo } from "../operation.ts";
import { FakeEngine } from "./fake-engine.ts";
import { noStateTester } from "./no-state-tester.ts";

export const PREFIX = "arn:aws:states:us-east-1:123456789012";
/** What `create` creates. */
export const MACHINE = `${PREFIX}:stateMachine:m`;
export const ROLE = "arn:aws:iam::123456789012:role/r";
export const PASS = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}';
export const OTHER = '{"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}';

export class ApiWorld {
  /** Epoch milliseconds. */
  time = 1_700_000_000_123;
  readonly store = new MemoryCatalogStore();
  readonly engine = new FakeEngine(() => this.time);
  /** In [0, 1): what chooses between the versions of an alias. */
  random = 0;
  request: RequestInfo = {
    requestId: "r",
    traceHeader: undefined,
    signal: new AbortController().signal,
  };
  /** Of servers that are started from now on. */
  testCases: TestCases | undefined = undefined;
  readonly #limits: Quotas;
  #api: Api | undefined;
  #uuids = 0;

  private constructor(limits: Quotas) {
    this.#limits = limits;
  }

  /** `limits`: those that are not AWS's. */
  static async open(limits: Partial<Quotas> = {}): Promise<ApiWorld> {
    const world = new ApiWorld(quotasWith(limits));
    await world.restart();
    return world;
  }

  /** The API of a new server on what is stored. */
  async restart(): Promise<void> {
    const clock = { now: () => this.time };
    const catalog = await Catalog.load({
      reader: this.store,
      writer: this.store,
      clock,
      randomness: {
        bytes: (length) => new Uint8Array(length),
        uuid: () => `uuid-${(this.#uuids += 1)}`,
      },
      limits: this.#limits,
      compile: (text, type) => parseDefinition(text, { type }).definition!,
    });
    this.engine.onEnd = ({ arn }) => catalog.machines.finishDeletion(arn);
    this.#api = createApi({
      engine: this.engine,
      catalog,
      stateTester: noStateTester,
      testCases: this.testCases,
      clock,
      randomness: { number: () => this.random },
      limits: this.#limits,
      region: "us-east-1",
      accountId: "123456789012",
    });
  }

  call(name: string, input: object = {}): Promise<Output> {
    return this.#api!.call(name, input, this.request);
  }

  /** Creates the state machine `m` unless the input says otherwise. */
  create(input: object = {}): Promise<Output> {
    return this.call("CreateStateMachine", {
      name: "m",
      definition: PASS,
      roleArn: ROLE,
      ...input,
    });
  }

  /** `name: message` of the error, or `none`. */
  failure(name: string, input: object): Promise<string> {
    return this.call(name, input).then(
      () => "none",
      (error: Error) => `${error.name}: ${error.message}`,
    );
  }
}
