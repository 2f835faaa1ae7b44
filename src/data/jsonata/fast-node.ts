/**
 * Syntax trees to functions that evaluate them at once, with exactly the library's results, for the
 * part of the language whose cost is bounded by its input. Everything else, every error among it, is
 * left to the guarded evaluator.
 */
import { setMember } from "../../json/kind.ts";
import { compileCall } from "./fast-call.ts";
import { binaryOperator, logicalOperator, negate } from "./fast-operators.ts";
import { compilePath } from "./fast-path.ts";
import { isBuiltIn, Names } from "./names.ts";
import type { Evaluate, Filter, NodeCompiler } from "./run.ts";
import { filtered, itemAt, settled } from "./sequences.ts";
import { statesObject } from "./states.ts";
import type { ArrayNode, BlockNode, Node, ObjectNode, Stage } from "./syntax.ts";
import { booleanOf, isList, notHere, plainValue, Sequence, type Value } from "./value.ts";

/** Larger trees are not compiled. */
const MAX_NODES = 1000;

/** The function, or undefined if the expression is not of the fast kind. */
export function compileFast(root: Node, nodes: number): Evaluate | undefined {
  if (nodes > MAX_NODES) return undefined;
  try {
    return compileStatement(root, new Names());
  } catch (error) {
    if (error === notHere) return undefined;
    throw error;
  }
}

/** Compiles a node with its predicates. Throws `notHere` if it is not of the fast kind. */
function compileNode(node: Node, names: Names): Evaluate {
  if (node.group !== undefined || node.tuple === true || node.consarray === true) throw notHere;
  const own = compileOwn(node, names);
  const keep = node.keepArray === true;
  if (node.predicate === undefined) {
    if (isLiteral(node)) return own;
    return (run, context) => {
      run.charge(1);
      return settled(own(run, context), keep);
    };
  }
  const filters = compileFilters(node.predicate, names);
  return (run, context) => {
    run.charge(1);
    let value = own(run, context);
    for (const filter of filters) value = filter(run, value);
    return settled(value, keep);
  };
}

function compileFilters(stages: readonly Stage[], names: Names): Filter[] {
  return stages.map((stage) => {
    if (stage.type !== "filter") throw notHere;
    if (stage.expr.type === "number") {
      const position = stage.expr.value;
      return (_run, value) => itemAt(value, position);
    }
    const predicate = compileNode(stage.expr, names);
    return (run, value) => filtered(run, value, predicate);
  });
}

function isLiteral(node: Node): boolean {
  return node.type === "string" || node.type === "number" || node.type === "value";
}

function compileOwn(node: Node, names: Names): Evaluate {
  switch (node.type) {
    case "string":
    case "number":
    case "value": {
      const { value } = node;
      return () => value;
    }
    case "path":
      return compilePath(node, names, compiler);
    case "variable":
      return compileVariable(node.value, names);
    case "binary":
      return compileBinary(node.value, node.lhs, node.rhs, names);
    case "unary":
      if (node.value === "-") {
        const operand = compileNode(node.expression, names);
        return (run, context) => negate(operand(run, context));
      }
      return node.value === "[" ? compileArray(node, names) : compileObject(node, names);
    case "condition": {
      const condition = compileNode(node.condition, names);
      const then = compileNode(node.then, names);
      const otherwise = node.else === undefined ? undefined : compileNode(node.else, names);
      return (run, context) => {
        if (booleanOf(condition(run, context)) === true) return then(run, context);
        return otherwise?.(run, context);
      };
    }
    case "block":
      return compileBlock(node, names);
    case "function":
      return compileCall(node.procedure, node.arguments, [], names, compiler);
    case "apply": {
      const subject = compileNode(node.lhs, names);
      if (node.rhs.type === "function" && node.rhs.predicate === undefined) {
        return compileCall(node.rhs.procedure, node.rhs.arguments, [subject], names, compiler);
      }
      return compileCall(node.rhs, [], [subject], names, compiler);
    }
    default:
      throw notHere;
  }
}

/** The value of a variable, or of the context (""). */
function compileVariable(name: string, names: Names): Evaluate {
  if (name === "") return (_run, context) => context;
  // The root is the document, and expressions of a state machine have none.
  if (name === "$") return () => undefined;
  const slot = names.slot(name);
  if (slot !== undefined) return (run) => run.locals[slot];
  if (name === "states") return (run) => statesObject(run);
  if (isBuiltIn(name)) throw notHere;
  return (run) => {
    const value = run.scope.variable(name);
    return value === undefined ? undefined : plainValue(value);
  };
}

function compileBinary(operator: string, lhs: Node, rhs: Node, names: Names): Evaluate {
  const left = compileNode(lhs, names);
  const right = compileNode(rhs, names);
  if (operator === "and" || operator === "or") return logicalOperator(operator, left, right);
  const apply = binaryOperator(operator);
  if (apply === undefined) throw notHere;
  return (run, context) => apply(left(run, context), right(run, context), run);
}

function compileArray(node: ArrayNode, names: Names): Evaluate {
  const items = node.expressions.map((item) => ({
    evaluate: compileNode(item, names),
    // An array written inside an array stays one; all others are joined.
    nested: item.type === "unary" && item.value === "[",
  }));
  return (run, context) => {
    run.charge(1 + items.length);
    const list: Value[] = [];
    for (const { evaluate, nested } of items) {
      const value = evaluate(run, context);
      if (value === undefined) continue;
      if (nested || !isList(value)) {
        list.push(value);
      } else {
        run.charge(value.length);
        for (const item of value) list.push(item);
      }
    }
    return list;
  };
}

function compileObject(node: ObjectNode, names: Names): Evaluate {
  const pairs = node.lhs.map(([key, value]) => ({
    key: compileNode(key, names),
    value: compileNode(value, names),
  }));
  return (run, context) => {
    run.charge(1 + pairs.length);
    // A constructor groups the items of a list.
    if (isList(context)) throw notHere;
    const object: { [key: string]: never } = {};
    const keys = new Set<string>();
    for (const pair of pairs) {
      const key = pair.key(run, context);
      if (key === undefined) continue;
      if (typeof key !== "string" || keys.has(key) || key.startsWith("_jsonata_")) throw notHere;
      keys.add(key);
      const value = pair.value(run, context);
      if (value === undefined) continue;
      if (value instanceof Sequence) run.unfinished = true;
      setMember(object, key, value as never);
    }
    return object;
  };
}

function compileBlock(node: BlockNode, outer: Names): Evaluate {
  const names = new Names(outer);
  const statements = node.expressions.map((part) => compileStatement(part, names));
  const [only] = statements;
  if (only !== undefined && statements.length === 1) return only;
  return (run, context) => {
    let value: Value;
    for (const evaluate of statements) value = evaluate(run, context);
    return value;
  };
}

/** Part of a block: only here a variable is certain to be set before what follows reads it. */
function compileStatement(node: Node, names: Names): Evaluate {
  if (node.type !== "bind") return compileNode(node, names);
  if (node.predicate !== undefined || node.group !== undefined) throw notHere;
  const evaluate = compileStatement(node.rhs, names);
  const slot = names.define(node.lhs.value);
  return (run, context) => {
    const value = evaluate(run, context);
    run.locals[slot] = value;
    return value;
  };
}

const compiler: NodeCompiler = {
  node: compileNode,
  filters: compileFilters,
  variable: compileVariable,
};
