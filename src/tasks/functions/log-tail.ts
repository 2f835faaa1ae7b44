/** The end of one invocation's log, for Invoke's LogType `Tail`. */

/** As on AWS. */
const MAX_BYTES = 4 * 1024;

export class LogTail {
  #text: string;

  constructor(requestId: string) {
    this.#text = `START RequestId: ${requestId} Version: $LATEST\n`;
  }

  line(line: string): void {
    // A character has at least one byte, so this much is always enough.
    this.#text = `${this.#text}${line}\n`.slice(-MAX_BYTES);
  }

  /** Adds Lambda's closing lines. @returns Base64 of the last 4 KB. */
  finish(requestId: string, durationMs: number, memory: number): string {
    this.line(`END RequestId: ${requestId}`);
    this.line(
      `REPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(durationMs)} ms\tMemory Size: ${memory} MB\tMax Memory Used: ${memory} MB\t`,
    );
    return Buffer.from(this.#text).subarray(-MAX_BYTES).toString("base64");
  }
}
