/** Bounds on the body of an answer, whoever sends it. */
import type { IncomingMessage } from "node:http";
import { Transform } from "node:stream";

/** Lambda's own quota is 6 MB, far above that of a state's output; who sends more is cut off. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** A service that sends nothing for so long in the middle of its answer is taken for gone. */
const IDLE_TIMEOUT_MS = 60_000;

/** The answer is longer than any state's output may be. */
export class AnswerTooLong extends Error {
  override readonly name = "AnswerTooLong";
}

/** The body, ended with an error when it is too long or goes no further. */
export function boundedBody(body: IncomingMessage): Transform {
  let seen = 0;
  const idle = setTimeout(() => {
    limit.destroy(new Error(`nothing came for ${IDLE_TIMEOUT_MS / 1000} seconds`));
  }, IDLE_TIMEOUT_MS).unref();
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      idle.refresh();
      if (seen > MAX_BODY_BYTES)
        done(new AnswerTooLong(`the answer exceeds ${MAX_BODY_BYTES} bytes`));
      else done(null, chunk);
    },
  });
  limit.once("error", () => body.destroy());
  limit.once("close", () => clearTimeout(idle));
  body.once("error", (error) => limit.destroy(error));
  return body.pipe(limit);
}
