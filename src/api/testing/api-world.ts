/** The API with a fake engine, a store in memory and a clock that stands still, for tests. */
import { parseDefinition } from "../../asl/parse-definition.ts";
import { Catalog } from "../../engine/catalog/catalog.ts";
import { MemoryCatalogStore } from "../../engine/catalog/testing/memory-catalog-store.ts";
import { createApi } from "../api.ts";
import type { Api } from "../api.ts";
import type { Output, RequestInfo } from "../operation.ts";
import { FakeEngine } from "./fake-engine.ts";

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
  request: RequestInfo = {
    requestId: "r",
    traceHeader: undefined,
    signal: new AbortController().signal,
  };
  #api: Api | undefined;

  static async open(): Promise<ApiWorld> {
    const world = new ApiWorld();
    const { store, engine } = world;
    const clock = { now: () => world.time };
    let uuids = 0;
    const catalog = await Catalog.load({
      reader: store,
      writer: store,
      clock,
      randomness: {
        bytes: (length) => new Uint8Array(length),
        uuid: () => `uuid-${(uuids += 1)}`,
      },
      compile: (text, type) => parseDefinition(text, { type }).definition!,
    });
    world.#api = createApi({
      engine,
      catalog,
      clock,
      region: "us-east-1",
      accountId: "123456789012",
    });
    return world;
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
