/** For tests: HTTP and HTTPS servers on loopback that keep what they were asked. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface RecordedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Names as they were written. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export interface PlannedAnswer {
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
  /** The answer waits for it. */
  readonly after?: Promise<void>;
  /** Nothing is answered, ever. */
  readonly silent?: boolean;
}

export interface RecordingServer {
  readonly url: string;
  readonly port: number;
  readonly requests: RecordedRequest[];
  /** The answer to a request; the default echoes it as JSON. */
  answer: (request: RecordedRequest) => PlannedAnswer;
  /** Calls back when a client closes its connection. */
  whenDisconnected(callback: () => void): void;
  close(): Promise<void>;
}

/** A key and its self-signed certificate for `localhost`, as PEM. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

export async function recordingServer(
  options: { readonly host?: string; readonly identity?: Identity } = {},
): Promise<RecordingServer> {
  const { host = "127.0.0.1", identity } = options;
  const handle = (message: IncomingMessage, response: ServerResponse): void => {
    void receive(message).then(async (request) => {
      recording.requests.push(request);
      const answer = recording.answer(request);
      await answer.after;
      reply(response, answer);
    });
  };
  const server: Server =
    identity === undefined ? createServer(handle) : createTlsServer(identity, handle);
  const waiting: (() => void)[] = [];
  server.on("connection", (socket) => {
    socket.once("close", () => {
      for (const callback of waiting.splice(0)) callback();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const authority = identity === undefined ? host.replace(/^.*:.*$/, "[$&]") : "localhost";
  const recording: RecordingServer = {
    url: `${identity === undefined ? "http" : "https"}://${authority}:${port}`,
    port,
    requests: [],
    answer: (request) => ({
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ method: request.method, path: request.path, body: request.body }),
    }),
    whenDisconnected: (callback) => void waiting.push(callback),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return recording;
}

/** The value of a header, whatever its letter case; several are joined by a comma. */
export function headerOf(request: RecordedRequest | undefined, name: string): string | undefined {
  const values = (request?.headers ?? []).filter(
    ([key]) => key.toLowerCase() === name.toLowerCase(),
  );
  return values.length === 0 ? undefined : values.map(([, value]) => value).join(",");
}

export function selfSignedIdentity(): Identity {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-tls-"));
  try {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    execFileSync(
      "openssl",
      ["req", "-x509", "-days", "2", ...curve, ...names, "-keyout", key, "-out", cert],
      { stdio: "ignore" },
    );
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function receive(message: IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  const { rawHeaders, method = "", url = "" } = message;
  const headers = rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""]] : [],
  );
  return { method, path: url, headers, body: Buffer.concat(chunks).toString("utf8") };
}

function reply(response: ServerResponse, answer: PlannedAnswer): void {
  if (answer.silent === true) return;
  const { status = 200, statusText, headers = {}, body = "" } = answer;
  if (statusText === undefined) response.writeHead(status, headers);
  else response.writeHead(status, statusText, headers);
  response.end(body);
}
