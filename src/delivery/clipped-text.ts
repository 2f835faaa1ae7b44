/** Texts that must fit into a JSON document of bounded size. */

/** A UTF-16 unit takes at most so many bytes in JSON: `\u0000`. */
const MAX_BYTES_PER_UNIT = 6;

/** The longest beginning of `text` that takes at most `maxBytes` as a JSON string without quotes. */
export function clipped(text: string, maxBytes: number): string {
  if (text.length * MAX_BYTES_PER_UNIT <= maxBytes) return text;
  if (jsonBytes(text) <= maxBytes) return text;
  // The size grows with the length: half the distance until it fits exactly.
  let fits = 0;
  let tooLong = Math.min(text.length, maxBytes + 1);
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (jsonBytes(text.slice(0, middle)) <= maxBytes) fits = middle;
    else tooLong = middle;
  }
  // Not between the halves of a character.
  const last = text.charCodeAt(fits - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? fits - 1 : fits);
}

function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}
