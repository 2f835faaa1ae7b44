/** JSON in which strings of the form `{% … %}` are JSONata expressions. */
import type { Json, JsonArray, JsonObject } from "../../json/json.ts";
import { isArray, isObject, setMember } from "../../json/kind.ts";
import type { Evaluated, Evaluation, Payload, PendingExpression, Scope } from "../evaluation.ts";
import { compileJsonata, type JsonataExpression, type JsonataProblem } from "./compile.ts";
import type { StatesMember } from "./references.ts";

/** A field's value in JSONata. */
export interface JsonataTemplate extends Payload {
  /** The members of `$states` that its expressions name, and whether one uses `$states` as a whole. */
  readonly readsStates: ReadonlySet<StatesMember>;
  readonly readsWholeStates: boolean;
}

/** What is wrong with an expression; `field` names its place as AWS does, e.g. `Output/a/b[0]`. */
export interface JsonataFieldProblem extends JsonataProblem {
  readonly field: string;
}

/** The expression in a string of the form `{% … %}`, without these; undefined for any other string. */
export function jsonataText(text: string): string | undefined {
  if (text.length < 4 || !text.startsWith("{%") || !text.endsWith("%}")) return undefined;
  return text.slice(2, -2).trim();
}

/** Compiles a value in which any string may be an expression. `field` is the name of its field. */
export function compileJsonataTemplate(
  value: Json,
  field: string,
): JsonataTemplate | { readonly problems: readonly JsonataFieldProblem[] } {
  const compiler = new Compiler();
  const root = compiler.node(value, field);
  if (compiler.problems.length > 0) return { problems: compiler.problems };
  const { expressions } = compiler;
  return {
    variables: [...new Set(expressions.flatMap(({ variables }) => variables))].toSorted(),
    readsStates: new Set(expressions.flatMap(({ readsStates }) => [...readsStates])),
    readsWholeStates: expressions.some(({ readsWholeStates }) => readsWholeStates),
    text: root.type === "Expression" ? root.expression.text : undefined,
    evaluate: (scope, results) => evaluate(root, scope, results),
  };
}

type Node =
  | { readonly type: "Fixed"; readonly value: Json }
  | { readonly type: "Expression"; readonly expression: JsonataExpression; readonly field: string }
  | { readonly type: "Array"; readonly items: readonly Node[] }
  | { readonly type: "Object"; readonly members: readonly (readonly [string, Node])[] };

class Compiler {
  readonly problems: JsonataFieldProblem[] = [];
  readonly expressions: JsonataExpression[] = [];

  node(value: Json, field: string): Node {
    if (typeof value === "string") return this.#text(value, field);
    if (isArray(value)) return this.#array(value, field);
    return isObject(value) ? this.#object(value, field) : { type: "Fixed", value };
  }

  #text(value: string, field: string): Node {
    const text = jsonataText(value);
    if (text === undefined) return { type: "Fixed", value };
    const expression = compileJsonata(text);
    if ("problems" in expression) {
      for (const problem of expression.problems) this.problems.push({ ...problem, field });
      return { type: "Fixed", value };
    }
    this.expressions.push(expression);
    return { type: "Expression", expression, field };
  }

  #array(value: JsonArray, field: string): Node {
    const items = value.map((item, index) => this.node(item, `${field}[${index}]`));
    return items.every(isFixed) ? { type: "Fixed", value } : { type: "Array", items };
  }

  #object(value: JsonObject, field: string): Node {
    const members = Object.keys(value).map((key): readonly [string, Node] => [
      key,
      this.node(value[key]!, `${field}/${key}`),
    ]);
    const fixed = members.every(([, node]) => isFixed(node));
    return fixed ? { type: "Fixed", value } : { type: "Object", members };
  }
}

function isFixed(node: Node): boolean {
  return node.type === "Fixed";
}

/**
 * All expressions in order, up to the first that fails: it is the one that AWS reports, unless one
 * before it, still pending, fails too.
 */
function evaluate(
  root: Node,
  scope: Scope,
  results: ReadonlyMap<string, Evaluated> | undefined,
): Evaluation {
  const building = new Building(scope, results);
  const value = building.value(root);
  if (building.pending.length > 0) return { ok: false, pending: building.pending };
  return building.failure ?? { ok: true, value };
}

class Building {
  readonly pending: PendingExpression[] = [];
  failure: Extract<Evaluated, { ok: false }> | undefined;
  readonly #scope: Scope;
  readonly #results: ReadonlyMap<string, Evaluated> | undefined;

  constructor(scope: Scope, results: ReadonlyMap<string, Evaluated> | undefined) {
    this.#scope = scope;
    this.#results = results;
  }

  /** The value; what was not evaluated is null in it. */
  value(node: Node): Json {
    switch (node.type) {
      case "Fixed":
        return node.value;
      case "Expression":
        return this.failure === undefined ? this.#expression(node.expression, node.field) : null;
      case "Array":
        return node.items.map((item) => this.value(item));
      case "Object": {
        const object: { [key: string]: Json } = {};
        for (const [key, part] of node.members) setMember(object, key, this.value(part));
        return object;
      }
    }
  }

  #expression(expression: JsonataExpression, field: string): Json {
    const result = this.#results?.get(field) ?? expression.evaluateNow(this.#scope, field);
    if (result === undefined) {
      this.pending.push({ text: expression.text, field, variables: expression.variables });
      return null;
    }
    if (result.ok) return result.value;
    this.failure = result;
    return null;
  }
}
