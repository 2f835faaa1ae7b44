/** Entry of the thread that decodes a Parquet file: asks for bytes, gives rows as JSON Lines. */
import { boundTypedArrays } from "./array-budget.ts";
import { parentPort, workerData } from "node:worker_threads";
import { stringify } from "../../json/stringify.ts";
import { FileFault } from "../dataset-item.ts";
import { parquetRows } from "./parquet-rows.ts";
import type { FromWorker, ParquetWorkerOptions, ToWorker } from "./protocol.ts";

/** Bytes of rows that are given at a time. */
const PIECE_BYTES = 256 * 1024;

const port = parentPort ?? fail("parquet-worker must be started as a worker thread");
const { size } = workerData as ParquetWorkerOptions;

const grant = boundTypedArrays();
const slices = new Map<number, (bytes: ArrayBuffer) => void>();
let more: (() => void) | undefined;
let nextId = 0;

port.on("message", (message: ToWorker) => {
  if (message.type === "More") {
    more?.();
    return;
  }
  slices.get(message.id)?.(message.bytes);
  slices.delete(message.id);
});

function say(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

async function giveRows(): Promise<void> {
  const file = {
    byteLength: size,
    slice: (start: number, end = size): Promise<ArrayBuffer> =>
      new Promise((resolve) => {
        nextId += 1;
        slices.set(nextId, resolve);
        say({ type: "Slice", id: nextId, start, end });
      }),
  };
  let lines = "";
  for await (const row of parquetRows(file, undefined, grant)) {
    lines += `${stringify(row)}\n`;
    if (lines.length < PIECE_BYTES) continue;
    await give(lines);
    lines = "";
  }
  if (lines !== "") await give(lines);
}

/** Resolves when it was taken. */
function give(lines: string): Promise<void> {
  const bytes = new TextEncoder().encode(lines);
  say({ type: "Rows", lines: bytes }, [bytes.buffer]);
  return new Promise((resolve) => {
    more = resolve;
  });
}

function fail(message: string): never {
  throw new Error(message);
}

/** What the library throws is about the file. */
function faultOf(error: unknown): string {
  if (error instanceof FileFault) return error.message;
  const reason = error instanceof Error ? error.message : String(error);
  return `it is not a valid Parquet file: ${reason}`;
}

giveRows().then(
  () => {
    say({ type: "End" });
    port.close();
  },
  (error: unknown) => {
    say({ type: "Fault", message: faultOf(error) });
    port.close();
  },
);
