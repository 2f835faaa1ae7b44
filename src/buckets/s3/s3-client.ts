/** The client of S3: at AWS, or at a work-alike whose endpoint is in the environment. */
import { S3Client } from "@aws-sdk/client-s3";
import { clientSettings, type Environment, hasEndpoint } from "../../delivery/aws-settings.ts";

/** Attempts of one request, the first included. */
const MAX_ATTEMPTS = 4;
/** Parts of 8 MB have to go through in this time. */
const REQUEST_TIMEOUT_MS = 60_000;

/** The SDK reads credentials and profiles of the environment itself. */
export function createS3Client(environment: Environment, region: string): S3Client {
  const endpoint = environment["AWS_ENDPOINT_URL_S3"] || environment["AWS_ENDPOINT_URL"];
  const settings = clientSettings(environment, "S3", environment["AWS_REGION"] || region);
  return new S3Client({
    ...settings,
    ...(endpoint ? { endpoint } : {}),
    maxAttempts: MAX_ATTEMPTS,
    // A work-alike has no name of its own for each bucket.
    forcePathStyle: hasEndpoint(environment, "S3"),
    // Work-alikes do not all know the newer checksums.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { ...settings.requestHandler, requestTimeout: REQUEST_TIMEOUT_MS },
  });
}
