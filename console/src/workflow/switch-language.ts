/** Changes the query language of a state or of a whole definition. */
import { isForeign } from "../../../src/asl/query-language.ts";
import type { JsonObject } from "../../../src/json/json.ts";
import { isArray, isObject } from "../../../src/json/kind.ts";
import type { DocumentEditor } from "../document/document-editor.ts";
import type { JsonPath } from "../document/json-path.ts";
import { COMPARISON_OPERATORS } from "../../../src/asl/choice-rules.ts";
import { setField } from "./edit-field.ts";
import type { QueryLanguage } from "./state-templates.ts";
import { allStates, languageOf } from "./states.ts";

const RULE_FIELDS: Readonly<Record<QueryLanguage, readonly string[]>> = {
  JSONPath: ["Variable", "And", "Or", "Not", ...COMPARISON_OPERATORS],
  JSONata: ["Condition", "Output"],
};

/** Fields of a state that `language` does not have, from the state: they are lost. */
export function foreignFields(state: JsonObject, language: QueryLanguage): readonly JsonPath[] {
  const other = language === "JSONata" ? "JSONPath" : "JSONata";
  const own = Object.keys(state).filter((name) => isForeign(name, language));
  const inList = (field: string, names: readonly string[]): JsonPath[] => {
    const list = state[field];
    return (isArray(list) ? list : []).flatMap((element, index) =>
      isObject(element)
        ? names.filter((name) => Object.hasOwn(element, name)).map((name) => [field, index, name])
        : [],
    );
  };
  const inObject = (field: string): JsonPath[] => {
    const object = state[field];
    return isObject(object)
      ? Object.keys(object)
          .filter((name) => isForeign(name, language))
          .map((name) => [field, name])
      : [];
  };
  return [
    ...own.map((name) => [name]),
    ...inList("Choices", RULE_FIELDS[other]),
    ...inList("Catch", language === "JSONata" ? ["ResultPath"] : ["Output"]),
    ...["ItemReader", "ItemBatcher", "ResultWriter"].flatMap(inObject),
  ];
}

/** Payload fields that both have under other names; they keep what is no path. */
const RENAMED: Readonly<Record<QueryLanguage, readonly [from: string, to: string]>> = {
  JSONata: ["Parameters", "Arguments"],
  JSONPath: ["Arguments", "Parameters"],
};

/** What is lost if the states at these paths get another language: `CheckValid: Choices[0].Variable`. */
export function lostFields(
  states: readonly { readonly name: string; readonly state: JsonObject }[],
  language: QueryLanguage,
): readonly string[] {
  return states.flatMap(({ name, state }) =>
    foreignFields(state, language)
      .filter((steps) => !isRenamed(state, steps, language))
      .map((steps) => `${name}: ${steps.map(String).join(".")}`),
  );
}

/** Constants are written alike in both languages. */
function isRenamed(state: JsonObject, steps: JsonPath, language: QueryLanguage): boolean {
  const [from] = RENAMED[language];
  const payload = state[from];
  const isWork = state["Type"] === "Task" || state["Type"] === "Parallel";
  return steps.length === 1 && steps[0] === from && isWork && !readsAnything(payload ?? null);
}

function readsAnything(value: unknown): boolean {
  return /\.\$"\s*:|\{%/.test(JSON.stringify(value));
}

export function switchState(editor: DocumentEditor, path: JsonPath, language: QueryLanguage): void {
  const state = editor.get(path);
  if (!isObject(state)) return;
  const [from, to] = RENAMED[language];
  for (const steps of foreignFields(state, language)) {
    if (isRenamed(state, steps, language)) editor.rename([...path, from], to);
    else setField(editor, path, steps, undefined);
  }
  const whole = editor.get(["QueryLanguage"]) === "JSONata" ? "JSONata" : "JSONPath";
  setField(editor, path, ["QueryLanguage"], language === whole ? undefined : language);
}

export function switchDefinition(editor: DocumentEditor, language: QueryLanguage): void {
  const states = [...allStates(editor.value)];
  for (const { path } of states) {
    if (languageOf(editor.value, path) !== language) switchState(editor, path, language);
    setField(editor, path, ["QueryLanguage"], undefined);
  }
  // JSONPath is what is meant by nothing.
  setField(editor, [], ["QueryLanguage"], language === "JSONPath" ? undefined : language);
}
