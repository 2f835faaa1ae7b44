/** Failed calls in the words of version 1 of the AWS SDK for Java, which is behind these integrations. */
import type { TaskCall } from "../../engine/ports.ts";
import { AwsCallError } from "../aws/aws-caller.ts";
import { TaskFailure } from "../task-failure.ts";
import { answerTooLong } from "../answer-too-long.ts";
import { refused } from "./refused.ts";
import type { ServiceFacts } from "./service-facts.ts";

type Wording = Pick<ServiceFacts, "errorPrefix" | "serviceName" | "exceptions" | "codes">;

/** @returns the failure with AWS's texts; any other error as it is. */
export function serviceFailure(error: unknown, facts: Wording, call: TaskCall): unknown {
  if (!(error instanceof AwsCallError)) return error;
  switch (error.kind) {
    case "Service": {
      const { message, httpStatusCode, code, requestId } = error;
      const told = `Service: ${facts.serviceName}; Status Code: ${httpStatusCode}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null`;
      const name = `${facts.errorPrefix}.${className(code, facts)}`;
      return new TaskFailure(name, `${message} (${told})`);
    }
    case "Client":
      return new TaskFailure(`${facts.errorPrefix}.SdkClientException`, error.message);
    case "Parameters":
      return refused(call, error.message);
    case "Unknown":
      return new TaskFailure("States.Runtime", error.message);
    case "Role":
      return new TaskFailure("States.TaskFailed", error.message);
    case "TooLong":
      return answerTooLong(call);
  }
}

/** Errors that the SDK has no class for share that of their service. */
function className(code: string, { serviceName, exceptions, codes = {} }: Wording): string {
  const named = Object.hasOwn(codes, code) ? codes[code]! : code.replace(/Exception$/, "");
  return exceptions.includes(named)
    ? `${named}Exception`
    : `${serviceName.replace(/v2$/, "")}Exception`;
}

const THROTTLING = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|RateExceeded/i;
const EXPIRED = /Expired/i;

/**
 * Whether the same question may be answered later: no usable answer came, the service has trouble or
 * is asked too often, or credentials wait for being renewed.
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof AwsCallError)) return false;
  if (error.kind === "Client") return true;
  if (error.kind === "Role") return !/is not authorized/.test(error.message);
  if (error.kind !== "Service") return false;
  const { httpStatusCode, code } = error;
  return (
    httpStatusCode >= 500 || httpStatusCode === 429 || THROTTLING.test(code) || EXPIRED.test(code)
  );
}
