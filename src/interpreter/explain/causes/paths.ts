/** Paths of JSONPath states that lead nowhere, or to a value that cannot be used. */
import type { State } from "../../../asl/definition.ts";
import type { Json } from "../../../json/json.ts";
import { isObject } from "../../../json/kind.ts";
import { parseJson } from "../../../json/parse.ts";
import { sentence, type Explanation, type Fact } from "../explanation.ts";
import type { FailureSite } from "../failure-site.ts";
import { lostData } from "../lost-data.ts";
import { effectiveInput, pathDocument } from "../path-document.ts";
import {
  alternativeFix,
  diagnosePath,
  diagnosisText,
  valueAt,
  type PathDiagnosis,
} from "../path-diagnosis.ts";
import { described, shown } from "../shown-value.ts";
import { stateTitle } from "./recognizer.ts";

/** InputPath, OutputPath or ItemsPath leads nowhere. */
export function stagePath(site: FailureSite): Explanation | undefined {
  const found = /^Invalid path '([\s\S]*?)' : ([\s\S]*)$/u.exec(site.reason);
  const { state } = site;
  if (found === null || state === undefined) return undefined;
  const path = found[1] ?? "";
  const field = stageField(state, path, site.after);
  const input = field === "ItemsPath" ? effectiveInputOf(site) : site.input;
  const document = field === "OutputPath" ? undefined : pathDocument(site, path, input);
  return missingPath(site, path, field, document);
}

/** A `….$` of a template, ErrorPath or CausePath leads nowhere. */
export function templatePath(site: FailureSite): Explanation | undefined {
  const found =
    /^The JSONPath '([\s\S]*?)' specified for the field '([\s\S]*?)' could not be found in the input '([\s\S]*)'$/u.exec(
      site.reason,
    );
  if (found === null) return undefined;
  const [, path = "", field = "", text = ""] = found;
  const parsed = parseJson(text);
  const document = parsed.ok ? parsed.value : undefined;
  const isText = field === "ErrorPath" || field === "CausePath";
  const place = isText
    ? field
    : `'${field}' of ${isErrorOutput(document) ? "Assign of its Catch" : templateField(site)}`;
  return missingPath(site, path, place, document);
}

/** ResultPath cannot be applied: something on the way is not an object. */
export function resultPath(site: FailureSite): Explanation | undefined {
  if (site.error !== "States.ResultPathMatchFailure") return undefined;
  const path = /^Unable to apply ReferencePath (\S+) to input /u.exec(site.reason)?.[1];
  if (path === undefined) return undefined;
  const diagnosis = site.input === undefined ? undefined : diagnosePath(path, site.input);
  const why = diagnosis === undefined ? "" : ` ${obstacle(diagnosis)}.`;
  return {
    summary: `${stateTitle(site)}: its ResultPath ${path} cannot be applied to its input.${why}`,
    facts: [
      { label: "ResultPath", value: path },
      { label: "Input of the state", value: shown(site.input, 600) },
    ],
    fixes: [
      `Choose a ResultPath whose way leads through objects only, e.g. "$.result"; missing objects are made, other values are not replaced.`,
      "An item of an array can be replaced only if it is there.",
    ],
  };
}

function obstacle({ existing, found, missing }: PathDiagnosis): string {
  const place = existing === "$" ? "The input" : existing;
  return typeof missing === "number"
    ? `${place} is ${described(found)}, and [${missing}] is not one of its items`
    : `${place} is ${described(found)}, not an object`;
}

/** What SecondsPath and TimestampPath give cannot be waited for. */
export function waitValue(site: FailureSite): Explanation | undefined {
  const found =
    /^The (SecondsPath|TimestampPath) parameter (does not reference an input value|cannot be parsed|references a|does not reference a valid)[^:]*: ([\s\S]*)$/u.exec(
      site.reason,
    );
  const { state } = site;
  if (found === null || state?.type !== "Wait") return undefined;
  const [, field = "", what = "", rest = ""] = found;
  const path = rest.split(" == ")[0] ?? rest;
  const document = pathDocument(site, path, effectiveInput(site, state.inputPath));
  if (what === "does not reference an input value") return missingPath(site, path, field, document);
  const value = document === undefined ? undefined : valueAt(path, document);
  const wanted =
    field === "SecondsPath"
      ? "a whole number from 0 to 99999999"
      : 'a text such as "2030-01-31T12:00:00Z" (ISO 8601 with seconds and an offset)';
  return {
    summary: `Wait state '${state.name}': ${field} ${path} gives ${described(value)}, which it cannot wait for; it needs ${wanted}.`,
    facts: [
      { label: path, value: shown(value) },
      { label: "Input of the state", value: shown(site.input, 600) },
    ],
    fixes: [`Make ${path} ${wanted}.`],
  };
}

