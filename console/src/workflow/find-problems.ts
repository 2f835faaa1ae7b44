/** What the server would say about a definition, by the places that it is said about. */
import { parseDefinition } from "../../../src/asl/parse-definition.ts";
import { pathKey, type JsonPath } from "../document/json-path.ts";
import { memberOf, nodeAt, resolveLocation, type JsonDocument } from "../document/source-tree.ts";
import { stateAround } from "./states.ts";

export interface Problem {
  readonly severity: "ERROR" | "WARNING";
  readonly code: string;
  readonly message: string;
  /** What it is about; of a field that is missing, the object that lacks it. */
  readonly path: JsonPath;
  /** The state that it is in; undefined: none. */
  readonly state: JsonPath | undefined;
  /** Where it is marked in the text. */
  readonly from: number;
  readonly to: number;
}

/** In the order of the text, errors first. */
export function findProblems(
  { text, value, root }: JsonDocument,
  type: "STANDARD" | "EXPRESS",
): readonly Problem[] {
  const problems = parseDefinition(text, { type }).diagnostics.map(
    ({ severity, code, message, location }): Problem => {
      const path = resolveLocation(root, location);
      const state = stateAround(value, path);
      return { severity, code, message, path, state, ...markAt(root, text, path) };
    },
  );
  return problems.toSorted(
    (a, b) =>
      Number(a.severity === "WARNING") - Number(b.severity === "WARNING") || a.from - b.from,
  );
}

/** Marks a member's name, the value of a list's element if it is plain, else just the bracket. */
function markAt(
  root: JsonDocument["root"],
  text: string,
  path: JsonPath,
): { readonly from: number; readonly to: number } {
  const step = path.at(-1);
  const parent = nodeAt(root, path.slice(0, -1));
  if (typeof step === "string" && parent !== undefined) {
    const member = memberOf(parent, step);
    if (member !== undefined) return { from: member.keyStart, to: member.keyEnd };
  }
  const node = nodeAt(root, path) ?? root;
  const isOpen = text[node.start] === "{" || text[node.start] === "[";
  return { from: node.start, to: isOpen ? node.start + 1 : node.end };
}

export type ProblemsByPlace = ReadonlyMap<string, readonly Problem[]>;

/** By `pathKey` of the place each is about. */
export function byPlace(problems: readonly Problem[]): ProblemsByPlace {
  return grouped(problems, ({ path }) => path);
}

/** By `pathKey` of the state each is in, and of the states around that one. */
export function byState(problems: readonly Problem[]): ProblemsByPlace {
  return grouped(problems, ({ state }) => state);
}

function grouped(
  problems: readonly Problem[],
  placeOf: (problem: Problem) => JsonPath | undefined,
): ProblemsByPlace {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const place = placeOf(problem);
    if (place === undefined) continue;
    const key = pathKey(place);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [problem]);
    else known.push(problem);
  }
  return groups;
}
