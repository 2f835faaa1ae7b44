/** Text to calls of intrinsic functions: `States.Format('{} of {}', $.name, States.UUID())`. */
import type { Json } from "../../json/json.ts";
import { numberFromLiteral } from "../../json/number.ts";
import { compilePath, type Path } from "../path.ts";
import { Cursor } from "../path/cursor.ts";
import { PathSyntaxError } from "../path/syntax-error.ts";
import { isIntrinsic } from "./functions.ts";

/** Calls may be nested this deep. */
const MAX_DEPTH = 10;

export type Argument =
  | { readonly type: "Literal"; readonly value: Json }
  | { readonly type: "Path"; readonly path: Path }
  | { readonly type: "Call"; readonly call: Call };

export interface Call {
  readonly name: string;
  readonly arguments: readonly Argument[];
}

const FUNCTION_NAME = /States\.[A-Za-z0-9]+/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/uy;
const WORD = /[a-z]+/uy;
const CONSTANTS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ["null", null],
  ["true", true],
  ["false", false],
]);

/** Parses a whole expression. A problem tells people what is wrong with it and where. */
export function parseCall(text: string): Call | { readonly problem: string } {
  const cursor = new Cursor(text);
  try {
    cursor.blanks();
    const call = readCall(cursor, 1);
    cursor.blanks();
    if (!cursor.atEnd) throw cursor.fault(`unexpected '${cursor.next}'`);
    return call;
  } catch (error) {
    if (error instanceof PathSyntaxError) return { problem: error.message };
    throw error;
  }
}

function readCall(cursor: Cursor, depth: number): Call {
  const name = cursor.match(FUNCTION_NAME);
  if (!isIntrinsic(name)) throw cursor.fault(`unknown intrinsic function '${name}'`);
  if (depth > MAX_DEPTH) throw cursor.fault(`more than ${MAX_DEPTH} nested calls`);
  cursor.blanks();
  cursor.expect("(");
  cursor.blanks();
  const values: Argument[] = [];
  if (cursor.accept(")")) return { name, arguments: values };
  for (;;) {
    // Only States.Format looks at braces, so its template keeps its escapes.
    const isTemplate = name === "States.Format" && values.length === 0;
    values.push(readArgument(cursor, depth, isTemplate));
    cursor.blanks();
    if (cursor.accept(")")) return { name, arguments: values };
    cursor.expect(",");
    cursor.blanks();
  }
}

function readArgument(cursor: Cursor, depth: number, isTemplate: boolean): Argument {
  if (cursor.next === "'") return { type: "Literal", value: readString(cursor, isTemplate) };
  if (cursor.next === "$") return { type: "Path", path: readPath(cursor) };
  if (cursor.startsWith("States.")) return { type: "Call", call: readCall(cursor, depth + 1) };
  const number = cursor.match(NUMBER);
  if (number !== "") return { type: "Literal", value: numberFromLiteral(number) };
  const constant = CONSTANTS.get(cursor.match(WORD));
  if (constant === undefined) throw cursor.fault("expected an argument");
  return { type: "Literal", value: constant };
}

/** A string in single quotes; only quotes, braces and backslashes can be escaped. */
function readString(cursor: Cursor, keepEscapes: boolean): string {
  cursor.expect("'");
  let value = "";
  while (!cursor.accept("'")) {
    if (cursor.atEnd) throw cursor.fault("missing '");
    if (cursor.accept("\\")) {
      if (!"'{}\\".includes(cursor.next) || cursor.atEnd) throw cursor.fault("invalid escape");
      if (keepEscapes) value += "\\";
    }
    value += cursor.next;
    cursor.index += 1;
  }
  return value;
}

/** A path reaches up to the comma or parenthesis that is not inside of its brackets. */
function readPath(cursor: Cursor): Path {
  const start = cursor.index;
  let open = 0;
  while (!cursor.atEnd) {
    const { next } = cursor;
    if (open > 0 && (next === "'" || next === '"')) {
      cursor.quoted();
      continue;
    }
    if (open === 0 && (next === "," || next === ")")) break;
    if (next === "[" || next === "(") open += 1;
    if (next === "]" || next === ")") open -= 1;
    cursor.index += 1;
  }
  const path = compilePath(cursor.text.slice(start, cursor.index).trimEnd());
  if ("problem" in path) throw cursor.fault(path.problem);
  return path;
}
