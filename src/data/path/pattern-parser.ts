/** Regular expression text to a tree, for the part of the syntax that needs no backtracking. */
import { Cursor } from "./cursor.ts";
import { PathSyntaxError } from "./syntax-error.ts";

export type Node =
  | { readonly type: "Char"; readonly accepts: (char: string) => boolean }
  | { readonly type: "Start" }
  | { readonly type: "End" }
  | { readonly type: "Sequence"; readonly nodes: readonly Node[] }
  | { readonly type: "Choice"; readonly nodes: readonly Node[] }
  | {
      readonly type: "Repeat";
      readonly node: Node;
      readonly min: number;
      readonly max: number;
    };

type Test = (char: string) => boolean;

const MAX_DEPTH = 50;
const MAX_COUNT = 1000;
const COUNT = /\{(\d{1,4})(,(\d{1,4})?)?\}/uy;
const ANY_CHAR = /[\s\S]/uy;

const CLASSES: ReadonlyMap<string, Test> = new Map<string, Test>([
  ["d", (char) => /[0-9]/u.test(char)],
  ["D", (char) => !/[0-9]/u.test(char)],
  ["w", (char) => /[A-Za-z0-9_]/u.test(char)],
  ["W", (char) => !/[A-Za-z0-9_]/u.test(char)],
  ["s", (char) => /[ \t\n\v\f\r]/u.test(char)],
  ["S", (char) => !/[ \t\n\v\f\r]/u.test(char)],
]);

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** Parses an expression. */
export function parsePattern(
  source: string,
  ignoreCase: boolean,
  dotAll: boolean,
): Node | { problem: string } {
  try {
    return new PatternParser(source, ignoreCase, dotAll).parse();
  } catch (error) {
    if (error instanceof PathSyntaxError) return { problem: error.message };
    throw error;
  }
}

class PatternParser {
  readonly #cursor: Cursor;
  readonly #ignoreCase: boolean;
  readonly #dotAll: boolean;

  constructor(source: string, ignoreCase: boolean, dotAll: boolean) {
    this.#cursor = new Cursor(source);
    this.#ignoreCase = ignoreCase;
    this.#dotAll = dotAll;
  }

  parse(): Node {
    const node = this.#choice(1);
    if (!this.#cursor.atEnd) throw this.#cursor.fault("unmatched ')'");
    return node;
  }

  #choice(depth: number): Node {
    if (depth > MAX_DEPTH) throw this.#cursor.fault("nested too deeply");
    const nodes = [this.#sequence(depth)];
    while (this.#cursor.accept("|")) nodes.push(this.#sequence(depth));
    return nodes.length === 1 ? nodes[0]! : { type: "Choice", nodes };
  }

  #sequence(depth: number): Node {
    const nodes: Node[] = [];
    while (!this.#cursor.atEnd && this.#cursor.next !== "|" && this.#cursor.next !== ")") {
      nodes.push(this.#repeated(this.#atom(depth)));
    }
    return { type: "Sequence", nodes };
  }

  #repeated(atom: Node): Node {
    const cursor = this.#cursor;
    let [min, max] = [1, 1];
    if (cursor.accept("*")) [min, max] = [0, Infinity];
    else if (cursor.accept("+")) [min, max] = [1, Infinity];
    else if (cursor.accept("?")) [min, max] = [0, 1];
    else if (cursor.next === "{") [min, max] = this.#counts();
    else return atom;
    // Lazy and greedy accept the same texts.
    cursor.accept("?");
    if (/[*+?{]/u.test(cursor.next)) throw cursor.fault("nothing to repeat");
    return { type: "Repeat", node: atom, min, max };
  }

  #counts(): [number, number] {
    const [, first, comma, last] = /\{(\d+)(,?)(\d*)\}/u.exec(this.#cursor.match(COUNT)) ?? [];
    if (first === undefined) throw this.#cursor.fault("expected a count");
    const min = Number(first);
    let max = min;
    if (comma === ",") max = last === "" ? Infinity : Number(last);
    if (min > max || min > MAX_COUNT || (max !== Infinity && max > MAX_COUNT)) {
      throw this.#cursor.fault("count out of range");
    }
    return [min, max];
  }

  #atom(depth: number): Node {
    const cursor = this.#cursor;
    if (cursor.accept("(")) {
      if (cursor.accept("?") && !cursor.accept(":")) throw cursor.fault("unsupported group");
      const node = this.#choice(depth + 1);
      cursor.expect(")");
      return node;
    }
    if (cursor.accept("^")) return { type: "Start" };
    if (cursor.accept("$")) return { type: "End" };
    if (cursor.accept(".")) {
      return { type: "Char", accepts: (char) => this.#dotAll || !/[\n\r\u2028\u2029]/u.test(char) };
    }
    if (cursor.accept("[")) return { type: "Char", accepts: this.#set() };
    if (/[*+?{]/u.test(cursor.next)) throw cursor.fault("nothing to repeat");
    if (cursor.accept("\\")) {
      const escaped = this.#escaped();
      return { type: "Char", accepts: typeof escaped === "string" ? this.#is(escaped) : escaped };
    }
    return { type: "Char", accepts: this.#is(cursor.match(ANY_CHAR)) };
  }

  /** What a backslash stands for: a character or a class. */
  #escaped(): string | Test {
    const char = this.#cursor.match(ANY_CHAR);
    if (char === "") throw this.#cursor.fault("nothing to escape");
    const known = CLASSES.get(char) ?? CONTROLS.get(char);
    if (known !== undefined) return known;
    if (/[A-Za-z0-9]/u.test(char)) throw this.#cursor.fault(`unsupported escape '\\${char}'`);
    return char;
  }

  /** `[...]` behind its bracket. */
  #set(): Test {
    const cursor = this.#cursor;
    const negated = cursor.accept("^");
    const tests: Test[] = [];
    do {
      if (cursor.atEnd) throw cursor.fault("missing ']'");
      const from = this.#setItem();
      if (typeof from !== "string") {
        tests.push(from);
      } else if (cursor.next === "-" && !cursor.startsWith("-]")) {
        cursor.index += 1;
        tests.push(this.#range(from, this.#setItem()));
      } else {
        tests.push(this.#is(from));
      }
    } while (!cursor.accept("]"));
    return (char) => tests.some((test) => test(char)) !== negated;
  }

  #setItem(): string | Test {
    if (this.#cursor.accept("\\")) return this.#escaped();
    if (this.#cursor.startsWith("[")) throw this.#cursor.fault("unsupported nested set");
    return this.#cursor.match(ANY_CHAR);
  }

  #range(from: string, to: string | Test): Test {
    if (typeof to !== "string" || to === "") throw this.#cursor.fault("invalid range");
    const [low, high] = [from.codePointAt(0)!, to.codePointAt(0)!];
    if (low > high) throw this.#cursor.fault("invalid range");
    return this.#anyCase((char) => {
      const code = char.codePointAt(0)!;
      return code >= low && code <= high;
    });
  }

  #is(expected: string): Test {
    return this.#anyCase((char) => char === expected);
  }

  #anyCase(test: Test): Test {
    if (!this.#ignoreCase) return test;
    return (char) => test(char) || test(char.toLowerCase()) || test(char.toUpperCase());
  }
}
