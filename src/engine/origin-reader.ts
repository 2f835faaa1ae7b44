/** Where an execution comes from. */
import { decodeDetails } from "./execution-details.ts";
import type { ForkOrigin } from "./execution-details.ts";
import type { ExecutionReader } from "./execution-reader.ts";

export interface ExecutionOrigin {
  /** Undefined: its past is its own. */
  readonly forkedFrom: ForkOrigin | undefined;
  /** The test case whose mocked answers its tasks get; undefined: none. */
  readonly testCase: string | undefined;
}

export class OriginReader {
  readonly #reader: Pick<ExecutionReader, "find">;

  constructor(parts: { readonly reader: Pick<ExecutionReader, "find"> }) {
    this.#reader = parts.reader;
  }

  /** Of a STANDARD execution. Undefined: no such execution. Rejects with StoreUnavailable. */
  async read(executionArn: string): Promise<ExecutionOrigin | undefined> {
    const record = await this.#reader.find(executionArn);
    if (record === undefined) return undefined;
    const { forkedFrom, testCase } = decodeDetails(record.details);
    return { forkedFrom, testCase };
  }
}
