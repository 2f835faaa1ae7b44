/** A bucket of S3. */
import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import {
  type Bucket,
  type BucketObject,
  type ListedObject,
  type ListOptions,
  type OpenOptions,
  type Upload,
} from "../bucket.ts";
import { s3Failure } from "./s3-failure.ts";
import { openS3Object } from "./s3-object.ts";
import { S3Upload } from "./s3-upload.ts";

export class S3Bucket implements Bucket {
  readonly name: string;
  readonly #client: S3Client;

  constructor(client: S3Client, name: string) {
    this.#client = client;
    this.name = name;
  }

  open(key: string, options: OpenOptions): Promise<BucketObject> {
    return openS3Object(this.#client, this.name, key, options);
  }

  async *list(options: ListOptions): AsyncGenerator<readonly ListedObject[]> {
    let token: string | undefined;
    do {
      const page = await this.#page(options, token);
      yield page.objects;
      token = page.next;
    } while (token !== undefined);
  }

  upload(key: string): Upload {
    return new S3Upload(this.#client, this.name, key);
  }

  /** At most 1,000 objects, S3's own bound. */
  async #page(
    { prefix, expectedOwner, signal }: ListOptions,
    token: string | undefined,
  ): Promise<{ readonly objects: readonly ListedObject[]; readonly next: string | undefined }> {
    try {
      const { Contents = [], NextContinuationToken } = await this.#client.send(
        new ListObjectsV2Command({
          Bucket: this.name,
          Prefix: prefix,
          ExpectedBucketOwner: expectedOwner,
          ContinuationToken: token,
        }),
        { abortSignal: signal },
      );
      const objects = Contents.map((object) => ({
        key: object.Key ?? "",
        size: object.Size ?? 0,
        etag: object.ETag ?? "",
        lastModified: object.LastModified?.getTime() ?? 0,
        storageClass: object.StorageClass ?? "STANDARD",
      }));
      return { objects, next: NextContinuationToken };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw s3Failure(error);
    }
  }
}
