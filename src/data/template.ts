/** Payload templates: JSON in which keys that end in `.$` hold expressions. */
import type { Json, JsonArray, JsonObject } from "../json/json.ts";
import { isArray, isObject, setMember } from "../json/kind.ts";
import type { Evaluated, EvaluationFailure, Scope } from "./evaluation.ts";
import { compileExpression, type Expression } from "./expression.ts";

/** A template that gives a value. */
export interface Template {
  /** The names of the variables that its expressions read. */
  readonly variables: readonly string[];
  /** The value, or the failure of the first expression that fails. */
  evaluate(scope: Scope): Evaluated;
}

/** What is wrong with a template, and where: a JSON pointer from the template's root. */
export interface TemplateProblem {
  readonly pointer: string;
  readonly problem: string;
}

/** Compiles a template. Without expressions it gives back `value` itself. */
export function compileTemplate(
  value: Json,
): Template | { readonly problems: readonly TemplateProblem[] } {
  const compiler = new Compiler();
  const node = compiler.node(value, "");
  if (compiler.problems.length > 0) return { problems: compiler.problems };
  if (node.type === "Fixed") {
    const result: Evaluated = { ok: true, value: node.value };
    return { variables: [], evaluate: () => result };
  }
  return {
    variables: [...compiler.variables],
    evaluate(scope) {
      const result = build(node, scope);
      return result instanceof Failed ? result.failure : { ok: true, value: result };
    },
  };
}

type Node =
  | { readonly type: "Fixed"; readonly value: Json }
  | { readonly type: "Expression"; readonly expression: Expression; readonly field: string }
  | { readonly type: "Array"; readonly items: readonly Node[] }
  | { readonly type: "Object"; readonly members: readonly (readonly [string, Node])[] };

class Compiler {
  readonly problems: TemplateProblem[] = [];
  readonly variables = new Set<string>();

  node(value: Json, pointer: string): Node {
    if (isArray(value)) return this.#array(value, pointer);
    return isObject(value) ? this.#object(value, pointer) : { type: "Fixed", value };
  }

  #array(value: JsonArray, pointer: string): Node {
    const items = value.map((item, index) => this.node(item, `${pointer}/${index}`));
    return items.every(isFixed) ? { type: "Fixed", value } : { type: "Array", items };
  }

  #object(value: JsonObject, pointer: string): Node {
    const members = Object.keys(value).map((key): readonly [string, Node] => {
      const inner = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      if (!key.endsWith(".$")) return [key, this.node(value[key]!, inner)];
      const name = key.slice(0, -2);
      if (Object.hasOwn(value, name)) {
        this.#problem(inner, `the field '${name}' is there twice, as '${name}' and as '${key}'`);
      }
      return [name, this.#expression(value[key]!, key, inner)];
    });
    const fixed = members.every(([, node]) => isFixed(node));
    return fixed ? { type: "Fixed", value } : { type: "Object", members };
  }

  #expression(text: Json, field: string, pointer: string): Node {
    if (typeof text !== "string") {
      this.#problem(pointer, "expected a string with a JSONPath or an intrinsic function call");
      return { type: "Fixed", value: null };
    }
    const expression = compileExpression(text);
    if ("problem" in expression) {
      this.#problem(pointer, expression.problem);
      return { type: "Fixed", value: null };
    }
    for (const name of expression.variables) this.variables.add(name);
    return { type: "Expression", expression, field };
  }

  #problem(pointer: string, problem: string): void {
    this.problems.push({ pointer, problem });
  }
}

function isFixed(node: Node): boolean {
  return node.type === "Fixed";
}

/** Stands for a value that could not be made. */
class Failed {
  readonly failure: EvaluationFailure;

  constructor(failure: EvaluationFailure) {
    this.failure = failure;
  }
}

function build(node: Node, scope: Scope): Json | Failed {
  switch (node.type) {
    case "Fixed":
      return node.value;
    case "Expression": {
      const result = node.expression.evaluate(scope, node.field);
      return result.ok ? result.value : new Failed(result);
    }
    case "Array": {
      const items: Json[] = [];
      for (const part of node.items) {
        const item = build(part, scope);
        if (item instanceof Failed) return item;
        items.push(item);
      }
      return items;
    }
    case "Object": {
      const object: { [key: string]: Json } = {};
      for (const [key, part] of node.members) {
        const value = build(part, scope);
        if (value instanceof Failed) return value;
        setMember(object, key, value);
      }
      return object;
    }
  }
}
