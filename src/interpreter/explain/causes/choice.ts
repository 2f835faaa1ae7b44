/** Choice states: no rule matched, or a rule reads what is not there. */
import type { ChoiceRule, ChoiceState } from "../../../asl/definition.ts";
import type { StateVisit } from "../../visits/state-visit.ts";
import { sentence, type Explanation, type Fact } from "../explanation.ts";
import { expressionFacts } from "../expression-facts.ts";
import type { FailureSite } from "../failure-site.ts";
import { lostData } from "../lost-data.ts";
import type { Past } from "../past.ts";
import { effectiveInput, pathDocument } from "../path-document.ts";
import { alternativeFix, diagnosePath, diagnosisText } from "../path-diagnosis.ts";
import { count, shown } from "../shown-value.ts";
import { findingsOf, leavesOf, type Finding } from "./choice-findings.ts";

/** Rules that are told in full. */
const MAX_RULES = 20;

export function noChoiceMatched(site: FailureSite): Explanation | undefined {
  const { state, visit, error } = site;
  if (error !== "States.NoChoiceMatched" || state?.type !== "Choice" || visit === undefined) {
    return undefined;
  }
  const { facts, findings } = ruleFacts(site.past, visit, state);
  const [only] = findings;
  const detail = findings.length === 1 && only !== undefined ? ` It wants ${only.text}.` : "";
  const rules =
    state.choices.length === 1
      ? "its only rule did not match"
      : `none of its ${state.choices.length} rules matched`;
  return {
    summary: `Choice state '${state.name}': ${rules}, and it has no Default to fall back to.${detail}`,
    facts,
    fixes: [
      ...findings.flatMap(({ hint }) => hint ?? []),
      `Add a Default to '${state.name}', so that unexpected values have somewhere to go.`,
      "Check that the Variable paths name the fields that the state before gives.",
    ],
  };
}

export function choicePathMissing(site: FailureSite): Explanation | undefined {
  const found =
    /^Invalid path '([\s\S]*)': The choice state's condition path references an invalid value\.$/u.exec(
      site.reason,
    );
  const { state, visit } = site;
  if (found === null || state?.type !== "Choice" || visit === undefined) return undefined;
  const path = found[1] ?? "";
  const document = pathDocument(site, path, effectiveInput(site, state.inputPath));
  const diagnosis = document === undefined ? undefined : diagnosePath(path, document);
  const index = state.choices.findIndex(({ test }) => reads(test, path));
  const lost = lostData(site, path);
  const why = diagnosis === undefined ? "" : ` ${sentence(diagnosisText(diagnosis))}`;
  return {
    summary: `Choice state '${state.name}': a rule reads ${path}, which is not there.${why}${lost?.summary ?? ""}`,
    facts: [
      { label: "Rule", value: index < 0 ? "unknown" : ruleText(state, index) },
      { label: "Input of the state", value: shown(site.input, 600) },
      ...(lost?.facts ?? []),
    ],
    fixes: [
      ...alternativeFix(diagnosis, path),
      ...(lost?.fixes ?? []),
      `Ask first whether it is there: { "And": [{ "Variable": "${path}", "IsPresent": true }, { the rule }] }.`,
      `Or make the state before '${state.name}' give ${path}.`,
    ],
  };
}

/** All rules of a Choice beside the values they met in this visit. */
export function ruleFacts(
  past: Past,
  visit: StateVisit,
  state: ChoiceState,
): { readonly facts: readonly Fact[]; readonly findings: readonly Finding[] } {
  const raw = past.input(visit);
  const input =
    raw === undefined ? undefined : effectiveInput({ past, visit, input: raw }, state.inputPath);
  const findings: Finding[] = [];
  const facts = state.choices.slice(0, MAX_RULES).map((rule, index): Fact => {
    const found = findingsOf(past, visit, rule, input);
    findings.push(...found);
    const value = found.map(({ text }) => text).join("; ");
    return { label: `Choices[${index}] → ${rule.next}`, value };
  });
  const more = state.choices.length - facts.length;
  const rest: Fact[] = more > 0 ? [{ label: "More", value: count(more, "rule") }] : [];
  const expressions = state.choices
    .slice(0, MAX_RULES)
    .flatMap(({ test }) => (test.type === "Condition" ? [test.condition.text ?? ""] : []));
  const values = expressionFacts({ past, visit, input: raw }, expressions.join("\n"));
  const shownInput: Fact = { label: "Input of the state", value: shown(raw, 600) };
  return { facts: [...facts, ...rest, ...values, shownInput], findings };
}

function reads(test: ChoiceRule["test"], path: string): boolean {
  if (test.type === "Condition") return false;
  return leavesOf(test).some(
    ({ leaf }) =>
      leaf.variable.text === path ||
      (leaf.type === "Compare" && leaf.operand.type === "Path" && leaf.operand.path.text === path),
  );
}

function ruleText(state: ChoiceState, index: number): string {
  const rule = state.choices[index];
  return `Choices[${index}] → ${rule?.next ?? ""}`;
}
