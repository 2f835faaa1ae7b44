/** The files of a folder bucket in the order in which S3 lists objects. */
import type { BigIntStats } from "node:fs";
import { lstat, opendir } from "node:fs/promises";
import { join } from "node:path";
import { BucketError } from "../bucket.ts";
import { folderFailure } from "./folder-failure.ts";
import { isTemporary } from "./object-path.ts";
import { sortInTurns } from "./sort-in-turns.ts";

/** Names of one folder that are held in memory to sort them. */
const MAX_ENTRIES_OF_A_FOLDER = 1_000_000;

export interface ListedFile {
  readonly key: string;
  readonly stats: BigIntStats;
}

/**
 * Files whose keys begin with `prefix`, in the order of their keys' UTF-8 bytes. Links and what is
 * neither file nor folder are left out. Holds the names of the folders that lead to the current file.
 */
export async function* listFiles(
  root: string,
  prefix: string,
  signal: AbortSignal,
): AsyncGenerator<ListedFile> {
  // Only folders on the way to the prefix and below it are looked at.
  const depth = prefix.lastIndexOf("/") + 1;
  yield* walk(root, "", prefix.slice(0, depth), prefix, signal);
}

async function* walk(
  folder: string,
  keyOfFolder: string,
  wayToPrefix: string,
  prefix: string,
  signal: AbortSignal,
): AsyncGenerator<ListedFile> {
  if (wayToPrefix.length > keyOfFolder.length) {
    const end = wayToPrefix.indexOf("/", keyOfFolder.length);
    const name = wayToPrefix.slice(keyOfFolder.length, end);
    // Such keys are no paths, so no object has them.
    if (["", ".", ".."].includes(name) || name.includes("\0")) return;
    const path = join(folder, name);
    const stats = await statsOf(path);
    if (stats?.isDirectory() !== true) return;
    yield* walk(path, `${keyOfFolder}${name}/`, wayToPrefix, prefix, signal);
    return;
  }
  for (const entry of await sortedEntries(folder)) {
    signal.throwIfAborted();
    const key = `${keyOfFolder}${entry}`;
    const isFolder = entry.endsWith("/");
    if (!key.startsWith(prefix)) continue;
    const path = join(folder, entry);
    if (isFolder) {
      yield* walk(path, key, wayToPrefix, prefix, signal);
    } else {
      const stats = await statsOf(path);
      if (stats?.isFile() === true) yield { key, stats };
    }
  }
}

/** Names of files, and of folders with a `/` behind, as it is this that their keys are sorted by. */
async function sortedEntries(folder: string): Promise<string[]> {
  const entries: string[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      if (entry.isDirectory()) entries.push(`${entry.name}/`);
      else if (entry.isFile() && !isTemporary(entry.name)) entries.push(entry.name);
      if (entries.length > MAX_ENTRIES_OF_A_FOLDER) {
        throw new BucketError(
          "Invalid",
          `the folder ${folder} has more than ${MAX_ENTRIES_OF_A_FOLDER} entries; ` +
            "spread them over several folders",
        );
      }
    }
  } catch (error) {
    throw folderFailure(error);
  }
  return sortInTurns(entries);
}

/** Undefined: it is gone. */
async function statsOf(path: string): Promise<BigIntStats | undefined> {
  try {
    return await lstat(path, { bigint: true });
  } catch {
    return undefined;
  }
}
