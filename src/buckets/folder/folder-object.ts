/** An object of a folder bucket, opened for reading. */
import { constants } from "node:fs";
import type { BigIntStats } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { BucketError, type BucketObject } from "../bucket.ts";
import { folderFailure, noSuchKey } from "./folder-failure.ts";
import { objectPath } from "./object-path.ts";

const CHUNK_BYTES = 256 * 1024;

/** Opening a pipe would wait for who writes it, and with it one of the few threads for files. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Opens the file of a key below `root`, a real path. Throws BucketError. */
export async function openFolderObject(root: string, key: string): Promise<BucketObject> {
  const path = objectPath(root, key);
  try {
    // Neither the file nor a folder above it may be a link: it could lead out of the bucket.
    if ((await realpath(path)) !== path) throw noSuchKey();
    const file = await open(path, READ_FLAGS);
    const stats = await file.stat({ bigint: true });
    if (!stats.isFile()) {
      await file.close();
      throw noSuchKey();
    }
    return new FolderObject(file, stats);
  } catch (error) {
    throw folderFailure(error);
  }
}

/** What tells a file apart from itself at other times. */
export function fileVersion(stats: BigIntStats): string {
  return `${stats.dev}-${stats.ino}-${stats.size}-${stats.mtimeNs}`;
}

class FolderObject implements BucketObject {
  readonly size: number;
  readonly version: string;
  readonly #file: FileHandle;
  #isClosed = false;

  constructor(file: FileHandle, stats: BigIntStats) {
    this.#file = file;
    this.size = Number(stats.size);
    this.version = fileVersion(stats);
  }

  async *bytes(): AsyncIterable<Uint8Array> {
    for (let offset = 0; offset < this.size;) {
      const chunk = await this.slice(offset, Math.min(offset + CHUNK_BYTES, this.size));
      offset += chunk.length;
      yield chunk;
    }
  }

  async slice(start: number, end: number): Promise<Uint8Array> {
    const bytes = Buffer.allocUnsafe(end - start);
    try {
      for (let filled = 0; filled < bytes.length;) {
        const { bytesRead } = await this.#file.read(
          bytes,
          filled,
          bytes.length - filled,
          start + filled,
        );
        if (bytesRead === 0) throw changed();
        filled += bytesRead;
      }
      // A replaced file stays what it was; one that is written in place does not.
      const stats = await this.#file.stat({ bigint: true });
      if (fileVersion(stats) !== this.version) throw changed();
    } catch (error) {
      throw folderFailure(error);
    }
    return bytes;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    void this.#file.close().catch(() => {});
  }
}

function changed(): BucketError {
  return new BucketError("Changed", "the object was changed while it was read");
}
