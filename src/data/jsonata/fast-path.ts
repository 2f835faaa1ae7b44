/** Paths: a value is handed from step to step, each of which may turn one item into many. */
import type { Json } from "../../json/json.ts";
import { isArray, isObject, memberOf } from "../../json/kind.ts";
import type { Names } from "./names.ts";
import type { Evaluate, Filter, NodeCompiler, Run } from "./run.ts";
import { joinedResults, lookup, sequenceOf, settled } from "./sequences.ts";
import { statesMember } from "./states.ts";
import type { Node, PathNode } from "./syntax.ts";
import { isList, isRecord, notHere, plainValue, Sequence, type Value } from "./value.ts";

export function compilePath(path: PathNode, names: Names, compile: NodeCompiler): Evaluate {
  const walk = namesOnly(path.steps);
  const [first] = path.steps;
  const start = first === undefined ? undefined : startOf(first, names);
  // Names behind a variable are followed without steps as long as no list comes up.
  const direct = start === undefined ? 0 : walk;
  const steps = path.steps.map((step) => compileStep(step, names, compile));
  const lastStep = steps.length - 1;
  const keep = path.keepSingletonArray === true;
  const keys = path.steps.map((step) => (step.type === "name" ? step.value : ""));
  return (run, context) => {
    let sequence: readonly Value[];
    let position = 0;
    if (start !== undefined && direct > 0) {
      const reached = follow(run, start(run), keys, direct);
      if (reached.value === undefined) return undefined;
      const value = plainValue(reached.value);
      position = reached.next;
      if (position > lastStep) {
        if (isList(value)) return value;
        return result(sequenceOf(value), keep);
      }
      sequence = isList(value) ? value : [value];
      if (sequence.length === 0) return undefined;
    } else if (isList(context) && first?.type !== "variable") {
      sequence = context;
    } else {
      sequence = [context];
    }
    for (; position <= lastStep; position += 1) {
      sequence = takeStep(run, steps[position]!, sequence, position === lastStep);
      if (sequence.length === 0) break;
    }
    return result(sequence, keep);
  };
}

function result(sequence: readonly Value[], keep: boolean): Value {
  if (keep && sequence instanceof Sequence) sequence.keepSingleton = true;
  return sequence;
}

/** How many steps from the second on are names and nothing else. */
function namesOnly(steps: readonly Node[]): number {
  let count = 0;
  for (const step of steps.slice(1)) {
    if (step.type !== "name" || step.stages !== undefined || step.keepArray === true) break;
    count += 1;
  }
  return count;
}

/** Where a path begins that starts with a variable of the state machine. */
function startOf(
  first: Node,
  names: Names,
): ((run: Run) => Json | typeof STATES | undefined) | undefined {
  if (first.type !== "variable" || first.predicate !== undefined || first.stages !== undefined) {
    return undefined;
  }
  const name = first.value;
  if (name === "" || name === "$" || names.slot(name) !== undefined) return undefined;
  if (name === "states") return () => STATES;
  return (run) => run.scope.variable(name);
}

/** Stands for `$states`, which is not made for the sake of one member. */
const STATES = Symbol("states");

interface Reached {
  readonly value: Json | undefined;
  /** The step to go on with. */
  readonly next: number;
}

/** Follows up to `count` names, those of steps 1, 2, ..., as far as the values are objects. */
function follow(
  run: Run,
  from: Json | typeof STATES | undefined,
  keys: readonly string[],
  count: number,
): Reached {
  let value: Json | undefined;
  let next = 1;
  if (from === STATES) {
    value = statesMember(run.scope, keys[1]!);
    next = 2;
  } else {
    value = from;
  }
  for (; next <= count && isObject(value); next += 1) value = memberOf(value, keys[next]!);
  if (next <= count && !isArray(value)) return { value: undefined, next };
  return { value, next };
}

interface Step {
  readonly evaluate: Evaluate;
  readonly filters: readonly Filter[];
}

function compileStep(step: Node, names: Names, compile: NodeCompiler): Step {
  if (step.focus !== undefined || step.index !== undefined || step.group !== undefined)
    throw notHere;
  const filters = compile.filters(step.stages ?? [], names);
  return { evaluate: compileStepNode(step, names, compile), filters };
}

function compileStepNode(step: Node, names: Names, compile: NodeCompiler): Evaluate {
  if (step.tuple === true) throw notHere;
  if (step.type === "variable" && step.predicate === undefined)
    return compile.variable(step.value, names);
  if (step.type !== "name") return compile.node(step, names);
  const key = step.value;
  const keep = step.keepArray === true;
  return (run, context) => {
    run.charge(1);
    if (isRecord(context))
      return Object.hasOwn(context, key) ? settled(context[key], keep) : undefined;
    return isList(context) ? settled(lookup(run, context, key), keep) : undefined;
  };
}

function takeStep(
  run: Run,
  step: Step,
  sequence: readonly Value[],
  last: boolean,
): readonly Value[] {
  run.charge(sequence.length);
  const results: Value[] = [];
  for (const item of sequence) {
    let value = step.evaluate(run, item);
    for (const filter of step.filters) value = filter(run, value);
    if (value !== undefined) results.push(value);
  }
  return joinedResults(run, results, last);
}
