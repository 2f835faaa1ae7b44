/** Task tokens: say which attempt of which execution they are for, and that this server made them. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { TaskId } from "../interpreter/signal.ts";

/** What a token names. */
export interface TokenSubject {
  readonly executionId: number;
  /**
   * Epoch milliseconds. After a restored backup ids are given out again: this keeps a token of the
   * lost future from fitting another execution.
   */
  readonly startedAt: number;
  readonly task: TaskId;
}

const FORMAT = 1;
const SIGNATURE_BYTES = 32;
/** AWS allows 2,048; ours have about 70. */
const LONGEST_TOKEN = 1_024;

export class Tokens {
  readonly #key: Buffer;

  /** `secret`: at least 16 random bytes, the same over restarts. */
  constructor(secret: Uint8Array) {
    // A key of its own, so that nothing else signed with the secret can pass for a token.
    this.#key = createHmac("sha256", secret).update("task tokens").digest();
  }

  /** The same for the same subject. */
  make(subject: TokenSubject): string {
    const bytes: number[] = [FORMAT];
    writeNumber(bytes, subject.executionId);
    writeNumber(bytes, subject.startedAt);
    writeNumber(bytes, subject.task.frame);
    writeNumber(bytes, subject.task.scheduledEventId);
    const content = Buffer.from(bytes);
    return Buffer.concat([content, this.#sign(content)]).toString("base64url");
  }

  /** Undefined: malformed, or not made with this secret. */
  read(token: string): TokenSubject | undefined {
    if (token.length > LONGEST_TOKEN || !/^[\w-]+$/u.test(token)) return undefined;
    const bytes = Buffer.from(token, "base64url");
    // Base64 has several spellings for some bytes; only ours counts.
    if (bytes.toString("base64url") !== token || bytes.length <= SIGNATURE_BYTES) return undefined;
    const content = bytes.subarray(0, -SIGNATURE_BYTES);
    if (!timingSafeEqual(bytes.subarray(-SIGNATURE_BYTES), this.#sign(content))) return undefined;
    if (content[0] !== FORMAT) return undefined;
    const cursor = { position: 1 };
    const executionId = readNumber(content, cursor);
    const startedAt = readNumber(content, cursor);
    const frame = readNumber(content, cursor);
    const scheduledEventId = readNumber(content, cursor);
    return { executionId, startedAt, task: { frame, scheduledEventId } };
  }

  #sign(content: Uint8Array): Buffer {
    return createHmac("sha256", this.#key).update(content).digest();
  }
}

/** Seven bits a byte, lowest first; the eighth says that more follow. */
function writeNumber(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function readNumber(bytes: Uint8Array, cursor: { position: number }): number {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[cursor.position++] ?? 0;
    value += (byte % 128) * factor;
    if (byte < 128) return value;
  }
}
