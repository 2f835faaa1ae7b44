/** Map states whose items are not an array. */
import { isArray, isObject } from "../../../json/kind.ts";
import type { Json } from "../../../json/json.ts";
import type { Explanation } from "../explanation.ts";
import type { FailureSite } from "../failure-site.ts";
import { effectiveInput, pathDocument } from "../path-document.ts";
import { valueAt } from "../path-diagnosis.ts";
import { described, shown } from "../shown-value.ts";

export function notAnArray(site: FailureSite): Explanation | undefined {
  const { state, reason } = site;
  if (state?.type !== "Map") return undefined;
  const path = /^Reference path "([\s\S]*)" must point to array\.$/u.exec(reason)?.[1];
  if (path !== undefined) return jsonPathItems(site, state.name, path);
  if (!reason.startsWith("Map state input must be an array but was: ")) return undefined;
  return {
    summary: `Map state '${state.name}' has no Items, so its input must be an array; but that is ${described(site.input)}.${insideText(site.input, "$states.input")}`,
    facts: [{ label: "Input of the state", value: shown(site.input, 600) }],
    fixes: [`Give '${state.name}' Items that lead to an array, e.g. "{% $states.input.items %}".`],
  };
}

function jsonPathItems(site: FailureSite, name: string, path: string): Explanation {
  const { state } = site;
  const inputPath = state?.type === "Map" ? state.inputPath : undefined;
  const document = pathDocument(site, path, effectiveInput(site, inputPath));
  const value = document === undefined ? undefined : valueAt(path, document);
  const field =
    state?.type === "Map" && state.itemsPath === undefined
      ? "it has no ItemsPath, and its input"
      : `ItemsPath ${path}`;
  return {
    summary: `Map state '${name}' needs an array, but ${field} is ${described(value)}.${insideText(value, path)}`,
    facts: [
      { label: `ItemsPath ${path}`, value: shown(value) },
      { label: "Input of the state", value: shown(site.input, 600) },
    ],
    fixes: [
      ...inside(value, path).map((inner) => `Set ItemsPath to "${inner}": that is an array.`),
      `Make the state before '${name}' give an array at ${path}.`,
      ...(typeof value === "string" && value.trimStart().startsWith("[")
        ? ["It is the text of an array: turn it into one with States.StringToJson."]
        : []),
    ],
  };
}

function insideText(value: Json | undefined, path: string): string {
  const [first] = inside(value, path);
  return first === undefined ? "" : ` There is an array at ${first}.`;
}

/** Arrays among the members. */
function inside(value: Json | undefined, path: string): string[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    isArray(member) && /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(key) ? [`${path}.${key}`] : [],
  );
}
