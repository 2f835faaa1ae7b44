/** The parameters of `states:startExecution` as the body of StartExecution. */
import type { TaskCall } from "../../engine/ports.ts";
import type { Json } from "../../json/json.ts";
import { isObject } from "../../json/kind.ts";
import { parseJson } from "../../json/parse.ts";
import { stringify } from "../../json/stringify.ts";
import type { ApiBody } from "./workflow-api.ts";
import { unusableParameters } from "./workflow-failure.ts";

const TEXTS = ["StateMachineArn", "Name", "TraceHeader"] as const;

/**
 * @param name The execution's name if the author gave none.
 * @throws TaskFailure States.Runtime, naming every field that is wrong.
 */
export function startBody(call: TaskCall, name: string): ApiBody & { readonly name: unknown } {
  const { parameters } = call;
  if (!isObject(parameters)) {
    throw unusableParameters(call, ["The field 'StateMachineArn' is required but was missing"]);
  }
  const reasons: string[] = [];
  for (const [field, value] of Object.entries(parameters)) {
    if (field === "Input" || value === null) continue;
    if (!TEXTS.some((known) => known === field)) {
      reasons.push(`The field '${field}' is not supported by Step Functions`);
    } else if (typeof value !== "string") {
      reasons.push(`The value for the field '${field}' must be a STRING`);
    }
  }
  const { StateMachineArn, Name, TraceHeader, Input = null } = parameters;
  if (!isGiven(StateMachineArn)) {
    reasons.push("The field 'StateMachineArn' is required but was missing");
  }
  if (reasons.length > 0) throw unusableParameters(call, reasons);
  return {
    stateMachineArn: StateMachineArn,
    name: Name ?? name,
    ...(isGiven(TraceHeader) && { traceHeader: TraceHeader }),
    ...(Input !== null && { input: inputText(Input) }),
  };
}

/** A text that is JSON already is sent as it is, as `lambda:invoke` does with its payload. */
function inputText(value: Json): string {
  return typeof value === "string" && parseJson(value).ok ? value : stringify(value);
}

function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}
