/** Finds the buckets that workflows name: folders first, then S3. */
import type { S3Client } from "@aws-sdk/client-s3";
import { type Environment, isReachable } from "../aws/environment.ts";
import { type Bucket, BucketError } from "./bucket.ts";
import { FolderBuckets } from "./folder/folder-bucket.ts";

export interface BucketsOptions {
  /** Folder whose sub-folders are buckets; undefined: all buckets are S3's. */
  readonly directory: string | undefined;
  readonly environment: Environment;
  readonly region: string;
}

export interface Buckets {
  /** Throws BucketError if the bucket is no folder and there is no way to S3. */
  find(name: string): Promise<Bucket>;
}

export function createBuckets(options: BucketsOptions): Buckets {
  const { directory, environment } = options;
  const folders = directory === undefined ? undefined : new FolderBuckets(directory);
  let client: Promise<S3Client> | undefined;
  return {
    async find(name) {
      const folder = await folders?.find(name);
      if (folder !== undefined) return folder;
      if (!isReachable(environment, "S3")) {
        throw new BucketError("Missing", `NoSuchBucket: ${howToGetBucket(name, directory)}`);
      }
      client ??= loadClient(options);
      const { S3Bucket } = await import("./s3/s3-bucket.ts");
      return new S3Bucket(await client, name);
    },
  };
}

/** The client takes a tenth of a second to load, which only those pay who use it. */
async function loadClient({ environment, region }: BucketsOptions): Promise<S3Client> {
  const { createS3Client } = await import("./s3/s3-client.ts");
  return createS3Client(environment, region);
}

function howToGetBucket(name: string, directory: string | undefined): string {
  const folder =
    directory === undefined
      ? "start the server with --s3-dir FOLDER to use folders as buckets"
      : `make the folder ${name} in ${directory}`;
  return (
    `there is no bucket ${name}: ${folder}, ` +
    "or set AWS_ENDPOINT_URL_S3 or AWS credentials to use S3"
  );
}
