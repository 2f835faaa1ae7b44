/** Starts worker threads, from a build and from the sources alike. */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Worker, type WorkerOptions } from "node:worker_threads";

/** `entry`: the URL of the worker's module as it stands in the sources, ending in `.ts`. */
export function startWorker(entry: URL, options: WorkerOptions): Worker {
  if (import.meta.url.endsWith(".js")) {
    return new Worker(new URL(entry.href.replace(/\.ts$/, ".js")), options);
  }
  // In a checkout the sources run as they are. A worker does not inherit the loader for them, and
  // Node 20 ignores an `--import` of one for a worker's entry; its require hook works everywhere.
  const loader = createRequire(import.meta.url).resolve("tsx/cjs");
  const script = [loader, fileURLToPath(entry)]
    .map((path) => `require(${JSON.stringify(path)});`)
    .join("");
  return new Worker(script, { ...options, eval: true, execArgv: [] });
}
