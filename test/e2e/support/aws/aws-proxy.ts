/** Stands between the server and AWS services: counts calls, fails some, changes answers. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
} from "node:http";
import type { AddressInfo } from "node:net";
import { signingName } from "./request-recorder.ts";

export interface AwsCall {
  /** As in the signature: `sqs`, `ecs`, `events`. */
  readonly service: string;
  /** `SendMessage`; of REST services the method. */
  readonly operation: string;
  readonly body: string;
}

export interface ProxyAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface AwsProxy {
  readonly url: string;
  /** All calls so far, in order of their arrival. */
  calls(service: string, operation: string): readonly AwsCall[];
  /** Answers the next `times` calls of an operation itself: they do not get through. */
  intercept(service: string, operation: string, answer: ProxyAnswer, times?: number): void;
  /**
   * Keeps the next call of an operation without an answer. `arrived` is when it is here, `left` when
   * its caller gave up.
   */
  hold(
    service: string,
    operation: string,
  ): {
    readonly arrived: Promise<void>;
    readonly left: Promise<void>;
  };
  /** Changes the bodies of all answers to an operation from now on. */
  rewrite(service: string, operation: string, change: (body: string) => string): void;
  close(): Promise<void>;
}

interface Hold {
  readonly arrived: () => void;
  readonly left: () => void;
}

interface Interception {
  readonly answer: ProxyAnswer;
  times: number;
}

/** A proxy on a free port of loopback to the services at `target`. */
export async function awsProxy(target: string): Promise<AwsProxy> {
  const calls: AwsCall[] = [];
  const interceptions = new Map<string, Interception>();
  const holds = new Map<string, Hold>();
  const changes = new Map<string, (body: string) => string>();
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    void collect(incoming).then((body) => {
      const { method = "GET", url = "/", headers } = incoming;
      const call = callOf(method, headers, body);
      calls.push(call);
      const key = keyOf(call.service, call.operation);
      const hold = holds.get(key);
      if (hold !== undefined) {
        holds.delete(key);
        outgoing.once("close", hold.left);
        hold.arrived();
        return;
      }
      const interception = interceptions.get(key);
      if (interception !== undefined && interception.times > 0) {
        interception.times--;
        outgoing.writeHead(interception.answer.status, interception.answer.headers);
        outgoing.end(interception.answer.body);
        return;
      }
      const forwarded = httpRequest({ hostname, port, method, path: url, headers, agent: false });
      forwarded.on("response", (answer) => {
        void collect(answer).then((bytes) => {
          const changed = Buffer.from(changes.get(key)?.(bytes.toString()) ?? bytes);
          outgoing.writeHead(answer.statusCode ?? 502, headersOf(answer, changed.length));
          outgoing.end(changed);
        });
      });
      forwarded.on("error", () => outgoing.destroy());
      forwarded.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: (service, operation) =>
      calls.filter((call) => call.service === service && call.operation === operation),
    intercept: (service, operation, answer, times = 1) =>
      void interceptions.set(keyOf(service, operation), { answer, times }),
    hold: (service, operation) => {
      const { promise: arrived, resolve: onArrival } = withResolver();
      const { promise: left, resolve: onLeaving } = withResolver();
      holds.set(keyOf(service, operation), { arrived: onArrival, left: onLeaving });
      return { arrived, left };
    },
    rewrite: (service, operation, change) => void changes.set(keyOf(service, operation), change),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function withResolver(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const keyOf = (service: string, operation: string): string => `${service}:${operation}`;

/** The headers as they were written, the names in their letter case, for a body of this length. */
function headersOf(answer: IncomingMessage, length: number): string[] {
  return answer.rawHeaders.flatMap((name, index, raw) => {
    if (index % 2 === 1) return [];
    const value = raw[index + 1] ?? "";
    return [name, name.toLowerCase() === "content-length" ? String(length) : value];
  });
}

function callOf(method: string, headers: IncomingHttpHeaders, bytes: Buffer): AwsCall {
  const body = bytes.toString();
  const target = String(headers["x-amz-target"] ?? "");
  const form = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  const action = form ? new URLSearchParams(body).get("Action") : undefined;
  const operation = target === "" ? (action ?? method) : target.slice(target.lastIndexOf(".") + 1);
  return { service: signingName(headers), operation, body };
}

function collect(stream: NodeJS.ReadableStream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => resolve(Buffer.concat(chunks)));
    stream.on("error", reject);
  });
}
