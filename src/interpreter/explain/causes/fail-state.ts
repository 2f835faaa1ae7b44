/** A Fail state ended the execution: how the flow came there. */
import type { ChoiceState } from "../../../asl/definition.ts";
import { matches } from "../../failure.ts";
import type { StateVisit } from "../../visits/state-visit.ts";
import { cut, type Explanation, type Fact } from "../explanation.ts";
import { caughtSite, type FailureSite } from "../failure-site.ts";
import type { Past } from "../past.ts";
import { shown } from "../shown-value.ts";
import { ruleFacts } from "./choice.ts";

/** Visits before the Fail state that are looked through for a Catch or a Choice. */
const MAX_LOOKED_BACK = 20;

/** `explainCaught` explains the failure that a Catch dealt with. */
export function failState(
  site: FailureSite,
  explainCaught: (caught: FailureSite) => Explanation,
): Explanation | undefined {
  const { state, visit, past } = site;
  if (state?.type !== "Fail" || visit === undefined) return undefined;
  const what = `Fail state '${state.name}' ended it ${nameOf(site)}.`;
  const steps: string[] = [];
  let looked = 0;
  for (let to = visit, from = visit.previous; from !== undefined; to = from, from = from.previous) {
    if (++looked > MAX_LOOKED_BACK) break;
    const caught = caughtSite(past, from);
    if (caught !== undefined) {
      return fromCatch(what, from, to, steps, caught, explainCaught(caught));
    }
    const before = past.state(from);
    if (before?.type === "Choice") return fromChoice(past, what, from, to, steps, before);
    steps.push(from.name);
  }
  const way = steps.length === 0 ? "It is the first state." : `It came there from '${steps[0]}'.`;
  return {
    summary: `${what} ${way}`,
    facts: wayFacts(site),
    fixes: [
      "If that is not what was meant: check Next of the state before.",
      ...(site.error === ""
        ? [`Give '${state.name}' an Error and a Cause, so that others know why.`]
        : []),
    ],
  };
}

function nameOf({ error, cause }: FailureSite): string {
  const name = error === "" ? "without an error name" : `with the error ${cut(error, 120)}`;
  return cause === "" ? name : `${name} (${cut(cause, 200)})`;
}

function fromCatch(
  what: string,
  from: StateVisit,
  to: StateVisit,
  steps: readonly string[],
  caught: FailureSite,
  explained: Explanation,
): Explanation {
  const { past } = caught;
  const state = past.state(from);
  const failure = { error: caught.error, cause: caught.cause };
  const catchers = state !== undefined && "catch" in state ? state.catch : [];
  const index = catchers.findIndex(
    ({ errorEquals, next }) => next === to.name && matches(errorEquals, failure),
  );
  const catcher = index < 0 ? "Catch" : `Catch[${index}]`;
  const through = steps.length === 0 ? "" : ` and then ${steps.toReversed().join(", ")}`;
  return {
    summary: `${what} It came there by ${catcher} of '${from.name}'${through}, after ${caught.error || "a failure without a name"}: ${explained.summary}`,
    facts: [
      {
        label: `Caught by ${catcher} of '${from.name}'`,
        value: `${caught.error} (event ${caught.eventId})`,
      },
      { label: "Its cause", value: cut(caught.cause, 600) },
      ...explained.facts,
    ],
    fixes: explained.fixes,
  };
}

function fromChoice(
  past: Past,
  what: string,
  from: StateVisit,
  to: StateVisit,
  steps: readonly string[],
  state: ChoiceState,
): Explanation {
  const index = state.choices.findIndex(({ next }) => next === to.name);
  const isDefault = state.default === to.name && index < 0;
  const rule = isDefault ? "no rule matched, so Default was taken" : `Choices[${index}] matched`;
  const both = index >= 0 && state.default === to.name;
  const chosen = both ? `Choices[${index}] or Default was taken` : rule;
  const through = steps.length === 0 ? "" : `, through ${steps.toReversed().join(", ")}`;
  const { facts, findings } = ruleFacts(past, from, state);
  return {
    summary: `${what} It came there by Choice state '${from.name}'${through}: ${chosen}.`,
    facts,
    fixes: [
      ...(isDefault ? findings.flatMap(({ hint }) => hint ?? []) : []),
      `Check the rules of '${from.name}' against the values beside them.`,
      "Check that the Variable paths name the fields that the state before gives.",
    ],
  };
}

function wayFacts(site: FailureSite): Fact[] {
  return [{ label: "Input of the state", value: shown(site.input, 600) }];
}
