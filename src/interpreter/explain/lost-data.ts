/** Finds the state after which a member of the data was not there any more. */
import type { State } from "../../asl/definition.ts";
import type { Explanation } from "./explanation.ts";
import type { FailureSite } from "./failure-site.ts";
import { valueAt } from "./path-diagnosis.ts";
import { keysOf, shown } from "./shown-value.ts";

/** Visits that are looked at, backwards. */
export const MAX_LOOKED_BACK = 50;

/**
 * Where `path` (about the state's input) was lost; the summary begins with a blank, to follow another
 * sentence. Undefined: it was never there, or not within reach.
 */
export function lostData(
  { past, visit, state }: FailureSite,
  path: string,
): Explanation | undefined {
  if (visit === undefined || state === undefined || !/^\$[.[]/u.test(path)) return undefined;
  let looked = 0;
  for (const earlier of past.before(visit)) {
    if (++looked > MAX_LOOKED_BACK) return undefined;
    const input = past.input(earlier);
    const output = past.output(earlier);
    const had = input === undefined ? undefined : valueAt(path, input);
    if (had === undefined || output === undefined || valueAt(path, output) !== undefined) continue;
    const loser = past.state(earlier);
    if (loser === undefined) return undefined;
    const { why, fix } = reasonOf(loser);
    return {
      summary: ` State '${earlier.name}' had it in its input and lost it: ${why}.`,
      facts: [
        { label: `${path} before '${earlier.name}'`, value: shown(had) },
        { label: `Output of '${earlier.name}'`, value: `${keysOf(output)}: ${shown(output, 300)}` },
      ],
      fixes: [fix],
    };
  }
  return undefined;
}

function reasonOf(state: State): { readonly why: string; readonly fix: string } {
  const { name } = state;
  if (state.language === "JSONata") {
    return {
      why: "its output does not carry it on",
      fix: `Carry it on in the Output of '${name}', e.g. "{% $merge([$states.input, {'result': $states.result}]) %}", or keep it in a variable with Assign.`,
    };
  }
  if ("outputPath" in state && state.outputPath !== undefined) {
    const path = state.outputPath === null ? "null" : `"${state.outputPath.text}"`;
    return {
      why: `its OutputPath ${path} lets only a part through`,
      fix: `Remove the OutputPath of '${name}', or widen it.`,
    };
  }
  if ("resultPath" in state && state.resultPath === undefined) {
    return {
      why: "it has no ResultPath, so its result replaced the whole input",
      fix: `Give '${name}' a ResultPath such as "$.${resultName(name)}" (the result is added to the input), or null (the input goes on as it is).`,
    };
  }
  return {
    why: "its InputPath, ResultPath and OutputPath leave it out",
    fix: `Review InputPath, ResultPath and OutputPath of '${name}'.`,
  };
}

/** A member name made of a state's name: `Validate order` gives `validateOrder`. */
function resultName(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const joined = words
    .map(
      (word, index) =>
        (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1),
    )
    .join("");
  return /^\p{L}/u.test(joined) ? joined : "result";
}
