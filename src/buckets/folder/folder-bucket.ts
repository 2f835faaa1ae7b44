/** A folder that stands for a bucket: its files are the objects. */
import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  type Bucket,
  BucketError,
  type BucketObject,
  type ListedObject,
  type ListOptions,
  type OpenOptions,
  type Upload,
} from "../bucket.ts";
import { EtagCache } from "./etag-cache.ts";
import { listFiles } from "./folder-listing.ts";
import { openFolderObject } from "./folder-object.ts";
import { FolderUpload } from "./folder-upload.ts";

/** Objects of a listing at a time, as many as S3 gives. */
const PAGE = 1_000;
const BUCKET_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$/;

/** The buckets that are folders of `directory`. */
export class FolderBuckets {
  readonly #directory: string;
  readonly #etags = new EtagCache();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Undefined if there is no such folder, or it is a link that leads elsewhere. */
  async find(name: string): Promise<Bucket | undefined> {
    if (!BUCKET_NAME.test(name) || name.includes("..")) return undefined;
    try {
      const directory = await realpath(this.#directory);
      const root = join(directory, name);
      if ((await realpath(root)) !== root) return undefined;
      return (await stat(root)).isDirectory()
        ? new FolderBucket(name, root, this.#etags)
        : undefined;
    } catch {
      return undefined;
    }
  }
}

class FolderBucket implements Bucket {
  readonly name: string;
  readonly #root: string;
  readonly #etags: EtagCache;

  constructor(name: string, root: string, etags: EtagCache) {
    this.name = name;
    this.#root = root;
    this.#etags = etags;
  }

  async open(key: string, { versionId }: OpenOptions): Promise<BucketObject> {
    if (versionId !== undefined) {
      throw new BucketError(
        "Invalid",
        "a bucket that is a folder keeps no versions; leave VersionId out",
      );
    }
    return openFolderObject(this.#root, key);
  }

  async *list(options: ListOptions): AsyncGenerator<readonly ListedObject[]> {
    let page: ListedObject[] = [];
    for await (const { key, stats } of listFiles(this.#root, options.prefix, options.signal)) {
      page.push({
        key,
        size: Number(stats.size),
        etag: options.etags ? await this.#etags.etagOf(this.#root, key, stats) : "",
        lastModified: Number(stats.mtimeMs),
        storageClass: "STANDARD",
      });
      if (page.length < PAGE) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }

  upload(key: string): Upload {
    return new FolderUpload(this.#root, key);
  }
}
