import { parseDefinition } from "../../asl/parse-definition.ts";
import { definition, stateMachineType } from "../model.ts";
import { operation } from "../operation.ts";
import { integer, oneOf, optional, required } from "../shapes.ts";

const MAX_DIAGNOSTICS = 100;

/** Never fails for a bad definition: it says what is wrong with it. */
export const validateStateMachineDefinition = operation(
  "ValidateStateMachineDefinition",
  {
    definition: required(definition),
    type: optional(stateMachineType),
    severity: optional(oneOf("ERROR", "WARNING")),
    maxResults: optional(integer(0, MAX_DIAGNOSTICS)),
  },
  async (input) => {
    const type = input.type ?? "STANDARD";
    const { diagnostics } = parseDefinition(input.definition, { type });
    const errors = diagnostics.filter(({ severity }) => severity === "ERROR");
    const wanted = input.severity === "WARNING" ? diagnostics : errors;
    // 0 and absent mean the maximum.
    const limit = input.maxResults === 0 ? MAX_DIAGNOSTICS : (input.maxResults ?? MAX_DIAGNOSTICS);
    return {
      result: errors.length === 0 ? "OK" : "FAIL",
      diagnostics: wanted.slice(0, limit).map(({ severity, code, message, location }) => ({
        severity,
        code,
        message,
        location,
      })),
      truncated: wanted.length > limit,
    };
  },
);
