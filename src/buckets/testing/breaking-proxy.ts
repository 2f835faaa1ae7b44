/** A way to a server that breaks when a test wants it to. */
import { connect, createServer, type Server, type Socket } from "node:net";

export interface BreakingProxy {
  readonly url: string;
  /** How many connections are still to be cut. */
  readonly breaksLeft: number;
  /** Cuts connections that have brought so many bytes, the given number of times. */
  breakAfter(bytes: number, times: number): void;
  close(): Promise<void>;
}

export async function startBreakingProxy(port: number): Promise<BreakingProxy> {
  let limit = Infinity;
  let breaks = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const target = connect(port, "127.0.0.1");
    let bytes = 0;
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        target.destroy();
      });
    }
    client.pipe(target);
    target.on("data", (chunk) => {
      bytes += chunk.length;
      if (breaks > 0 && bytes > limit) {
        breaks -= 1;
        client.destroySoon();
        target.destroy();
      } else {
        client.write(chunk);
      }
    });
    target.on("end", () => client.end());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  return {
    url: `http://127.0.0.1:${address.port}`,
    get breaksLeft() {
      return breaks;
    },
    breakAfter(after, times) {
      limit = after;
      breaks = times;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
