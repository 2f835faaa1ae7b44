/** Intrinsic functions that could not do their work. */
import { cut, type Explanation } from "../explanation.ts";
import { pathFacts } from "../expression-facts.ts";
import { parseJson } from "../../../json/parse.ts";
import type { FailureSite } from "../failure-site.ts";
import { effectiveInput } from "../path-document.ts";
import { shown } from "../shown-value.ts";
import { stateTitle } from "./recognizer.ts";

export function intrinsicFunction(site: FailureSite): Explanation | undefined {
  const found = /^The function '([\s\S]*)' had the following error: ([\s\S]*)$/u.exec(site.reason);
  if (found === null) return undefined;
  const [, call = "", message = ""] = found;
  const name = /^[\w.]+/u.exec(call)?.[0] ?? call;
  const { state } = site;
  const absent =
    /^The JsonPath argument for the field '([\s\S]*?)' could not be found in the input '([\s\S]*)'$/u.exec(
      message.replace(/\.$/u, ""),
    );
  const about = absent === null ? undefined : parseJson(absent[2] ?? "");
  const isFirst = site.after.endsWith("Entered");
  const first =
    state === undefined || state.type === "Fail" || !isFirst
      ? undefined
      : effectiveInput(site, state.inputPath);
  const input = about?.ok === true ? about.value : first;
  const facts = pathFacts(site, call, input);
  const missing = facts.find(({ value }) => value.startsWith("not there: "));
  const cause = missing === undefined ? "" : ` ${missing.label} is ${missing.value}.`;
  const why =
    absent === null
      ? cut(message, 300).replace(/\.$/u, "")
      : `its argument ${absent[1]} is not there`;
  return {
    summary: `${stateTitle(site)}: ${cut(call, 160)} failed: ${why}.${cause}`,
    facts: [
      { label: "Call", value: cut(call, 500) },
      ...facts,
      { label: "Input of the state", value: shown(site.input, 600) },
    ],
    fixes: [
      ...(missing === undefined
        ? []
        : [`Correct the path ${missing.label}, or make the state before give it.`]),
      `Check that the arguments of ${name} have the types it takes.`,
    ],
  };
}
