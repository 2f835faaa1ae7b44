/** The patterns of `StringMatches`: `*` stands for any text, a backslash makes it literal. */

/**
 * Whether the whole text matches. Every piece between two stars is looked for once, at its first
 * place, so no pattern makes it go back.
 */
export function matchesGlob(text: string, pattern: string): boolean {
  const pieces = piecesOf(pattern);
  const first = pieces[0]!;
  if (pieces.length === 1) return text === first;
  const last = pieces.at(-1)!;
  if (text.length < first.length + last.length) return false;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, from);
    if (found < 0 || found + piece.length > end) return false;
    from = found + piece.length;
  }
  return true;
}

/** The literal texts between the stars of the pattern. */
function piecesOf(pattern: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (let index = 0; index < pattern.length; index += 1) {
    const char = pattern[index]!;
    const next = pattern[index + 1];
    if (char === "*") {
      pieces.push(piece);
      piece = "";
    } else if (char === "\\" && (next === "*" || next === "\\")) {
      piece += next;
      index += 1;
    } else {
      piece += char;
    }
  }
  pieces.push(piece);
  return pieces;
}
