/** Two executions beside each other: which states both went through, and where they parted. */
import { jsonEquals } from "../../json/equal.ts";
import { parseJson } from "../../json/parse.ts";
import type { StateVisit } from "../visits/state-visit.ts";
import { jsonDifferences, type JsonDifferences } from "./json-differences.ts";
import {
  outcomeOf,
  type RecordedExecution,
  type RecordedPayload,
  type RecordedVisit,
} from "./recorded-visit.ts";

export interface Comparison {
  /** In the order of the first execution; those that only the second has come where they came there. */
  readonly visits: readonly ComparedVisit[];
  readonly counts: Readonly<Record<ComparedVisit["verdict"], number>>;
  /** Where they parted; undefined: they did not. Durations alone do not count. */
  readonly firstDivergence: Divergence | undefined;
  /** Whether an execution has more visits than were compared. */
  readonly isCut: boolean;
}

export interface ComparedVisit {
  /** State, branch or iteration, and number of the visit. */
  readonly key: string;
  readonly state: string;
  readonly type: string;
  readonly verdict: "SAME" | "DIFFERS" | "ONLY_IN_FIRST" | "ONLY_IN_SECOND";
  readonly differs: readonly Difference[];
  readonly first: VisitFacts | undefined;
  readonly second: VisitFacts | undefined;
  /** Which members differ; undefined: none, or not known. */
  readonly input: JsonDifferences | undefined;
  readonly output: JsonDifferences | undefined;
}

export type Difference = "input" | "output" | "error" | "duration" | "retries";

export interface VisitFacts {
  readonly enteredEventId: number;
  /** Undefined: it was not left. */
  readonly exitedEventId: number | undefined;
  readonly durationMilliseconds: number | undefined;
  readonly retries: number;
  /** Of its last failure, also if it was retried or caught. */
  readonly error: string | undefined;
}

export interface Divergence {
  /** Index among the visits. */
  readonly index: number;
  readonly key: string;
  /** One sentence. */
  readonly summary: string;
}

/** Differing visits whose members are told. */
const MAX_DETAILED = 200;
/** A duration differs if one is twice the other, and by at least a second. */
const DURATION_FACTOR = 2;
const DURATION_MILLISECONDS = 1_000;

interface Pair {
  readonly first: RecordedVisit | undefined;
  readonly second: RecordedVisit | undefined;
}

export function compareExecutions(first: RecordedExecution, second: RecordedExecution): Comparison {
  let detailed = 0;
  const visits = align(first.visits, second.visits).map((pair): ComparedVisit => {
    const differs = differencesOf(pair);
    const isData = differs.includes("input") || differs.includes("output");
    return compared(pair, differs, isData && detailed++ < MAX_DETAILED);
  });
  const counts = { SAME: 0, DIFFERS: 0, ONLY_IN_FIRST: 0, ONLY_IN_SECOND: 0 };
  for (const { verdict } of visits) counts[verdict] += 1;
  const isCut = first.isCut || second.isCut;
  return { visits, counts, firstDivergence: divergenceOf(visits, first, second), isCut };
}

function align(first: readonly RecordedVisit[], second: readonly RecordedVisit[]): Pair[] {
  const others = new Map(second.map((visit) => [visit.key, visit]));
  const own = new Set(first.map(({ key }) => key));
  const pairs: Pair[] = [];
  let next = 0;
  const addOnlySecond = (until: number): void => {
    for (; next < until; next++) {
      const visit = second[next];
      if (visit !== undefined && !own.has(visit.key))
        pairs.push({ first: undefined, second: visit });
    }
  };
  const places = new Map(second.map(({ key }, index) => [key, index]));
  for (const visit of first) {
    const place = places.get(visit.key);
    if (place !== undefined) addOnlySecond(place);
    pairs.push({ first: visit, second: others.get(visit.key) });
  }
  addOnlySecond(second.length);
  return pairs;
}

function differencesOf({ first, second }: Pair): Difference[] {
  if (first === undefined || second === undefined) return [];
  const [a, b] = [factsOf(first.visit), factsOf(second.visit)];
  const differs: Difference[] = [];
  if (!isSame(first.input, second.input)) differs.push("input");
  if (!isSame(first.output, second.output)) differs.push("output");
  if (a.error !== b.error) differs.push("error");
  if (isLonger(a.durationMilliseconds, b.durationMilliseconds)) differs.push("duration");
  if (a.retries !== b.retries) differs.push("retries");
  return differs;
}

