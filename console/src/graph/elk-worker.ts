/** The layout engine in a thread of its own, started when the first graph is shown. */
import ElkApi, { type ELK } from "elkjs/lib/elk-api.js";
import workerUrl from "elkjs/lib/elk-worker.min.js?url";

let engine: ELK | undefined;

export function elk(): ELK {
  engine ??= new ElkApi({ workerUrl, workerFactory: (url) => new Worker(url ?? workerUrl) });
  return engine;
}
