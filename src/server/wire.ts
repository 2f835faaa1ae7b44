/** AWS JSON 1.0: from bytes to an operation's input, from its answer to bytes. */
import { isUtf8 } from "node:buffer";
import { ApiError, errors } from "../api/errors.ts";

/** AWS's bound of a request is 1 MB; the rest is for the escapes of a long definition. */
export const MAX_BODY_BYTES = 1024 * 1024 + 64 * 1024;
const MAX_DEPTH = 500;

const TARGET_PREFIX = "AWSStepFunctions.";
/** Of operations that AWS does not have; part of their names. */
const OWN_PREFIX = "Stepwell.";

/** The operation an X-Amz-Target header names. Throws UnknownOperationException. */
export function readTarget(target: string | undefined): string {
  if (target?.startsWith(OWN_PREFIX) === true) return target;
  if (target?.startsWith(TARGET_PREFIX) !== true) throw errors.unknownOperation("");
  return target.slice(TARGET_PREFIX.length);
}

/** The JSON value of a body; an empty one counts as `{}`. Throws SerializationException. */
export function readBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  if (!isUtf8(body)) throw errors.serialization("The request body must be UTF-8");
  const text = body.toString("utf8");
  if (isTooDeep(text)) {
    throw errors.serialization(`The request body must not be nested deeper than ${MAX_DEPTH}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw errors.serialization("The request body is not JSON");
  }
  // Only an escape can make a lone surrogate out of valid UTF-8.
  if (/\\u[dD][89a-fA-F]/.test(text) && hasLoneSurrogate(value)) {
    throw errors.serialization("The request body has half of a surrogate pair in a text");
  }
  return value;
}

/** Counts brackets outside of texts; short bodies cannot be deep and are not looked at. */
function isTooDeep(text: string): boolean {
  if (text.length <= 2 * MAX_DEPTH) return false;
  let depth = 0;
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inText) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inText = false;
    } else if (code === 0x22) {
      inText = true;
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
    }
  }
  return false;
}

function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === "string") return /\p{Surrogate}/u.test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([key, member]) => hasLoneSurrogate(key) || hasLoneSurrogate(member),
  );
}

/** The body of an error: `__type`, `message` and further members. */
export function errorBody(error: Pick<ApiError, "name" | "message" | "extra">): string {
  return JSON.stringify({ __type: error.name, message: error.message, ...error.extra });
}