function isSame(a: RecordedPayload | undefined, b: RecordedPayload | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.length === b.length && a.hash === b.hash) return true;
  const [left, right] = [parsed(a), parsed(b)];
  return left !== undefined && right !== undefined && jsonEquals(left, right);
}

function parsed({ text }: RecordedPayload): Parameters<typeof jsonEquals>[0] | undefined {
  const value = text === undefined ? undefined : parseJson(text);
  return value?.ok === true ? value.value : undefined;
}

function isLonger(a: number | undefined, b: number | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const [less, more] = a < b ? [a, b] : [b, a];
  return more - less >= DURATION_MILLISECONDS && more >= less * DURATION_FACTOR;
}

function compared(
  { first, second }: Pair,
  differs: readonly Difference[],
  isDetailed: boolean,
): ComparedVisit {
  const { key, visit } = (first ?? second)!;
  const verdict =
    first === undefined
      ? "ONLY_IN_SECOND"
      : second === undefined
        ? "ONLY_IN_FIRST"
        : differs.length === 0
          ? "SAME"
          : "DIFFERS";
  const members = (which: "input" | "output"): JsonDifferences | undefined =>
    isDetailed && differs.includes(which) ? membersOf(first?.[which], second?.[which]) : undefined;
  return {
    key,
    state: visit.name,
    type: visit.type,
    verdict,
    differs,
    first: first && factsOf(first.visit),
    second: second && factsOf(second.visit),
    input: members("input"),
    output: members("output"),
  };
}

function membersOf(
  first: RecordedPayload | undefined,
  second: RecordedPayload | undefined,
): JsonDifferences | undefined {
  const a = first && parsed(first);
  const b = second && parsed(second);
  return a === undefined || b === undefined ? undefined : jsonDifferences(a, b);
}

function factsOf(visit: StateVisit): VisitFacts {
  const { enteredEventId, exitedEventId, enteredAt, exitedAt } = visit;
  return {
    enteredEventId,
    exitedEventId,
    durationMilliseconds: exitedAt === undefined ? undefined : exitedAt - enteredAt,
    ...outcomeOf(visit),
  };
}

/** A Map differs in its output because of what happened inside: what shows first counts. */
function divergenceOf(
  visits: readonly ComparedVisit[],
  { status }: RecordedExecution,
  other: RecordedExecution,
): Divergence | undefined {
  let found: { index: number; at: number } | undefined;
  for (const [index, visit] of visits.entries()) {
    const at = shownAt(visit);
    if (at !== undefined && (found === undefined || at < found.at)) found = { index, at };
  }
  const visit = found && visits[found.index];
  if (found === undefined || visit === undefined) return undefined;
  return { index: found.index, key: visit.key, summary: summaryOf(visit, status, other.status) };
}

/** Id of the event with which the difference shows. */
function shownAt({ verdict, differs, first, second }: ComparedVisit): number | undefined {
  const facts = first ?? second;
  if (verdict === "SAME" || facts === undefined) return undefined;
  if (verdict !== "DIFFERS" || differs.includes("input")) return facts.enteredEventId;
  if (differs.every((difference) => difference === "duration")) return undefined;
  return first?.exitedEventId ?? second?.exitedEventId ?? facts.enteredEventId;
}

function summaryOf(visit: ComparedVisit, first: string, second: string): string {
  const name = `${visit.type} state '${visit.state}'`;
  switch (visit.verdict) {
    case "ONLY_IN_FIRST":
      return `Only the first execution (${first}) went to ${name}.`;
    case "ONLY_IN_SECOND":
      return `Only the second execution (${second}) went to ${name}.`;
    default:
      return `${name} differs in ${visit.differs.join(", ")}.${membersText(visit)}`;
  }
}

function membersText({ input, output }: ComparedVisit): string {
  const which = input === undefined ? "output" : "input";
  const [member] = (input ?? output)?.members ?? [];
  if (member === undefined) return "";
  const { pointer, first = "not there", second = "not there" } = member;
  const what = pointer === "" ? `The ${which}` : `${which} ${pointer}`;
  return ` ${what} is ${first} in the first and ${second} in the second.`;
}
