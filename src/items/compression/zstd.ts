/**
 * Zstandard (RFC 8878), frame by frame and block by block, so that a few bytes that stand for many
 * never fill the memory.
 */
import { Decompress } from "fzstd";
import { FileFault } from "../dataset-item.ts";
import { ByteSource } from "./byte-source.ts";

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a5;
/** Bytes that a frame may look back on, and so its decompression keep: what the zstd tool takes. */
const MAX_WINDOW_BYTES = 128 * 1024 * 1024;
/** RFC 8878, 3.1.1.2.4. */
const MAX_BLOCK_BYTES = 128 * 1024;
const RLE_BLOCK = 1;

/** Throws FileFault if that is not what the bytes are. */
export async function* unzstd(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = new ByteSource(bytes, () => fault("it ends too early"));
  try {
    while (!(await source.isAtEnd())) {
      const start = await source.take(4);
      const magic = start.readUInt32LE();
      if (magic >>> 4 === SKIPPABLE_MAGIC) {
        await source.skip((await source.take(4)).readUInt32LE());
      } else if (magic === MAGIC) {
        yield* readFrame(source, start);
      } else {
        throw fault("a frame begins with other bytes than it should");
      }
    }
  } finally {
    await source.close();
  }
}

async function* readFrame(source: ByteSource, magic: Buffer): AsyncGenerator<Uint8Array> {
  const blocks: Uint8Array[] = [];
  const decompress = new Decompress((block) => {
    if (block.length > 0) blocks.push(block);
  });
  const push = (piece: Buffer, isEnd: boolean): Uint8Array[] => {
    try {
      decompress.push(piece, isEnd);
    } catch (error) {
      throw fault(error instanceof Error ? error.message : String(error));
    }
    return blocks.splice(0);
  };
  const header = await readFrameHeader(source);
  const hasChecksum = (header[0]! & 0x04) !== 0;
  push(Buffer.concat([magic, header]), false);
  for (let isLast = false; !isLast;) {
    const blockHeader = await source.take(3);
    const block = blockHeader.readUIntLE(0, 3);
    isLast = (block & 1) === 1;
    const size = block >>> 3;
    if (size > MAX_BLOCK_BYTES) throw fault("a block is larger than 128 KB");
    const content = await source.take(((block >>> 1) & 3) === RLE_BLOCK ? 1 : size);
    yield* push(Buffer.concat([blockHeader, content]), isLast && !hasChecksum);
  }
  if (hasChecksum) yield* push(await source.take(4), true);
}

/** RFC 8878, 3.1.1.1, behind the magic number. */
async function readFrameHeader(source: ByteSource): Promise<Buffer> {
  const start = await source.take(1);
  const descriptor = start[0]!;
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeFlag = descriptor >>> 6;
  const sizeBytes = sizeFlag === 0 ? Number(isSingleSegment) : 2 ** sizeFlag;
  if (dictionaryBytes > 0) throw fault("it needs a dictionary");
  const rest = await source.take((isSingleSegment ? 0 : 1) + sizeBytes);
  const window = isSingleSegment ? contentBytes(rest) : windowBytes(rest[0]!);
  if (window > MAX_WINDOW_BYTES) throw fault("its window is larger than 128 MB");
  return Buffer.concat([start, rest]);
}

function windowBytes(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function contentBytes(size: Buffer): number {
  if (size.length === 8) return Number(size.readBigUInt64LE());
  return size.readUIntLE(0, size.length) + (size.length === 2 ? 256 : 0);
}

function fault(reason: string): FileFault {
  return new FileFault(`it is not valid zstd data: ${reason}`);
}
