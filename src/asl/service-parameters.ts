/** Checks of the parameters of service integrations that AWS makes itself, before any call. */
import type { Json } from "../json/json.ts";
import { isObject } from "../json/kind.ts";
import type { Resource } from "./definition.ts";
import { httpParameterProblems } from "./http-parameters.ts";
import type { StateSource } from "./source.ts";

/** Reports what is wrong with the literal parts of `Parameters` or `Arguments`. */
export function checkServiceParameters(
  { fields, language }: StateSource,
  resource: Resource,
): void {
  if (!isHttpInvoke(resource)) return;
  const name = language === "JSONata" ? "Arguments" : "Parameters";
  const parameters = fields.get(name);
  // Without parameters it gets the state's input; an expression may give anything.
  if (!isObject(parameters)) return;
  for (const { at, message } of httpParameterProblems(parameters, language)) {
    fields.report.schema(message, fields.at(name) + at);
  }
}

/** Why an attempt with these parameters cannot be started; empty: it can. */
export function unusableParameters(resource: Resource, parameters: Json): readonly string[] {
  if (!isHttpInvoke(resource)) return [];
  return httpParameterProblems(parameters, "None").map(({ message }) => message);
}

function isHttpInvoke(resource: Resource): boolean {
  return resource.type === "Service" && resource.service === "http";
}
