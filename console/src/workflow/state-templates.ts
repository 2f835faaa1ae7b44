/** States as they are when they are put into a definition. */
import type { JsonObject } from "../../../src/json/json.ts";
import type { StateType } from "../graph/graph-model.ts";

export type QueryLanguage = "JSONPath" | "JSONata";

/** A new state of a type other than Task, the last one of its machine. */
export function newState(type: Exclude<StateType, "Task">, language: QueryLanguage): JsonObject {
  switch (type) {
    case "Pass":
      return { Type: "Pass", End: true };
    case "Wait":
      return { Type: "Wait", Seconds: 5, End: true };
    case "Choice":
      return { Type: "Choice", Choices: [{}] };
    case "Succeed":
      return { Type: "Succeed" };
    case "Fail":
      return { Type: "Fail" };
    case "Parallel":
      return { Type: "Parallel", Branches: [{ States: {} }, { States: {} }], End: true };
    case "Map":
      return {
        Type: "Map",
        ...itemsOf(language),
        ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, States: {} },
        End: true,
      };
  }
}

export function newDistributedMap(language: QueryLanguage): JsonObject {
  return {
    Type: "Map",
    ...itemsOf(language),
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      States: {},
    },
    MaxConcurrency: 1000,
    End: true,
  };
}

function itemsOf(language: QueryLanguage): JsonObject {
  return language === "JSONata" ? { Items: "{% $states.input.items %}" } : { ItemsPath: "$.items" };
}

export function newTask(resource: string, language: QueryLanguage, given: JsonObject): JsonObject {
  const field = language === "JSONata" ? "Arguments" : "Parameters";
  const hasNone = Object.keys(given).length === 0;
  return { Type: "Task", Resource: resource, ...(hasNone ? {} : { [field]: given }), End: true };
}

/** A member that is read from the state's input, written in `language`: `"Payload.$": "$"`. */
export function readMember(
  name: string,
  language: QueryLanguage,
  read: { readonly path: string; readonly jsonata: string },
): JsonObject {
  return language === "JSONata"
    ? { [name]: `{% ${read.jsonata} %}` }
    : { [`${name}.$`]: read.path };
}

export const WHOLE_INPUT = { path: "$", jsonata: "$states.input" };
export const TASK_TOKEN = { path: "$$.Task.Token", jsonata: "$states.context.Task.Token" };
