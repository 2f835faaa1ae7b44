/** Makes names durable: a new file survives a loss of power only with its folder's entry for it. */
import { open } from "node:fs/promises";
import { dirname } from "node:path";

/** Syncs `folder` and those around it, up to and with `last`, which is one of them. */
export async function syncFolders(folder: string, last: string): Promise<void> {
  for (let current = folder; ; current = dirname(current)) {
    await syncFolder(current);
    if (current === last || current === dirname(current)) return;
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no handle of a folder that could be synced, and needs none.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
