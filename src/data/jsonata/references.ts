/** What an expression reads from outside: variables, members of `$states`, and the missing context. */
import { BUILT_IN_FUNCTIONS } from "./function-names.ts";
import type { Node, PathNode, Stage } from "./syntax.ts";

/** A member of `$states`. */
export type StatesMember = "input" | "result" | "errorOutput" | "context";

const MEMBERS: ReadonlySet<string> = new Set(["input", "result", "errorOutput", "context"]);

export interface References {
  /** Variables of the state machine: not `$states`, own variables or built-in functions. */
  readonly variables: ReadonlySet<string>;
  /** The members of `$states` that are named. */
  readonly states: ReadonlySet<StatesMember>;
  /** Whether `$states` is used as a whole, so that any member may be read. */
  readonly wholeStates: boolean;
  /** Names, `$` and `$$` that would read a context that expressions of a state machine do not have. */
  readonly context: ReadonlySet<string>;
}

/** Finds the references of a syntax tree. */
export function referencesOf(root: Node): References {
  const finder = new Finder();
  finder.expression(root, new Names(undefined), true);
  finder.finish();
  return finder;
}

/** The names that are bound in a block, lambda or path step. */
class Names {
  readonly #outer: Names | undefined;
  readonly #own = new Set<string>();

  constructor(outer: Names | undefined) {
    this.#outer = outer;
  }

  add(name: string): void {
    this.#own.add(name);
  }

  has(name: string): boolean {
    return this.#own.has(name) || this.#outer?.has(name) === true;
  }
}

class Finder implements References {
  readonly variables = new Set<string>();
  readonly states = new Set<StatesMember>();
  readonly context = new Set<string>();
  wholeStates = false;
  /** Bodies of lambdas are looked at last: they see names that are bound after them. */
  readonly #bodies: (() => void)[] = [];

  finish(): void {
    for (let body = this.#bodies.pop(); body !== undefined; body = this.#bodies.pop()) body();
  }

  /** `top` says that the context is the one that expressions do not have. */
  expression(node: Node, names: Names, top: boolean): void {
    this.#own(node, names, top);
    this.#stages(node.predicate, names);
    if (node.type !== "path") this.#stages(node.stages, names);
    for (const part of node.group?.lhs.flat() ?? []) this.expression(part, names, false);
  }

  #own(node: Node, names: Names, top: boolean): void {
    switch (node.type) {
      case "path":
        return this.#path(node, names, top);
      case "name":
        if (top) this.context.add(node.value);
        return;
      case "variable":
        return this.#variable(node.value, names, top);
      case "block":
        return this.#all(node.expressions, new Names(names), top);
      case "bind":
        this.expression(node.rhs, names, top);
        names.add(node.lhs.value);
        return;
      case "condition":
        this.expression(node.condition, names, top);
        // What is bound in one branch only is not bound behind it.
        this.expression(node.then, new Names(names), top);
        if (node.else !== undefined) this.expression(node.else, new Names(names), top);
        return;
      case "lambda": {
        const inner = new Names(names);
        for (const parameter of node.arguments) inner.add(parameter.value);
        this.#bodies.push(() => this.expression(node.body, inner, top));
        return;
      }
      case "binary":
      case "apply":
        return this.#all([node.lhs, node.rhs], names, top);
      case "unary":
        if (node.value === "-") this.expression(node.expression, names, top);
        else if (node.value === "[") this.#all(node.expressions, names, top);
        else this.#all(node.lhs.flat(), names, top);
        return;
      case "function":
      case "partial":
        return this.#all([node.procedure, ...node.arguments], names, top);
      case "transform":
        this.#all([node.pattern, node.update], names, false);
        if (node.delete !== undefined) this.expression(node.delete, names, false);
        return;
      case "sort":
        for (const { expression } of node.terms) this.expression(expression, names, false);
    }
  }

  #all(nodes: readonly Node[], names: Names, top: boolean): void {
    for (const node of nodes) this.expression(node, names, top);
  }

  #path(path: PathNode, outer: Names, top: boolean): void {
    const names = path.steps.some(({ tuple }) => tuple === true) ? new Names(outer) : outer;
    for (const [position, step] of path.steps.entries()) {
      const next = path.steps[position + 1];
      if (step.type === "variable" && step.value === "states" && !names.has("states")) {
        this.#statesStep(step, next);
        this.#stages(step.predicate, names);
      } else {
        this.#own(step, names, top && position === 0);
        this.#stages(step.predicate, names);
        for (const part of step.group?.lhs.flat() ?? []) this.expression(part, names, false);
      }
      // Bound for this step's predicates and all that follows.
      if (step.focus !== undefined) names.add(step.focus);
      if (step.index !== undefined) names.add(step.index);
      this.#stages(step.stages, names);
    }
  }

  #statesStep(step: Node, next: Node | undefined): void {
    const member = next?.type === "name" && step.predicate === undefined ? next.value : undefined;
    if (member === undefined || step.stages !== undefined) this.wholeStates = true;
    else if (MEMBERS.has(member)) this.states.add(member as StatesMember);
  }

  #variable(name: string, names: Names, top: boolean): void {
    if (name === "$") this.context.add("$$");
    else if (name === "") {
      if (top) this.context.add("$");
    } else if (!names.has(name)) {
      if (name === "states") this.wholeStates = true;
      else if (!BUILT_IN_FUNCTIONS.has(name)) this.variables.add(name);
    }
  }

  #stages(stages: readonly Stage[] | undefined, names: Names): void {
    for (const stage of stages ?? []) {
      if (stage.type === "index") names.add(stage.value);
      else this.expression(stage.expr, names, false);
    }
  }
}
