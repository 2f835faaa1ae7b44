/** Files that are compressed as a whole, told by their names. */
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { FileFault, MAX_FILE_BYTES } from "../dataset-item.ts";
import { unzstd } from "./zstd.ts";

/** The bytes of the file; throws FileFault if they are not in the form that its name says. */
export function decompressed(
  key: string,
  bytes: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  if (key.endsWith(".gz")) return bounded(gunzip(bytes));
  if (key.endsWith(".zst") || key.endsWith(".zstd")) return bounded(unzstd(bytes));
  return bytes;
}

async function* bounded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > MAX_FILE_BYTES) {
      throw new FileFault(`decompressed it is larger than ${MAX_FILE_BYTES} bytes (10 GB)`);
    }
    yield chunk;
  }
}

async function* gunzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = createGunzip();
  // Its failures come out of the loop below.
  const feeding = pipeline(bytes, chunks).catch(() => {});
  try {
    for await (const chunk of chunks) yield chunk as Uint8Array;
  } catch (error) {
    throw zlibFault(error) ?? error;
  } finally {
    chunks.destroy();
    await feeding;
  }
}

/** Undefined: it is not about the data. */
function zlibFault(error: unknown): FileFault | undefined {
  if (!(error instanceof Error && "code" in error)) return undefined;
  if (!String(error.code).startsWith("Z_")) return undefined;
  return new FileFault(`it is not valid gzip data: ${error.message}`);
}
