/** Choice states: no rule matched, or a rule reads what is not there. */
import type { ChoiceRule, ChoiceState, Test } from "../../../asl/definition.ts";
import { compareWith, isOperator } from "../../../data/compare.ts";
import type { Path } from "../../../data/path.ts";
import { isNumber } from "../../../json/number.ts";
import type { Json } from "../../../json/json.ts";
import type { StateVisit } from "../../visits/state-visit.ts";
import { sentence, type Explanation, type Fact } from "../explanation.ts";
import { expressionFacts } from "../expression-facts.ts";
import type { FailureSite } from "../failure-site.ts";
import { lostData } from "../lost-data.ts";
import type { Past } from "../past.ts";
import { effectiveInput, pathDocument } from "../path-document.ts";
import { alternativeFix, diagnosePath, diagnosisText } from "../path-diagnosis.ts";
import { count, described, shown } from "../shown-value.ts";

/** Rules that are told in full. */
const MAX_RULES = 20;

/** One test of a rule beside the value it met. */
interface Finding {
  /** `$.status StringEquals "PAID", but $.status is "paid"`. */
  readonly text: string;
  /** What would make it match; undefined: no guess. */
  readonly hint: string | undefined;
}

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

function findingsOf(
  past: Past,
  visit: StateVisit,
  { test }: ChoiceRule,
  input: Json | undefined,
): Finding[] {
  if (test.type === "Condition") {
    return [{ text: `Condition ${test.condition.text ?? "(not an expression)"}`, hint: undefined }];
  }
  return leaves(test, false).map(({ leaf, isNegated }) => {
    const not = isNegated ? "not " : "";
    const read = (path: Path): Json | undefined | "unknown" =>
      input === undefined || /^\$\$\.(?:Map|Task)\b/u.test(path.text)
        ? "unknown"
        : path.read(past.scope(visit, input));
    const value = read(leaf.variable);
    const actual = value === "unknown" ? "(not in the history)" : described(value);
    const variable = leaf.variable.text;
    if (leaf.type === "Is") {
      const verdict =
        value === "unknown" ? "" : verdictText(isOperator(leaf.operator, value) === leaf.expected);
      return {
        text: `${not}${variable} ${leaf.operator} ${leaf.expected}: ${variable} is ${actual}${verdict}`,
        hint: undefined,
      };
    }
    const operand = leaf.operand.type === "Literal" ? leaf.operand.value : read(leaf.operand.path);
    const wanted =
      leaf.operand.type === "Literal"
        ? shown(leaf.operand.value, 80)
        : `${leaf.operand.path.text} (${operand === "unknown" ? "not in the history" : shown(operand, 80)})`;
    const isKnown = value !== undefined && operand !== undefined;
    const verdict = isKnown ? verdictText(compareWith(leaf.operator, value, operand)) : "";
    const hint =
      isKnown && !isNegated ? hintOf(variable, leaf.operator, value, operand) : undefined;
    return {
      text: `${not}${variable} ${leaf.operator} ${wanted}, but ${variable} is ${actual}${verdict}`,
      hint,
    };
  });
}

function verdictText(holds: boolean): string {
  return holds ? " (this holds)" : "";
}

/** Why two values that look alike are not equal for the operator. */
function hintOf(
  variable: string,
  operator: string,
  value: Json,
  operand: Json,
): string | undefined {
  const isText = typeof value === "string";
  if (isText && typeof operand === "string" && operator.startsWith("String")) {
    if (value.trim().toLowerCase() === operand.trim().toLowerCase() && value !== operand) {
      return `${variable} differs only in case or blanks: ${shown(value)} is not ${shown(operand)}.`;
    }
    return undefined;
  }
  const type = /^(?:Numeric|String|Boolean|Timestamp)/u.exec(operator)?.[0];
  const fits =
    type === "Numeric" ? isNumber(value) : type === "Boolean" ? typeof value === "boolean" : isText;
  return fits
    ? undefined
    : `${operator} never holds for ${described(value)}: make ${variable} a ${type === "Numeric" ? "number" : (type ?? "").toLowerCase()}, or use an operator for its type.`;
}

type Leaf = Extract<Test, { readonly type: "Compare" | "Is" }>;

function leaves(test: Test, isNegated: boolean): { leaf: Leaf; isNegated: boolean }[] {
  switch (test.type) {
    case "And":
    case "Or":
      return test.tests.flatMap((one) => leaves(one, isNegated));
    case "Not":
      return leaves(test.test, !isNegated);
    default:
      return [{ leaf: test, isNegated }];
  }
}

function reads(test: ChoiceRule["test"], path: string): boolean {
  if (test.type === "Condition") return false;
  return leaves(test, false).some(
    ({ leaf }) =>
      leaf.variable.text === path ||
      (leaf.type === "Compare" && leaf.operand.type === "Path" && leaf.operand.path.text === path),
  );
}

function ruleText(state: ChoiceState, index: number): string {
  const rule = state.choices[index];
  return `Choices[${index}] → ${rule?.next ?? ""}`;
}
