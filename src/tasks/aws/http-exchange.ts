/** The HTTP answer behind an SDK call: its headers as they were written, and a bound on its body. */
import { IncomingMessage } from "node:http";
import type { InvokeCommand } from "@aws-sdk/client-lambda";
import { boundedBody } from "../../aws/bounded-body.ts";

export interface HttpExchange {
  statusCode: number;
  headers: readonly (readonly [name: string, value: string])[];
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
        response.body = boundedBody(response.body);
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
