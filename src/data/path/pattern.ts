/**
 * Regular expressions for filters (`=~`), in time linear in the text. JavaScript's own can take
 * exponential time, and patterns come from whoever writes a definition. A pattern becomes a list of
 * instructions; matching keeps the set of instructions that can be reached after each character.
 */
import { parsePattern, type Node } from "./pattern-parser.ts";

/** Patterns with more instructions are refused. */
const MAX_SIZE = 512;

export interface Pattern {
  /** Number of instructions; matching a text takes at most this times its length steps. */
  readonly size: number;
  /** Whether the whole text matches. */
  matches(text: string): boolean;
}

type Instruction =
  | { readonly type: "Char"; readonly accepts: (char: string) => boolean }
  | { readonly type: "Start" }
  | { readonly type: "End" }
  | { readonly type: "Fork"; targets: number[] };

/**
 * Compiles an expression. Flags: `i` ignores case, `s` lets the dot match line breaks. Refuses what
 * cannot be matched in linear time (back references, look-around) and what it does not know.
 */
export function compilePattern(source: string, flags: string): Pattern | { problem: string } {
  const unknown = /[^isu]/u.exec(flags);
  if (unknown !== null) return { problem: `unknown flag '${unknown[0]}'` };
  const node = parsePattern(source, flags.includes("i"), flags.includes("s"));
  if ("problem" in node) return node;
  const program: Instruction[] = [];
  if (!emit(node, program)) return { problem: "pattern too large" };
  return { size: program.length + 1, matches: (text) => run(program, text) };
}

/** Appends the instructions of a node; false if there are too many. */
function emit(node: Node, program: Instruction[]): boolean {
  if (program.length > MAX_SIZE) return false;
  switch (node.type) {
    case "Char":
      program.push({ type: "Char", accepts: node.accepts });
      return true;
    case "Start":
    case "End":
      program.push({ type: node.type });
      return true;
    case "Sequence":
      // Something for nothing, so that repeating it counts.
      if (node.nodes.length === 0) program.push({ type: "Fork", targets: [program.length + 1] });
      return node.nodes.every((part) => emit(part, program));
    case "Choice":
      return emitChoice(node.nodes, program);
    case "Repeat":
      return emitRepeat(node.node, node.min, node.max, program);
  }
}

function emitChoice(nodes: readonly Node[], program: Instruction[]): boolean {
  const fork: Instruction = { type: "Fork", targets: [] };
  const ends: { type: "Fork"; targets: number[] }[] = [];
  program.push(fork);
  for (const node of nodes) {
    fork.targets.push(program.length);
    if (!emit(node, program)) return false;
    const end = { type: "Fork" as const, targets: [] };
    ends.push(end);
    program.push(end);
  }
  for (const end of ends) end.targets.push(program.length);
  return true;
}

function emitRepeat(node: Node, min: number, max: number, program: Instruction[]): boolean {
  for (let count = 0; count < min; count += 1) if (!emit(node, program)) return false;
  if (max === Infinity) {
    const fork: Instruction = { type: "Fork", targets: [] };
    const start = program.push(fork) - 1;
    if (!emit(node, program)) return false;
    program.push({ type: "Fork", targets: [start] });
    fork.targets = [start + 1, program.length];
    return true;
  }
  const forks: { type: "Fork"; targets: number[] }[] = [];
  for (let count = min; count < max; count += 1) {
    const fork = { type: "Fork" as const, targets: [program.length + 1] };
    forks.push(fork);
    program.push(fork);
    if (!emit(node, program)) return false;
  }
  for (const fork of forks) fork.targets.push(program.length);
  return true;
}

function run(program: readonly Instruction[], text: string): boolean {
  // reached[i] is the step at which instruction i was last reached; the end is program.length.
  const reached = new Int32Array(program.length + 1).fill(-1);
  let current: number[] = [];
  const chars = Array.from(text);
  const reach = (target: number, step: number, states: number[]): void => {
    const open = [target];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (reached[at] === step) continue;
      reached[at] = step;
      const instruction = program[at];
      if (instruction === undefined || instruction.type === "Char") states.push(at);
      else if (instruction.type === "Fork") open.push(...instruction.targets);
      else if (step === (instruction.type === "Start" ? 0 : chars.length)) open.push(at + 1);
    }
  };
  reach(0, 0, current);
  for (const [index, char] of chars.entries()) {
    const following: number[] = [];
    for (const at of current) {
      const instruction = program[at];
      if (instruction?.type === "Char" && instruction.accepts(char)) {
        reach(at + 1, index + 1, following);
      }
    }
    if (following.length === 0) return false;
    current = following;
  }
  return reached[program.length] === chars.length;
}
