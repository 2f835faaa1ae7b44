/** Finds out whether an answer reached its client, for answers that must not get lost. */
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** How long after an answer a broken connection is taken to mean that the client did not read it. */
const WATCH_MS = 10_000;

/** Connections whose last answer is being watched, with what ends the watch. */
const watched = new WeakMap<Socket, () => void>();

/** Calls `lost`, once, if the answer does not reach the client. To be called before it is given. */
export function watchDelivery(response: ServerResponse, lost: () => void): void {
  const { socket } = response;
  let isSent = false;
  // "finish" comes after a failed write, too; then the connection has the error.
  response.once("finish", () => {
    isSent = socket !== null && !socket.destroyed && socket.errored === null;
    if (isSent && socket !== null) watchConnection(socket, lost);
  });
  response.once("close", () => {
    if (!isSent) lost();
  });
}

/** The client goes on with a further request: it has read the answer before. */
export function endWatch(socket: Socket): void {
  watched.get(socket)?.();
}

/**
 * The operating system took the answer, but the client may be gone without having read it. Then its
 * side resets the connection. A client that has read everything and leaves only ends it.
 */
function watchConnection(socket: Socket, lost: () => void): void {
  const closed = (hadError: boolean): void => {
    stop();
    if (hadError) lost();
  };
  const ended = (): void => {
    // The reset may hide behind the end, where only a write meets it. Blank lines after an answer
    // mean nothing in HTTP, and a client that has closed its side does not see them.
    socket.write("\r\n", (error) => {
      if (error === null || error === undefined) return;
      stop();
      lost();
    });
  };
  const timer = setTimeout(() => stop(), WATCH_MS);
  timer.unref();
  const stop = (): void => {
    clearTimeout(timer);
    socket.off("close", closed).off("end", ended);
    watched.delete(socket);
  };
  watched.set(socket, stop);
  socket.once("close", closed);
  // Before the server's own listener, which closes our side.
  socket.prependOnceListener("end", ended);
}
