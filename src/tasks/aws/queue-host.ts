/**
 * The client of Amazon SQS calls the host of `QueueUrl`, whatever it is, with the server's signature.
 * The author of a state machine is not to send it to where only this machine can go.
 */
import type { InvokeCommand } from "@aws-sdk/client-lambda";
import { AwsCallError } from "./aws-caller.ts";

/** Hosts of queues: of a region, FIPS, of a VPC endpoint, and the older ones. */
const QUEUE_HOST =
  /^(?:(?:[a-z0-9-]+\.)?sqs(?:-fips)?\.[a-z0-9-]+(?:\.vpce)?|(?:[a-z0-9-]+\.)?queue)\.(?:amazonaws\.com(?:\.cn)?|api\.aws|api\.amazonwebservices\.com\.cn)$/;

/** Whether the URL leads to Amazon SQS itself. */
export function isQueueUrl(url: URL): boolean {
  return url.protocol === "https:" && url.port === "" && QUEUE_HOST.test(url.hostname);
}

/** Lets a call to any other host fail, but for the host that the client would call anyway. */
export function guardQueueHost(stack: InvokeCommand["middlewareStack"]): void {
  stack.addRelativeTo(guard, {
    name: "stepwellGuardQueueHost",
    relation: "before",
    toMiddleware: "queueUrlMiddleware",
  });
}

interface Context {
  /** What the client calls if nothing changes it. */
  readonly endpointV2?: { readonly url: URL };
}

function guard<Arguments extends { readonly input: object }, Result>(
  next: (args: Arguments) => Promise<Result>,
  { endpointV2 }: Context,
): (args: Arguments) => Promise<Result> {
  return (args) => {
    const { QueueUrl: address } = args.input as { readonly QueueUrl?: unknown };
    const url = typeof address === "string" && URL.canParse(address) ? new URL(address) : undefined;
    if (url === undefined || url.origin === endpointV2?.url.origin || isQueueUrl(url)) {
      return next(args);
    }
    const message =
      `Unable to execute HTTP request: ${url.host} is not a host of Amazon SQS; ` +
      "for queues elsewhere set AWS_ENDPOINT_URL_SQS or AWS_ENDPOINT_URL";
    return Promise.reject(new AwsCallError("Client", message, { serviceId: "SQS" }));
  };
}
