/** Compiled JSONPaths: what the fields `…Path`, `Variable` and the keys `….$` hold. */
import type { Json } from "../json/json.ts";
import { isArray } from "../json/kind.ts";
import type { Scope } from "./evaluation.ts";
import { follow } from "./path/evaluate.ts";
import { getterOf, keysOf, type Getter } from "./path/getter.ts";
import { parseRoute } from "./path/parser.ts";
import { reasonFor } from "./path/reason.ts";
import { isDefinite, type Root, type Route, type Step } from "./path/syntax.ts";
import { PathSyntaxError } from "./path/syntax-error.ts";

/** A path that can be read. */
export interface Path {
  /** As it was written. */
  readonly text: string;
  /** Whether it leads to one value or none; otherwise reading gives an array of all it finds. */
  readonly definite: boolean;
  /** Name of the variable that it starts at (`$name`), if it does. */
  readonly variable: string | undefined;
  /** The value, or undefined if there is none. JSON null is a value. */
  read(scope: Scope): Json | undefined;
  /**
   * Like `read`, but an index beyond the end of an array gives null. That is what AWS does where a
   * path stands alone in a template; as an argument of a function it is missing.
   */
  readLenient(scope: Scope): Json | undefined;
  /** What its text is about: the state's input, the context object or the variable's value. */
  document(scope: Scope): Json | undefined;
  /** Why `read` gives undefined, in AWS's words: `No results for path: $['a']`. */
  failure(scope: Scope): string;
}

/** Compiles a path. A problem tells people what is wrong with it and where. */
export function compilePath(text: string): Path | { readonly problem: string } {
  try {
    return new CompiledPath(text, parseRoute(text));
  } catch (error) {
    if (error instanceof PathSyntaxError) return { problem: error.message };
    throw error;
  }
}

class CompiledPath implements Path {
  readonly text: string;
  readonly definite: boolean;
  readonly variable: string | undefined;
  readonly read: (scope: Scope) => Json | undefined;
  readonly #root: Root;
  readonly #steps: readonly Step[];

  constructor(text: string, { root, steps }: Route) {
    this.text = text;
    this.definite = isDefinite(steps);
    this.variable = root.type === "Variable" ? root.name : undefined;
    this.#root = root;
    this.#steps = steps;
    this.read = readerOf(root, getterFor(steps));
  }

  readLenient(scope: Scope): Json | undefined {
    const value = this.read(scope);
    if (value !== undefined || this.#steps.at(-1)?.type !== "Indexes") return value;
    const document = this.document(scope);
    if (document === undefined) return undefined;
    return isArray(getterFor(this.#steps.slice(0, -1))(document)) ? null : undefined;
  }

  document(scope: Scope): Json | undefined {
    return readerOf(this.#root, (value) => value)(scope);
  }

  failure(scope: Scope): string {
    const document = this.document(scope);
    if (document === undefined) return `The variable '$${this.variable}' is not defined`;
    if (follow(this.#steps, document).type === "TooMuch") {
      return "Evaluating the path looks at too many values";
    }
    return reasonFor(this.#steps, document);
  }
}

function getterFor(steps: readonly Step[]): Getter {
  const keys = keysOf(steps);
  if (keys !== undefined) return getterOf(keys);
  // What is found is new or part of something, so none of it is verbatim.
  return (value) => {
    const outcome = follow(steps, value);
    return outcome.type === "Found" ? outcome.value : undefined;
  };
}

function readerOf(root: Root, get: Getter): (scope: Scope) => Json | undefined {
  if (root.type === "Context") return (scope) => get(scope.context());
  if (root.type !== "Variable") return (scope) => get(scope.input);
  const { name } = root;
  return (scope) => {
    const value = scope.variable(name);
    return value === undefined ? undefined : get(value);
  };
}
