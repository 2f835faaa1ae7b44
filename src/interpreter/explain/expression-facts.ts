/** The values that an expression refers to, as far as the history has them. */
import type { Json } from "../../json/json.ts";
import type { Fact } from "./explanation.ts";
import { diagnosePath, diagnosisText } from "./path-diagnosis.ts";
import type { VisitData } from "./path-document.ts";
import { described, shown } from "./shown-value.ts";

/** References of one expression that are told. */
const MAX_REFERENCES = 8;
const INPUT = /\$states\.input((?:\.(?:[\p{ID_Start}_]\p{ID_Continue}*|`[^`]+`)|\[\d+\])*)/gu;
const VARIABLE = /\$([\p{ID_Start}_]\p{ID_Continue}*)(?!\p{ID_Continue}|\s*\()/gu;

/** What `$states.input.…` and `$variable` in a JSONata text were. */
export function expressionFacts({ past, visit, input }: VisitData, text: string): Fact[] {
  const facts = new Map<string, string>();
  if (input !== undefined) {
    for (const [whole, steps = ""] of text.matchAll(INPUT)) {
      const path = `$${steps.replaceAll(/\.`([^`]+)`/gu, "['$1']")}`;
      facts.set(whole, valueText(input, path));
    }
  }
  for (const [whole, name = ""] of text.matchAll(VARIABLE)) {
    if (name === "states" || visit === undefined || facts.has(whole)) continue;
    const value = past.variable(visit, name);
    if (value !== undefined) facts.set(whole, shown(value));
  }
  return [...facts].slice(0, MAX_REFERENCES).map(([label, value]) => ({ label, value }));
}

/** What the paths among the arguments of intrinsic functions were. `input`: what `$` means. */
export function pathFacts(
  { past, visit }: VisitData,
  text: string,
  input: Json | undefined,
): Fact[] {
  const facts = new Map<string, string>();
  for (const [path] of text.matchAll(
    /\$\$?(?:[\p{ID_Start}_]\p{ID_Continue}*)?(?:\.[\p{ID_Continue}-]+|\[[^\]]*\])*/gu,
  )) {
    const variable = /^\$([\p{ID_Start}_]\p{ID_Continue}*)/u.exec(path)?.[1];
    const document =
      visit === undefined
        ? undefined
        : variable !== undefined
          ? past.variable(visit, variable)
          : path.startsWith("$$")
            ? past.context(visit)
            : input;
    if (document !== undefined) facts.set(path, valueText(document, path));
  }
  return [...facts].slice(0, MAX_REFERENCES).map(([label, value]) => ({ label, value }));
}

function valueText(document: Json, path: string): string {
  const diagnosis = diagnosePath(path, document);
  if (diagnosis === undefined) return described(document);
  return diagnosis.missing === undefined
    ? shown(diagnosis.found)
    : `not there: ${diagnosisText(diagnosis)}`;
}
