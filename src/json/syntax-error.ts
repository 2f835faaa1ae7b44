/** Faults in JSON text, with the words and places of the parser that AWS uses (Jackson). */

/** How much of a text is quoted with a place. */
const QUOTED = 500;

/** Why and where a text is not JSON. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
  /** Index of the character at fault, in UTF-16 units. */
  readonly offset: number;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1: where the parser stood, behind the character or word at fault. */
  readonly column: number;

  /** `end` is where the parser stood, if not just behind the character at `offset`. */
  constructor(message: string, text: string, offset: number, end = offset + 1) {
    super(message);
    this.offset = offset;
    const place = placeOf(text, end);
    this.line = place.line;
    this.column = place.column;
  }
}

/** A place as AWS writes it: `[Source: (String)"not a definition"; line: 1, column: 4]`. */
export function sourceLocation(text: string, place: { line: number; column: number }): string {
  const rest = text.length - QUOTED;
  const quoted = rest > 0 ? `"${text.slice(0, QUOTED)}"[truncated ${rest} chars]` : `"${text}"`;
  return `[Source: (String)${quoted}; line: ${place.line}, column: ${place.column}]`;
}

/** Line and column, counted from 1, of an index into the text. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const end = Math.min(offset, text.length);
  let line = 1;
  let start = 0;
  for (let index = 0; index < end; index += 1) {
    const code = text.charCodeAt(index);
    // "\r\n" is one line break.
    if (code === 0x0d && text.charCodeAt(index + 1) !== 0x0a) {
      line += 1;
      start = index + 1;
    } else if (code === 0x0a) {
      line += 1;
      start = index + 1;
    }
  }
  return { line, column: end - start + 1 };
}

/** A character as the parser names it: `'x' (code 120)`. */
export function describeCharacter(code: number): string {
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return `(CTRL-CHAR, code ${code})`;
  const hex = code > 0xff ? ` / 0x${code.toString(16)}` : "";
  return `'${String.fromCharCode(code)}' (code ${code}${hex})`;
}