/** A number that is read from the data, e.g. TimeoutSecondsPath, cannot be used. */
export function amountValue(site: FailureSite): Explanation | undefined {
  const { state, reason } = site;
  const missing = /^The (\w+Path) parameter does not reference an input value: ([\s\S]*)$/u.exec(
    reason,
  );
  if (state === undefined) return undefined;
  if (missing !== null) {
    const [, field = "", path = ""] = missing;
    return missingPath(site, path, field, pathDocument(site, path, effectiveInputOf(site)));
  }
  const wrong =
    /^The (\w+Path) field refers to value "([\s\S]*)" which is not a valid (integer|float): ([\s\S]*)$/u.exec(
      reason,
    );
  if (wrong !== null) {
    const [, field = "", value = "", kind = "", path = ""] = wrong;
    return {
      summary: `${stateTitle(site)}: ${field} ${path} gives ${shown(value)}, which is not ${kind === "integer" ? "a whole number" : "a number"}.`,
      facts: [{ label: "Input of the state", value: shown(site.input, 600) }],
      fixes: [`Make ${path} a number.`],
    };
  }
  const bound = /^(\w+) must be (greater than or equal to \d+|between 0 and 100)\.$/u.exec(reason);
  if (bound === null) return undefined;
  return {
    summary: `${stateTitle(site)}: the value of ${bound[1]}Path is out of bounds; it must be ${bound[2]}.`,
    facts: [{ label: "Input of the state", value: shown(site.input, 600) }],
    fixes: [`Give ${bound[1]}Path a value that is ${bound[2]}.`],
  };
}

/** ErrorPath or CausePath of a Fail state gives no text. */
export function failTextValue(site: FailureSite): Explanation | undefined {
  const found =
    /^The (ErrorPath|CausePath) '([\s\S]*)' must refer to a string but was ([\s\S]*)$/u.exec(
      site.reason,
    );
  if (found === null) return undefined;
  const [, field = "", path = "", value = ""] = found;
  return {
    summary: `${stateTitle(site)}: ${field} ${path} must give a text, but gives ${value.slice(0, 100)}.`,
    facts: [{ label: "Input of the state", value: shown(site.input, 600) }],
    fixes: [`Use States.JsonToString(${path}) as ${field}, or a path that leads to a text.`],
  };
}

function missingPath(
  site: FailureSite,
  path: string,
  field: string,
  document: Json | undefined,
): Explanation {
  const diagnosis = document === undefined ? undefined : diagnosePath(path, document);
  const why =
    diagnosis === undefined || diagnosis.missing === undefined
      ? ""
      : ` ${sentence(diagnosisText(diagnosis))}`;
  const lost = lostData(site, path);
  const about: Fact[] =
    document === undefined
      ? []
      : [{ label: "What the path is about", value: shown(document, 600) }];
  return {
    summary: `${stateTitle(site)}: ${field} reads ${path}, which is not there.${why}${lost?.summary ?? ""}`,
    facts: [
      { label: "Field", value: field },
      { label: "Path", value: path },
      ...about,
      ...(lost?.facts ?? []),
      { label: "Input of the state", value: shown(site.input, 600) },
    ],
    fixes: [
      ...alternativeFix(diagnosis, path),
      ...(lost?.fixes ?? []),
      `Make the state before '${site.visit?.name ?? ""}' give ${path}, or check with a Choice and IsPresent that it is there.`,
    ],
  };
}

function effectiveInputOf(site: FailureSite): Json | undefined {
  const { state } = site;
  return state === undefined || state.type === "Fail"
    ? site.input
    : effectiveInput(site, state.inputPath);
}

/** The same path may stand in two fields: then the moment decides. */
function stageField(state: State, path: string, after: string): string {
  if (state.type === "Fail") return "A path";
  const isWritten = (field: { readonly text: string } | null | undefined): boolean =>
    field?.text === path;
  const before = after.endsWith("Entered");
  if (before && isWritten(state.inputPath)) return "InputPath";
  if (state.type === "Map" && isWritten(state.itemsPath)) return "ItemsPath";
  if (isWritten(state.outputPath)) return "OutputPath";
  return isWritten(state.inputPath) ? "InputPath" : "A path";
}

/** What a catcher's Assign is about. */
function isErrorOutput(document: Json | undefined): boolean {
  return isObject(document) && Object.keys(document).join() === "Error,Cause";
}

/** Which template it was, by the moment. */
function templateField({ state, after }: FailureSite): string {
  if (after.endsWith("Succeeded")) return "ResultSelector (or Assign)";
  if (state?.type === "Map" && after !== "MapStateEntered") return "ItemSelector";
  if (state?.type === "Pass" || state?.type === "Task" || state?.type === "Parallel") {
    return state.parameters === undefined ? "Assign" : "Parameters";
  }
  return state?.type === "Map" ? "Parameters" : "Assign";
}
