/** An object of S3, opened for reading. */
import { setTimeout as pause } from "node:timers/promises";
import { type S3Client, GetObjectCommand } from "@aws-sdk/client-s3";
import { BucketError, type BucketObject, type OpenOptions } from "../bucket.ts";
import { s3Failure } from "./s3-failure.ts";

/** How often in a row a broken download is taken up again without having brought a byte. */
const MAX_FRUITLESS_TRIES = 4;
const FIRST_PAUSE_MS = 200;
/** A server that sends nothing for so long is taken for gone. */
const IDLE_TIMEOUT_MS = 30_000;

interface Opened {
  readonly body: Body;
  readonly size: number;
  readonly etag: string;
}

/** What the SDK gives for a body in Node.js. */
type Body = AsyncIterable<Uint8Array> & NodeJS.EventEmitter & { destroy(): void };

/** Sends the request for the whole object, which tells whether it is there. Throws BucketError. */
export async function openS3Object(
  client: S3Client,
  bucket: string,
  key: string,
  options: OpenOptions,
): Promise<BucketObject> {
  const get = (range?: string, etag?: string): Promise<Opened> =>
    getObject(client, { bucket, key, range, etag, ...options });
  return new S3Object(await get(), get, options.signal);
}

class S3Object implements BucketObject {
  readonly size: number;
  readonly version: string;
  readonly #get: (range?: string, etag?: string) => Promise<Opened>;
  readonly #signal: AbortSignal;
  /** What is being downloaded. */
  #body: Body | undefined;

  constructor(
    first: Opened,
    get: (range?: string, etag?: string) => Promise<Opened>,
    signal: AbortSignal,
  ) {
    this.size = first.size;
    this.version = first.etag;
    this.#body = first.body;
    this.#get = get;
    this.#signal = signal;
  }

  async *bytes(): AsyncIterable<Uint8Array> {
    let offset = 0;
    let tries = 0;
    while (offset < this.size) {
      try {
        this.#body ??= await this.#open(offset);
        for await (const chunk of withIdleTimeout(this.#body)) {
          offset += chunk.length;
          tries = 0;
          yield chunk;
        }
        if (offset < this.size) throw new BucketError("Unavailable", "the download broke off");
      } catch (error) {
        tries += 1;
        const failure = this.#signal.aborted ? undefined : s3Failure(error);
        if (failure?.kind !== "Unavailable" || tries > MAX_FRUITLESS_TRIES) {
          throw failure ?? this.#signal.reason;
        }
        await pause(FIRST_PAUSE_MS * 2 ** (tries - 1), undefined, { signal: this.#signal });
      } finally {
        this.close();
      }
    }
  }

  async slice(start: number, end: number): Promise<Uint8Array> {
    if (start === end) return new Uint8Array(0);
    let tries = 0;
    for (;;) {
      try {
        return await this.#slice(start, end);
      } catch (error) {
        tries += 1;
        const failure = this.#signal.aborted ? undefined : s3Failure(error);
        if (failure?.kind !== "Unavailable" || tries > MAX_FRUITLESS_TRIES) {
          throw failure ?? this.#signal.reason;
        }
        await pause(FIRST_PAUSE_MS * 2 ** (tries - 1), undefined, { signal: this.#signal });
      } finally {
        this.close();
      }
    }
  }

  async #slice(start: number, end: number): Promise<Uint8Array> {
    this.close();
    const { body } = await this.#get(`bytes=${start}-${end - 1}`, this.version);
    this.#body = body;
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of withIdleTimeout(body)) {
      length += chunk.length;
      // A server that knows no ranges sends everything.
      if (length > end - start) break;
      chunks.push(chunk);
    }
    if (length === end - start) return Buffer.concat(chunks, length);
    throw length > end - start
      ? noParts()
      : new BucketError("Unavailable", "the download broke off");
  }

  close(): void {
    this.#body?.destroy();
    this.#body = undefined;
  }

  async #open(offset: number): Promise<Body> {
    const { body, size } = await this.#get(`bytes=${offset}-`, this.version);
    if (size === this.size - offset) return body;
    // A server that knows no ranges sends everything.
    body.destroy();
    throw noParts();
  }
}

function noParts(): BucketError {
  return new BucketError("Invalid", "the server does not give parts of objects");
}

async function getObject(
  client: S3Client,
  request: OpenOptions & {
    readonly bucket: string;
    readonly key: string;
    readonly range: string | undefined;
    readonly etag: string | undefined;
  },
): Promise<Opened> {
  try {
    const answer = await client.send(
      new GetObjectCommand({
        Bucket: request.bucket,
        Key: request.key,
        VersionId: request.versionId,
        ExpectedBucketOwner: request.expectedOwner,
        Range: request.range,
        IfMatch: request.etag,
      }),
      { abortSignal: request.signal },
    );
    const body = answer.Body as unknown as Body;
    // It may break while nobody reads; who reads hears of it all the same.
    body.on("error", () => {});
    if (answer.ContentLength === undefined) {
      body.destroy();
      throw new BucketError("Invalid", "the answer does not tell the object's size");
    }
    if (request.etag !== undefined && answer.ETag !== request.etag) {
      // A work-alike that does not look at If-Match.
      body.destroy();
      throw new BucketError("Changed", "the object was changed while it was read");
    }
    return { body, size: answer.ContentLength, etag: answer.ETag ?? "" };
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason;
    throw s3Failure(error);
  }
}

/** Ends with BucketError when the next chunk does not come; the time of who reads does not count. */
async function* withIdleTimeout(body: Body): AsyncGenerator<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new BucketError("Unavailable", `nothing came for ${IDLE_TIMEOUT_MS / 1000} s`));
        }, IDLE_TIMEOUT_MS);
      });
      let next: IteratorResult<Uint8Array>;
      try {
        next = await Promise.race([iterator.next(), late]);
      } finally {
        clearTimeout(timer);
      }
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    body.destroy();
  }
}
