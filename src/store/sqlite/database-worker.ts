/** Entry of the database thread: opens the file it is told, then answers messages of requests. */
import { parentPort, workerData } from "node:worker_threads";
import type { Reply, Request, WorkerMessage, WorkerOptions } from "./protocol.ts";
import { SqliteDatabase } from "./sqlite-database.ts";

const port = parentPort ?? fail("database-worker must be started as a worker thread");

function say(message: WorkerMessage): void {
  port.postMessage(message);
}

function serve(database: SqliteDatabase): void {
  port.on("message", (requests: readonly Request[]) => {
    let replies: Reply[] = [];
    let committed = false;
    let closed = false;
    for (const [index, request] of requests.entries()) {
      replies.push(database.answer(request));
      closed ||= request.operation === "close";
      if (request.operation !== "commit") continue;
      committed = true;
      // The acknowledgement of a commit waits neither for the requests behind it nor for a checkpoint.
      say({ type: "replies", replies, done: index === requests.length - 1 });
      replies = [];
    }
    if (requests.at(-1)?.operation !== "commit") say({ type: "replies", replies, done: true });
    if (closed) port.close();
    else if (committed) database.checkpoint();
  });
}

function fail(message: string): never {
  throw new Error(message);
}

try {
  serve(new SqliteDatabase(workerData as WorkerOptions));
  say({ type: "opened" });
} catch (error) {
  say({ type: "not-opened", message: error instanceof Error ? error.message : String(error) });
}
