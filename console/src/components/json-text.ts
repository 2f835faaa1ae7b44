/** JSON texts made readable. */
import { parseSource } from "../../../src/json/parse.ts";
import { stringify } from "../../../src/json/stringify.ts";

/** Longer texts are shown as they are: laying them out would stall the page. */
const MAX_LENGTH = 2_000_000;

/** Indented; a text that is no JSON stays as it is. Number literals stay as they are written. */
export function prettyJson(text: string): string {
  if (text.length > MAX_LENGTH || !parseSource(text).ok) return text;
  return indent(text);
}

/** Moves tokens to lines of their own; what is between quotes is not touched. */
function indent(text: string): string {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/gsu) ?? [];
  let depth = 0;
  let line = "";
  const newLine = (): string => `\n${"  ".repeat(depth)}`;
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1];
    if (token === "}" || token === "]") {
      depth -= 1;
      if (previous !== "{" && previous !== "[") line += newLine();
    } else if (previous === "{" || previous === "[" || previous === ",") {
      line += newLine();
    }
    line += token === ":" ? ": " : token;
    if (token === "{" || token === "[") depth += 1;
  }
  return line;
}

/** A text that stands on one line is laid out for people; others are left as somebody wrote them. */
export function readableJson(text: string): string {
  return text.trim().includes("\n") ? text : prettyJson(text);
}

/** What is wrong with a text as JSON; undefined: nothing. */
export function jsonProblem(
  text: string,
): { readonly message: string; readonly offset: number } | undefined {
  const parsed = parseSource(text);
  if (parsed.ok) return undefined;
  return { message: parsed.message.split("\n")[0] ?? "", offset: parsed.error.offset };
}

/** A value as indented JSON text. */
export function prettyValue(value: Parameters<typeof stringify>[0]): string {
  return indent(stringify(value));
}
