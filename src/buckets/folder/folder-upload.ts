/** An object of a folder bucket that is being written. */
import { type FileHandle, mkdir, open, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { BucketError, type Upload } from "../bucket.ts";
import { folderFailure } from "./folder-failure.ts";
import { objectPath, temporaryName } from "./object-path.ts";
import { syncFolders } from "./sync-folders.ts";

interface OpenFile {
  readonly file: FileHandle;
  /** What it is renamed to. */
  readonly path: string;
  readonly temporary: string;
  /** The innermost folder that was there before. */
  readonly oldFolder: string;
}

/** Writes to a file of another name and renames it at the end, so that nobody sees a part of it. */
export class FolderUpload implements Upload {
  readonly #root: string;
  readonly #key: string;
  #open: OpenFile | undefined;

  /** `root` is a real path. */
  constructor(root: string, key: string) {
    this.#root = root;
    this.#key = key;
  }

  async write(bytes: Uint8Array): Promise<void> {
    try {
      const { file } = await this.#file();
      await file.writeFile(bytes);
    } catch (error) {
      throw folderFailure(error);
    }
  }

  async finish(): Promise<void> {
    try {
      const { file, path, temporary, oldFolder } = await this.#file();
      await file.sync();
      await file.close();
      await rename(temporary, path);
      await syncFolders(dirname(path), oldFolder);
      this.#open = undefined;
    } catch (error) {
      throw folderFailure(error);
    }
  }

  async abort(): Promise<void> {
    const opened = this.#open;
    if (opened === undefined) return;
    this.#open = undefined;
    await opened.file.close().catch(() => {});
    await rm(opened.temporary, { force: true }).catch(() => {});
  }

  async #file(): Promise<OpenFile> {
    if (this.#open !== undefined) return this.#open;
    const path = objectPath(this.#root, this.#key);
    const folder = dirname(path);
    await refuseLinks(folder);
    const made = await mkdir(folder, { recursive: true });
    const oldFolder = made === undefined ? folder : dirname(made);
    const temporary = join(folder, temporaryName(basename(path)));
    // What a crash left behind goes; a link is not followed.
    await rm(temporary, { force: true });
    const file = await open(temporary, "wx");
    this.#open = { file, path, temporary, oldFolder };
    return this.#open;
  }
}

/** A link among the folders that are there could lead out of the bucket. */
async function refuseLinks(folder: string): Promise<void> {
  const real = await realpath(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (real === undefined) return refuseLinks(dirname(folder));
  if (real !== folder) {
    throw new BucketError("Denied", `AccessDenied: ${folder} leads through a link`);
  }
}
