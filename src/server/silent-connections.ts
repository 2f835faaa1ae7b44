/** Connections on which no byte of a request has come, such as browsers open ahead. */
import type { Server } from "node:http";
import type { Socket } from "node:net";

/** To node such a connection is not idle, so that a server that stops would wait for it. */
export class SilentConnections {
  readonly #sockets = new Set<Socket>();

  constructor(server: Server) {
    server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
    server.on("request", ({ socket }) => this.#sockets.delete(socket));
  }

  close(): void {
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}
