/** Finds the places of diagnostics in the text of a definition, for people and editors. */

/** A place in a text, counted from 1; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A value in the text, with the values inside it. */
interface Node {
  /** Where it starts; for a member of an object where its name starts. */
  readonly offset: number;
  readonly members: readonly Member[];
}

interface Member {
  /** What it adds to a location: `/name` or `[0]`. */
  readonly step: string;
  readonly key: string;
  readonly node: Node;
}

/** Deeper values are not looked into; definitions that deep are refused anyway. */
const MAX_DEPTH = 500;

/**
 * The place of a diagnostic's location in the definition's text: of the field's name, or of the
 * list element. Of a field that is missing it is the place of the object that lacks it.
 */
export function locate(text: string, location: string | undefined): Position {
  const source = /line: (\d+), column: (\d+)\]$/.exec(location ?? "");
  if (source !== null) return { line: Number(source[1]), column: Number(source[2]) };
  const found = find(scan(text), location === "/" ? "" : (location ?? ""));
  return position(text, found.node.offset);
}

/**
 * Locations of states that have the name of an earlier state of the same `States` object, which a
 * JSON parser drops silently.
 */
export function repeatedStates(text: string): readonly { name: string; location: string }[] {
  return repeatedIn(scan(text), "");
}

function repeatedIn(machine: Node, pointer: string): { name: string; location: string }[] {
  const states = machine.members.findLast(({ step }) => step === "/States");
  const seen = new Set<string>();
  return (states?.node.members ?? []).flatMap(({ step, key, node }) => {
    const location = `${pointer}/States${step}`;
    const repeated = seen.has(key);
    seen.add(key);
    const inside = node.members.flatMap((field) => {
      const at = location + field.step;
      if (field.key === "Iterator" || field.key === "ItemProcessor") {
        return repeatedIn(field.node, at);
      }
      if (field.key !== "Branches") return [];
      return field.node.members.flatMap((branch) => repeatedIn(branch.node, at + branch.step));
    });
    return repeated ? [{ name: key, location }, ...inside] : inside;
  });
}

/** Follows a location as far as it leads. Names may hold `/` and `[`, so every way is tried. */
function find(node: Node, location: string): { node: Node; left: number } {
  let best = { node, left: location.length };
  for (const member of node.members) {
    const rest = location.slice(member.step.length);
    if (!location.startsWith(member.step) || !/^(?:$|[/[])/.test(rest)) continue;
    const found = find(member.node, rest);
    if (found.left < best.left) best = found;
  }
  return best;
}

function position(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: lines[lines.length - 1]!.length + 1 };
}

/** Reads the structure of a JSON text. Of a malformed one it gives what comes before the mistake. */
function scan(text: string): Node {
  return new Scanner(text).value(0, 0);
}

class Scanner {
  readonly #tokens: Iterator<RegExpExecArray, undefined>;
  #token: RegExpExecArray | undefined;

  constructor(text: string) {
    this.#tokens = text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/gsu);
    this.#next();
  }

  /** The value at the current token; `start` is where its name begins, if it has one. */
  value(start: number, depth: number): Node {
    const open = this.#token?.[0];
    this.#next();
    if ((open !== "{" && open !== "[") || depth > MAX_DEPTH) return { offset: start, members: [] };
    const close = open === "{" ? "}" : "]";
    const members: Member[] = [];
    while (this.#token !== undefined && this.#token[0] !== close) {
      members.push(open === "{" ? this.#member(depth) : this.#element(members.length, depth));
      if (this.#token?.[0] === ",") this.#next();
    }
    this.#next();
    return { offset: start, members };
  }

  #member(depth: number): Member {
    const start = this.#token?.index ?? 0;
    const key = readKey(this.#token?.[0] ?? "");
    this.#next();
    if (this.#token?.[0] === ":") this.#next();
    return { step: `/${key}`, key, node: this.value(start, depth + 1) };
  }

  #element(index: number, depth: number): Member {
    const start = this.#token?.index ?? 0;
    return { step: `[${index}]`, key: String(index), node: this.value(start, depth + 1) };
  }

  #next(): void {
    this.#token = this.#tokens.next().value;
  }
}

function readKey(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}
