/** A server that keeps every request and answers like the AWS service it is meant for. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** More would not be a request of a test. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

export interface RecordedRequest {
  readonly method: string;
  /** With the query, as sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface CannedAnswer {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface RequestRecorder {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** The answer to the next requests; undefined: an empty success in the protocol of each. */
  answer: CannedAnswer | undefined;
  close(): Promise<void>;
}

/** On a free port of loopback. */
export async function requestRecorder(): Promise<RequestRecorder> {
  const requests: RecordedRequest[] = [];
  const recorder = { answer: undefined as CannedAnswer | undefined };
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) incoming.destroy();
      else chunks.push(chunk);
    });
    incoming.on("end", () => {
      const { method = "", url = "", headers } = incoming;
      const request = { method, target: url, headers, body: Buffer.concat(chunks) };
      requests.push(request);
      const answer = recorder.answer ?? emptySuccess(request);
      outgoing.writeHead(answer.status ?? 200, answer.headers);
      outgoing.end(method === "HEAD" ? undefined : answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(recorder, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** Services whose REST protocol is XML, by the name in the signature. */
const XML_SERVICES = new Set(["s3", "route53"]);

/** What a service answers when all went well and there is nothing to tell. */
function emptySuccess({ headers, body }: RecordedRequest): CannedAnswer {
  const requestId = { "x-amzn-requestid": "11111111-2222-4333-8444-555555555555" };
  const target = headers["x-amz-target"];
  if (target !== undefined) {
    const type = headers["content-type"] ?? "application/x-amz-json-1.1";
    return { headers: { ...requestId, "content-type": type }, body: "{}" };
  }
  if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true) {
    const action = new URLSearchParams(body.toString()).get("Action") ?? "";
    return {
      headers: { ...requestId, "content-type": "text/xml" },
      body: `<${action}Response><${action}Result/></${action}Response>`,
    };
  }
  if (XML_SERVICES.has(signingName(headers))) return { headers: requestId, body: "" };
  return { headers: { ...requestId, "content-type": "application/json" }, body: "{}" };
}

/** The service's name in the signature: `.../20260101/us-east-1/s3/aws4_request, ...`. */
export function signingName(headers: IncomingHttpHeaders): string {
  return /Credential=[^/]+\/\d+\/[^/]*\/([^/]+)\//.exec(headers.authorization ?? "")?.[1] ?? "";
}
