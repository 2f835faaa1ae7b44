/** States.Format and States.StringSplit. */
import type { Json, JsonArray } from "../../json/json.ts";
import { stringifyCompact } from "../../json/stringify.ts";
import { IntrinsicError, InvalidArguments, stringArgument } from "./arguments.ts";

const HOLE = Symbol("hole");

/** States.Format(template, ...values): each `{}` is replaced by a value; `\{` is a plain brace. */
export function format([template, ...values]: JsonArray): Json {
  const parts = partsOf(stringArgument(template));
  if (parts.filter((part) => part === HOLE).length !== values.length) {
    throw new InvalidArguments(": number of arguments do not match the occurrences of {}.");
  }
  let next = 0;
  return parts
    .map((part) => {
      if (part !== HOLE) return part;
      const value = values[next]!;
      next += 1;
      return typeof value === "string" ? value : stringifyCompact(value);
    })
    .join("");
}

/** Texts and holes of a template, in order. */
function partsOf(template: string): (string | typeof HOLE)[] {
  const parts: (string | typeof HOLE)[] = [];
  let text = "";
  for (let index = 0; index < template.length; index += 1) {
    const char = template[index]!;
    const next = template[index + 1];
    if (char === "\\" && next !== undefined && "'{}\\".includes(next)) {
      text += next;
      index += 1;
    } else if (char === "{" && next === "}") {
      parts.push(text, HOLE);
      text = "";
      index += 1;
    } else if (char === "{" || char === "}") {
      throw new IntrinsicError(
        `Invalid template in States.Format: matching '${char === "{" ? "}" : "{"}' not found for '${char}'.`,
      );
    } else {
      text += char;
    }
  }
  parts.push(text);
  return parts;
}

/** States.StringSplit(text, delimiters): every character splits; empty pieces are left out. */
export function stringSplit([text, delimiters]: JsonArray): Json {
  const splitters = new Set(stringArgument(delimiters));
  const pieces: string[] = [];
  let piece = "";
  for (const char of stringArgument(text)) {
    if (!splitters.has(char)) {
      piece += char;
    } else if (piece !== "") {
      pieces.push(piece);
      piece = "";
    }
  }
  if (piece !== "") pieces.push(piece);
  return pieces;
}
