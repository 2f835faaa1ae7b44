/**
 * What a line `127.0.0.1 sync-localhost` in /etc/hosts would do. The AWS CLI puts `sync-` before the
 * host name for StartSyncExecution and TestState and has no setting against it; through this proxy
 * the request reaches the server all the same, its Host header as the CLI wrote it.
 */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface NameProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** A proxy on a free port that sends every request to `port` on this machine. */
export async function nameProxy(port: number): Promise<NameProxy> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = "/" } = incoming;
    const path = url.startsWith("http:") ? new URL(url).pathname : url;
    const call = request({ host: "127.0.0.1", port, method, headers, path, agent: false });
    call.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    call.on("error", () => outgoing.destroy());
    incoming.pipe(call);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
