/** Lines of text appended to the files of a folder, or written to standard output. */
import { createHash } from "node:crypto";
import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ALL_SENT } from "./delivery-queue.ts";
import type { Sender, Sent } from "./delivery-queue.ts";

export interface Line {
  /** What the file is named after, such as a log group. */
  readonly file: string;
  /** Without a line break. */
  readonly text: string;
}

/** Of a file's name without its suffix; file systems take 255 bytes. */
const MAX_NAME_LENGTH = 200;

/**
 * Appends to one file per `file` of the lines. A file is opened for each batch, so it can be moved
 * away at any time.
 */
export function fileSender(name: string, folder: string): Sender<Line> {
  return {
    name: `${name} to ${folder}`,
    send: (lines) => appendLines(folder, lines),
    close: () => {},
  };
}

/** Writes all lines to `output`, which is standard output; waits while its reader is slow. */
export function outputSender(name: string, output: NodeJS.WritableStream): Sender<Line> {
  // Its reader may go away; that must not end the server.
  output.on("error", () => {});
  return {
    name: `${name} to standard output`,
    send: (lines) =>
      new Promise((resolve, reject) => {
        const text = lines.map((line) => `${line.text}\n`).join("");
        output.write(text, (error) => (error ? reject(error) : resolve(ALL_SENT)));
      }),
    close: () => {},
  };
}

async function appendLines(folder: string, lines: readonly Line[]): Promise<Sent<Line>> {
  const texts = new Map<string, { text: string; lines: number }>();
  for (const { file, text } of lines) {
    const entry = texts.get(file) ?? { text: "", lines: 0 };
    texts.set(file, entry);
    entry.text += `${text}\n`;
    entry.lines++;
  }
  await mkdir(folder, { recursive: true });
  let lost = 0;
  let reason: string | undefined;
  for (const [file, entry] of texts) {
    try {
      await appendFile(join(folder, fileName(file)), entry.text);
    } catch (error) {
      // Not tried again: a part of it may be in the file.
      lost += entry.lines;
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  return { again: [], lost, reason };
}

/**
 * `/aws/vendedlogs/orders` becomes `~aws~vendedlogs~orders.jsonl`: log groups' names have no tilde,
 * and what a file's name should not have is written as %XX.
 */
export function fileName(name: string): string {
  const safe = encodeURIComponent(Buffer.from(name).toString())
    .replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%2F", "~")
    .replaceAll("%23", "#");
  if (safe.length <= MAX_NAME_LENGTH) return `${safe}.jsonl`;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 16);
  return `${safe.slice(0, MAX_NAME_LENGTH - 17)}-${digest}.jsonl`;
}
