/** Text to the condition of a filter, `[?(@.price < 10 && @.tag in ['a','b'])]`. */
import type { Json } from "../../json/json.ts";
import { objectOf } from "../../json/kind.ts";
import { numberFromLiteral } from "../../json/number.ts";
import type { Cursor } from "./cursor.ts";
import { compilePattern, type Pattern } from "./pattern.ts";
import type { Condition, Operand, Operator, Route } from "./syntax.ts";

/** Conditions and literals may be nested this deep. */
const MAX_DEPTH = 100;

/** The longer of two that begin alike comes first. */
const SIGNS: readonly Operator[] = ["===", "!==", "==", "!=", "<=", ">=", "=~", "<", ">"];
const WORDS: readonly Operator[] = [
  "IN",
  "NIN",
  "CONTAINS",
  "ALL",
  "SIZE",
  "EMPTY",
  "SUBSETOF",
  "ANYOF",
  "NONEOF",
  "TYPE",
];
const WORD = /[A-Za-z]+/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/uy;
const CONSTANTS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ["null", null],
  ["true", true],
  ["false", false],
]);

/** Reads conditions at a cursor. Its methods throw `PathSyntaxError`. */
export class FilterParser {
  readonly #cursor: Cursor;
  readonly #parseRoute: (cursor: Cursor) => Route;

  /** `parseRoute` parses a path that starts with `@` or `$` (paths and filters contain each other). */
  constructor(cursor: Cursor, parseRoute: (cursor: Cursor) => Route) {
    this.#cursor = cursor;
    this.#parseRoute = parseRoute;
  }

  /** Parses `?(condition)`. */
  filter(): Condition {
    const cursor = this.#cursor;
    cursor.expect("?");
    cursor.blanks();
    cursor.expect("(");
    const condition = this.#or(1);
    cursor.blanks();
    cursor.expect(")");
    return condition;
  }

  /** Parses a path, a literal or a pattern. */
  operand(): Operand {
    const { next } = this.#cursor;
    if (next === "@" || next === "$") {
      return { type: "Route", route: this.#parseRoute(this.#cursor) };
    }
    if (next === "/") return { type: "Pattern", pattern: this.#pattern() };
    return { type: "Literal", value: this.#literal(1) };
  }

  #or(depth: number): Condition {
    const conditions = this.#list("||", () => this.#and(depth));
    return conditions.length === 1 ? conditions[0]! : { type: "Or", conditions };
  }

  #and(depth: number): Condition {
    const conditions = this.#list("&&", () => this.#term(depth));
    return conditions.length === 1 ? conditions[0]! : { type: "And", conditions };
  }

  #list(separator: string, parse: () => Condition): Condition[] {
    const conditions: Condition[] = [];
    do {
      conditions.push(parse());
      this.#cursor.blanks();
    } while (this.#cursor.accept(separator));
    return conditions;
  }

  #term(depth: number): Condition {
    const cursor = this.#cursor;
    if (depth > MAX_DEPTH) throw cursor.fault("nested too deeply");
    cursor.blanks();
    if (cursor.accept("!")) return { type: "Not", condition: this.#term(depth + 1) };
    if (cursor.accept("(")) {
      const condition = this.#or(depth + 1);
      cursor.blanks();
      cursor.expect(")");
      return condition;
    }
    const left = this.operand();
    cursor.blanks();
    const operator = this.#operator();
    if (operator === undefined) {
      if (left.type !== "Route") throw cursor.fault("expected an operator");
      return { type: "Exists", route: left.route };
    }
    cursor.blanks();
    return { type: "Compare", operator, left, right: this.operand() };
  }

  #operator(): Operator | undefined {
    const sign = SIGNS.find((candidate) => this.#cursor.accept(candidate));
    if (sign !== undefined) return sign;
    const word = this.#cursor.match(WORD).toUpperCase();
    if (word === "") return undefined;
    const operator = WORDS.find((candidate) => candidate === word);
    if (operator === undefined) throw this.#cursor.fault(`unknown operator '${word}'`);
    return operator;
  }

  /** `/expression/flags` */
  #pattern(): Pattern {
    const cursor = this.#cursor;
    cursor.expect("/");
    let source = "";
    while (!cursor.accept("/")) {
      if (cursor.accept("\\") && cursor.next !== "/") source += "\\";
      if (cursor.atEnd) throw cursor.fault("missing '/'");
      source += cursor.next;
      cursor.index += 1;
    }
    const compiled = compilePattern(source, cursor.match(WORD));
    if ("problem" in compiled) throw cursor.fault(compiled.problem);
    return compiled;
  }

  /** A JSON value whose strings may be in single quotes. */
  #literal(depth: number): Json {
    const cursor = this.#cursor;
    if (depth > MAX_DEPTH) throw cursor.fault("nested too deeply");
    if (cursor.next === "'" || cursor.next === '"') return cursor.quoted();
    if (cursor.accept("[")) return this.#items("]", () => this.#literal(depth + 1));
    if (cursor.accept("{")) return objectOf(this.#items("}", () => this.#entry(depth + 1)));
    const number = cursor.match(NUMBER);
    if (number !== "") return numberFromLiteral(number);
    const constant = CONSTANTS.get(cursor.match(WORD));
    if (constant === undefined) throw cursor.fault("expected a value");
    return constant;
  }

  #entry(depth: number): readonly [string, Json] {
    const cursor = this.#cursor;
    if (cursor.next !== "'" && cursor.next !== '"') throw cursor.fault("expected a quoted name");
    const key = cursor.quoted();
    cursor.blanks();
    cursor.expect(":");
    cursor.blanks();
    return [key, this.#literal(depth)];
  }

  #items<Item>(end: string, parse: () => Item): Item[] {
    const cursor = this.#cursor;
    const items: Item[] = [];
    cursor.blanks();
    if (cursor.accept(end)) return items;
    for (;;) {
      items.push(parse());
      cursor.blanks();
      if (cursor.accept(end)) return items;
      cursor.expect(",");
      cursor.blanks();
    }
  }
}
