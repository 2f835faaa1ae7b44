/** For tests: an AWS service as far as HTTP goes, on loopback. */
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** The connection is cut instead of an answer. */
  readonly cut?: boolean;
  /** The end of the body never comes. */
  readonly unfinished?: boolean;
  /** Nothing is answered. */
  readonly silent?: boolean;
}

export interface FakeService {
  readonly url: string;
  readonly port: number;
  readonly received: readonly Received[];
  /** What is answered from now on. */
  answer(next: (request: Received) => Answer): void;
  close(): Promise<void>;
}

export async function startFakeService(): Promise<FakeService> {
  const received: Received[] = [];
  let answer: (request: Received) => Answer = () => ({ body: "{}" });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const whole = { method, url, headers, body: Buffer.concat(chunks).toString() };
      received.push(whole);
      const {
        status = 200,
        headers: more = {},
        body = "",
        cut,
        silent,
        unfinished,
      } = answer(whole);
      if (silent === true) return;
      if (cut === true) request.socket.destroy();
      else if (unfinished === true) response.writeHead(status, more).write(body);
      else response.writeHead(status, more).end(body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    answer: (next) => {
      answer = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
