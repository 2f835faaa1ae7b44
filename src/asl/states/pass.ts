import type { PassState } from "../definition.ts";
import { readBase, readFlow } from "../flow.ts";
import { readInputOutput, readParameters, readResultPath } from "../dialect.ts";
import type { StateSource } from "../source.ts";
import { warnOfDynamicResult } from "../suspicious.ts";

/** A state that passes its input on, or a fixed result. */
export function readPass(source: StateSource): PassState {
  const { fields } = source;
  const result = fields.get("Result");
  if (result !== undefined) warnOfDynamicResult(result, fields.at("Result"), fields.report);
  return {
    type: "Pass",
    ...readBase(source),
    ...readInputOutput(source),
    ...readFlow(source),
    parameters: source.language === "JSONPath" ? readParameters(source, fields) : undefined,
    result,
    resultPath: readResultPath(source, fields),
  };
}
