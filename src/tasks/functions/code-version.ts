/** Tells whether a function's code has changed since its processes were started. */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";

/** Files looked at; the rest of a larger folder is taken as unchanged. */
const MAX_FILES = 5_000;
/** Changed by running the code, or too large to look at. */
const IGNORED = new Set(["node_modules", "__pycache__", ".git"]);

/** A text that differs when a file below `folder` was changed, added or removed. */
export async function codeVersion(folder: string): Promise<string> {
  let files = 0;
  let bytes = 0;
  let newest = 0;
  const folders = [folder];
  for (let current = folders.pop(); current !== undefined; current = folders.pop()) {
    const place = current;
    const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
    const sources: string[] = [];
    for (const entry of entries) {
      if (IGNORED.has(entry.name)) continue;
      if (entry.isDirectory()) folders.push(path.join(place, entry.name));
      else if (files < MAX_FILES) {
        files += 1;
        sources.push(path.join(place, entry.name));
      }
    }
    const facts = await Promise.all(sources.map((file) => stat(file).catch(() => undefined)));
    for (const fact of facts) {
      if (fact === undefined) continue;
      bytes += fact.size;
      newest = Math.max(newest, fact.mtimeMs);
    }
    if (files >= MAX_FILES) break;
  }
  return `${files} ${bytes} ${newest}`;
}
