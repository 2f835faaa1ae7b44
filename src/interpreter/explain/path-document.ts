/** What a path of a state is about: the input of the state, a variable or the context object. */
import type { PathField } from "../../asl/definition.ts";
import { compilePath } from "../../data/path.ts";
import type { Json } from "../../json/json.ts";
import type { StateVisit } from "../visits/state-visit.ts";
import type { FailureSite } from "./failure-site.ts";
import type { Past } from "./past.ts";

export interface VisitData {
  readonly past: Past;
  readonly visit: StateVisit | undefined;
  readonly input: Json | undefined;
}

/** InputPath applied to the raw input; undefined: not known. */
export function effectiveInput(
  { past, visit, input }: VisitData,
  path: PathField,
): Json | undefined {
  if (path === undefined || input === undefined || visit === undefined) return input;
  return path === null ? {} : path.read(past.scope(visit, input));
}

/** The value that the path starts at, where `$` is `input`. */
export function pathDocument(
  { past, visit }: Pick<FailureSite, "past" | "visit">,
  text: string,
  input: Json | undefined,
): Json | undefined {
  if (visit === undefined || /^\$\$\.(?:Map|Task)\b/u.test(text)) return undefined;
  const path = compilePath(text);
  if ("problem" in path) return undefined;
  if (path.variable !== undefined) return past.variable(visit, path.variable);
  return text.startsWith("$$") ? past.context(visit) : input;
}
