/** The HTTP answer behind an SDK call: its headers as they were written, and a bound on its body. */
import { IncomingMessage } from "node:http";
import { Transform } from "node:stream";
import type { InvokeCommand } from "@aws-sdk/client-lambda";

export interface HttpExchange {
  statusCode: number;
  headers: readonly (readonly [name: string, value: string])[];
}

/** Lambda's own quota is 6 MB, far above that of a state's output; who sends more is cut off. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The answer is longer than any state's output may be. */
export class AnswerTooLong extends Error {
  override readonly name = "AnswerTooLong";
}

/** Fills `exchange` when the answer of this command, in its last attempt, arrives. */
export function captureHttp(stack: InvokeCommand["middlewareStack"], exchange: HttpExchange): void {
  stack.add(
    (next) => async (args) => {
      // Each attempt starts anew.
      exchange.statusCode = 0;
      exchange.headers = [];
      const result = await next(args);
      const response = result.response;
      if (isResponse(response) && response.body instanceof IncomingMessage) {
        exchange.statusCode = response.statusCode;
        // The SDK lowers header names; the raw ones keep their letter case.
        exchange.headers = pairs(response.body.rawHeaders);
        response.body = bounded(response.body);
      }
      return result;
    },
    { step: "deserialize", name: "stepwellCaptureHttp", priority: "low" },
  );
}

interface Response {
  statusCode: number;
  body: unknown;
}

function isResponse(value: unknown): value is Response {
  return typeof value === "object" && value !== null && "statusCode" in value && "body" in value;
}

function pairs(raw: readonly string[]): [string, string][] {
  const result: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) result.push([raw[i] ?? "", raw[i + 1] ?? ""]);
  return result;
}

function bounded(body: IncomingMessage): Transform {
  let seen = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > MAX_BODY_BYTES)
        done(new AnswerTooLong(`the answer exceeds ${MAX_BODY_BYTES} bytes`));
      else done(null, chunk);
    },
  });
  limit.once("error", () => body.destroy());
  body.once("error", (error) => limit.destroy(error));
  return body.pipe(limit);
}
