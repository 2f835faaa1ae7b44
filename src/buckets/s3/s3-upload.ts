/** An object of S3 that is being written, in parts if it is big. */
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { BucketError, type Upload } from "../bucket.ts";
import { s3Failure } from "./s3-failure.ts";

/** S3 takes parts of 5 MiB and more, up to 10,000 of them. */
const PART_BYTES = 8 * 1024 * 1024;

/** Holds one part in memory. An object of less than a part is sent at once. */
export class S3Upload implements Upload {
  readonly #client: S3Client;
  readonly #object: { readonly Bucket: string; readonly Key: string };
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #uploadId: string | undefined;
  readonly #etags: (string | undefined)[] = [];

  constructor(client: S3Client, bucket: string, key: string) {
    this.#client = client;
    this.#object = { Bucket: bucket, Key: key };
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= PART_BYTES) await this.#sendPart();
  }

  async finish(): Promise<void> {
    try {
      if (this.#uploadId === undefined) {
        await this.#client.send(new PutObjectCommand({ ...this.#object, Body: this.#take() }));
        return;
      }
      if (this.#pendingBytes > 0) await this.#sendPart();
      await this.#client.send(
        new CompleteMultipartUploadCommand({
          ...this.#object,
          UploadId: this.#uploadId,
          MultipartUpload: {
            Parts: this.#etags.map((ETag, index) => ({ ETag, PartNumber: index + 1 })),
          },
        }),
      );
      this.#uploadId = undefined;
    } catch (error) {
      throw s3Failure(error);
    }
  }

  async abort(): Promise<void> {
    this.#take();
    if (this.#uploadId === undefined) return;
    const abort = { ...this.#object, UploadId: this.#uploadId };
    this.#uploadId = undefined;
    // Best effort: S3 may be out of reach, which can be why it is given up.
    await this.#client.send(new AbortMultipartUploadCommand(abort)).catch(() => {});
  }

  async #sendPart(): Promise<void> {
    try {
      this.#uploadId ??= await this.#begin();
      const { ETag } = await this.#client.send(
        new UploadPartCommand({
          ...this.#object,
          UploadId: this.#uploadId,
          PartNumber: this.#etags.length + 1,
          Body: this.#take(),
        }),
      );
      this.#etags.push(ETag);
    } catch (error) {
      throw s3Failure(error);
    }
  }

  async #begin(): Promise<string> {
    const { UploadId } = await this.#client.send(new CreateMultipartUploadCommand(this.#object));
    if (UploadId === undefined) throw new BucketError("Invalid", "S3 gave no id for the upload");
    return UploadId;
  }

  #take(): Uint8Array {
    const bytes = Buffer.concat(this.#pending, this.#pendingBytes);
    this.#pending = [];
    this.#pendingBytes = 0;
    return bytes;
  }
}
