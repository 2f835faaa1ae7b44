/** The client of S3: at AWS, or at a work-alike whose endpoint is in the environment. */
import { IncomingMessage } from "node:http";
import { S3Client } from "@aws-sdk/client-s3";
import { boundedBody } from "../../aws/bounded-body.ts";
import { placeholderFor, SILENT } from "../../aws/client-defaults.ts";
import { endpointOf, type Environment } from "../../aws/environment.ts";
import { prepareSdk } from "../../aws/prepare-sdk.ts";

/** Attempts of one request, the first included. */
const MAX_ATTEMPTS = 4;
/** Parts of 8 MB have to go through in this time. */
const REQUEST_TIMEOUT_MS = 60_000;
const CONNECTION_TIMEOUT_MS = 2_000;

/** The SDK reads credentials and profiles of the environment itself. */
export function createS3Client(environment: Environment, region: string): S3Client {
  prepareSdk();
  const endpoint = endpointOf(environment, "S3");
  const credentials = placeholderFor(environment);
  const client = new S3Client({
    region: environment["AWS_REGION"] || region,
    logger: SILENT,
    ...(credentials === undefined ? {} : { credentials }),
    // A work-alike has no name of its own for each bucket.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    maxAttempts: MAX_ATTEMPTS,
    // Work-alikes do not all know the newer checksums.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  });
  boundAnswers(client);
  return client;
}

/** The SDK holds answers in memory as a whole, but for objects, whose readers have bounds of their own. */
function boundAnswers(client: S3Client): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      const response = result.response as { statusCode: number; body: unknown };
      const isObject = context["commandName"] === "GetObjectCommand" && response.statusCode < 300;
      if (!isObject && response.body instanceof IncomingMessage) {
        response.body = boundedBody(response.body);
      }
      return result;
    },
    { step: "deserialize", name: "stepwellBoundAnswers", priority: "low" },
  );
}
