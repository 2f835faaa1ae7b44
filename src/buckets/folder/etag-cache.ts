/** ETags of files: the MD5 of their content, as S3 has it for objects uploaded in one part. */
import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { openFolderObject, fileVersion } from "./folder-object.ts";

const MAX_ENTRIES = 10_000;

/** Remembers ETags until a file changes, so that only the first listing reads the files. */
export class EtagCache {
  readonly #etags = new Map<string, { readonly version: string; readonly etag: string }>();

  /** With its quotation marks. Throws BucketError. */
  async etagOf(root: string, key: string, stats: BigIntStats): Promise<string> {
    const name = `${root}\0${key}`;
    const version = fileVersion(stats);
    const known = this.#etags.get(name);
    if (known?.version === version) return known.etag;
    const object = await openFolderObject(root, key);
    try {
      const hash = createHash("md5");
      for await (const chunk of object.bytes()) hash.update(chunk);
      const etag = `"${hash.digest("hex")}"`;
      this.#remember(name, { version: object.version, etag });
      return etag;
    } finally {
      object.close();
    }
  }

  #remember(name: string, entry: { readonly version: string; readonly etag: string }): void {
    this.#etags.delete(name);
    this.#etags.set(name, entry);
    if (this.#etags.size <= MAX_ENTRIES) return;
    const oldest = this.#etags.keys().next();
    if (oldest.done !== true) this.#etags.delete(oldest.value);
  }
}
