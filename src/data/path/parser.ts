/** Text to the parts of a path, by the rules of the JSONPath library that AWS uses (Jayway). */
import { Cursor } from "./cursor.ts";
import { FilterParser } from "./filter-parser.ts";
import { isFunction } from "./functions.ts";
import type { Operand, Root, Route, Step } from "./syntax.ts";

/** Longer paths are refused. */
const MAX_LENGTH = 4096;
/** More steps are refused; this and the depth bound the recursion of the evaluation. */
const MAX_STEPS = 256;
/** Paths in filters may be nested this deep. */
const MAX_DEPTH = 20;
/** Names of variables have at most this many characters. */
const MAX_VARIABLE = 80;

const VARIABLE = /[\p{ID_Start}_]\p{ID_Continue}*/uy;
const NAME = /[^.[\]()'"\s]+/uy;
// Inside a filter a name also ends where an operator may stand.
const NAME_IN_FILTER = /[^.[\]()'"\s=<>!~&|,]+/uy;
const INTEGER = /-?\d+/uy;

/** Parses a whole path. Throws `PathSyntaxError`. */
export function parseRoute(text: string): Route {
  const cursor = new Cursor(text);
  if (text.length > MAX_LENGTH) throw cursor.fault(`longer than ${MAX_LENGTH} characters`);
  const root = parseRoot(cursor);
  const steps = parseSteps(cursor, NAME);
  if (!cursor.atEnd) throw cursor.fault(`unexpected '${cursor.next}'`);
  return { root, steps };
}

/** Parses a path inside a filter or among a function's operands; it ends where it can not go on. */
function parseInnerRoute(cursor: Cursor): Route {
  const root: Root = cursor.next === "@" ? { type: "Item" } : { type: "Input" };
  cursor.index += 1;
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) throw cursor.fault("nested too deeply");
  const steps = parseSteps(cursor, NAME_IN_FILTER);
  cursor.depth -= 1;
  return { root, steps };
}

function parseRoot(cursor: Cursor): Root {
  cursor.expect("$");
  if (cursor.accept("$")) return { type: "Context" };
  const name = cursor.match(VARIABLE);
  if (name === "") return { type: "Input" };
  if (name.length > MAX_VARIABLE) throw cursor.fault(`variable longer than ${MAX_VARIABLE}`);
  return { type: "Variable", name };
}

function parseSteps(cursor: Cursor, name: RegExp): Step[] {
  const steps: Step[] = [];
  for (;;) {
    if (steps.length > MAX_STEPS) throw cursor.fault(`more than ${MAX_STEPS} steps`);
    if (steps.at(-1)?.type === "Function") return steps;
    if (cursor.accept("..")) {
      steps.push({ type: "Scan", step: parseStep(cursor, name) });
    } else if (cursor.next === "[") {
      steps.push(parseBrackets(cursor));
    } else if (cursor.accept(".")) {
      steps.push(parseStep(cursor, name));
    } else {
      return steps;
    }
  }
}

/** What follows a dot. */
function parseStep(cursor: Cursor, name: RegExp): Step {
  if (cursor.next === "[") return parseBrackets(cursor);
  const text = cursor.match(name);
  if (text === "") throw cursor.fault("expected a name");
  if (cursor.next !== "(") return text === "*" ? { type: "Wildcard" } : members([text]);
  if (!isFunction(text)) throw cursor.fault(`unknown function '${text}'`);
  return { type: "Function", name: text, operands: parseOperands(cursor) };
}

function parseOperands(cursor: Cursor): Operand[] {
  const operands: Operand[] = [];
  cursor.expect("(");
  cursor.blanks();
  if (cursor.accept(")")) return operands;
  for (;;) {
    operands.push(filterParser(cursor).operand());
    cursor.blanks();
    if (cursor.accept(")")) return operands;
    cursor.expect(",");
    cursor.blanks();
  }
}

function parseBrackets(cursor: Cursor): Step {
  cursor.expect("[");
  cursor.blanks();
  const step = parseBracketed(cursor);
  cursor.blanks();
  cursor.expect("]");
  return step;
}

function parseBracketed(cursor: Cursor): Step {
  if (cursor.next === "'" || cursor.next === '"') return members(parseNames(cursor));
  if (cursor.accept("*")) return { type: "Wildcard" };
  if (cursor.next === "?") return { type: "Filter", test: filterParser(cursor).filter() };
  return parseIndexes(cursor);
}

function parseNames(cursor: Cursor): string[] {
  const names: string[] = [];
  do {
    cursor.blanks();
    if (cursor.next !== "'" && cursor.next !== '"') throw cursor.fault("expected a quoted name");
    names.push(cursor.quoted());
    cursor.blanks();
  } while (cursor.accept(","));
  return names;
}

/** Indexes or a slice. */
function parseIndexes(cursor: Cursor): Step {
  const from = parseInteger(cursor);
  cursor.blanks();
  if (cursor.accept(":")) {
    cursor.blanks();
    const to = parseInteger(cursor);
    if (from === undefined && to === undefined) throw cursor.fault("expected an index");
    return { type: "Slice", from, to };
  }
  if (from === undefined) throw cursor.fault("expected a name, an index, '*' or '?'");
  const indexes = [from];
  while (cursor.accept(",")) {
    cursor.blanks();
    const index = parseInteger(cursor);
    if (index === undefined) throw cursor.fault("expected an index");
    indexes.push(index);
    cursor.blanks();
  }
  return { type: "Indexes", indexes };
}

function parseInteger(cursor: Cursor): number | undefined {
  const digits = cursor.match(INTEGER);
  if (digits === "") return undefined;
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) throw cursor.fault("index out of range");
  return value;
}

function members(names: readonly string[]): Step {
  return { type: "Members", names };
}

function filterParser(cursor: Cursor): FilterParser {
  return new FilterParser(cursor, parseInnerRoute);
}
