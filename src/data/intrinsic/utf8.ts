/** Text to UTF-8 and back, without the platform. */

const REPLACEMENT = 0xfffd;

/** The bytes of the text; a lone surrogate becomes the replacement character. */
export function encodeUtf8(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const point = char.codePointAt(0)!;
    const code = point >= 0xd800 && point <= 0xdfff ? REPLACEMENT : point;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return bytes;
}

function tail(bits: number): number {
  return 0x80 | (bits & 0x3f);
}

/** The text of the bytes; what is not UTF-8 becomes replacement characters. */
export function decodeUtf8(bytes: readonly number[]): string {
  let text = "";
  let index = 0;
  while (index < bytes.length) {
    const { code, length } = decodeAt(bytes, index);
    text += String.fromCodePoint(code);
    index += length;
  }
  return text;
}

function decodeAt(bytes: readonly number[], index: number): { code: number; length: number } {
  const first = bytes[index]!;
  if (first < 0x80) return { code: first, length: 1 };
  const tails = tailsAfter(first);
  // The second byte's range keeps out overlong forms, surrogates and what is beyond Unicode.
  let code = first & (0x3f >> tails);
  let [low, high] = secondByte(first);
  for (let offset = 1; offset <= tails; offset += 1) {
    const byte = bytes[index + offset] ?? 0;
    if (byte < low || byte > high) return { code: REPLACEMENT, length: offset };
    code = (code << 6) | (byte & 0x3f);
    [low, high] = [0x80, 0xbf];
  }
  return tails === 0 ? { code: REPLACEMENT, length: 1 } : { code, length: tails + 1 };
}

/** How many bytes follow this first one; 0 if none can. */
function tailsAfter(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 1;
  if (first >= 0xe0 && first <= 0xef) return 2;
  return first >= 0xf0 && first <= 0xf4 ? 3 : 0;
}

function secondByte(first: number): [number, number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  return first === 0xf4 ? [0x80, 0x8f] : [0x80, 0xbf];
}
