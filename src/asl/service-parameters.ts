/** What AWS itself does with the parameters of service integrations, before any call. */
import type { Json } from "../json/json.ts";
import { isObject } from "../json/kind.ts";
import type { Resource } from "./definition.ts";
import { httpParameterProblems, type Notation, type ParameterProblem } from "./http-parameters.ts";
import type { StateSource } from "./source.ts";

/** Reports what is wrong with the literal parts of `Parameters` or `Arguments`. */
export function checkServiceParameters(
  { fields, language }: StateSource,
  resource: Resource,
): void {
  const name = language === "JSONata" ? "Arguments" : "Parameters";
  const parameters = fields.get(name);
  // Without parameters it gets the state's input; an expression may give anything.
  if (!isObject(parameters)) return;
  for (const { at, message } of problemsOf(resource, parameters, language)) {
    fields.report.schema(message, fields.at(name) + at);
  }
}

/** Why an attempt with these parameters cannot be started; empty: it can. */
export function unusableParameters(resource: Resource, parameters: Json): readonly string[] {
  return problemsOf(resource, parameters, "None").map(({ message }) => message);
}

/** The parameters as the history shows them: with what AWS adds (recorded). */
export function completedParameters(resource: Resource, parameters: Json): Json {
  return isEcsJob(resource) && isObject(parameters)
    ? { ...parameters, StartedBy: "AWS Step Functions" }
    : parameters;
}

function problemsOf(
  resource: Resource,
  parameters: Json,
  notation: Notation,
): readonly ParameterProblem[] {
  if (resource.type === "Service" && resource.service === "http") {
    return httpParameterProblems(parameters, notation);
  }
  return isEcsJob(resource) ? ecsJobProblems(parameters, notation) : [];
}

function isEcsJob(resource: Resource): boolean {
  return (
    resource.type === "Service" &&
    resource.service === "ecs" &&
    resource.action === "runTask" &&
    resource.pattern === "Sync"
  );
}

/** One task is run and waited for, and Step Functions says who starts it (recorded). */
function ecsJobProblems(parameters: Json, notation: Notation): readonly ParameterProblem[] {
  if (!isObject(parameters)) return [];
  return Object.keys(parameters)
    .map((key) => (notation === "JSONPath" ? key.replace(/\.\$$/, "") : key))
    .filter((field) => field === "Count" || field === "StartedBy")
    .map((field) => ({
      at: "",
      message: `The field '${field}' is not supported by Step Functions`,
    }));
}
