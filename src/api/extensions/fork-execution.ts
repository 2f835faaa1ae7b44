import type { ExecutionInsight } from "../../engine/execution-insight.ts";
import { isObject } from "../../json/kind.ts";
import { parseSource } from "../../json/parse.ts";
import type { Json, JsonObject } from "../../json/json.ts";
import { checkArn } from "../arn.ts";
import { checkDefinition } from "../checked-definition.ts";
import { errors } from "../errors.ts";
import { arn, definition, name, payload } from "../model.ts";
import { checkName } from "../name.ts";
import { operation } from "../operation.ts";
import type { Operation } from "../operation.ts";
import { optional, required } from "../shapes.ts";
import { seconds } from "../time.ts";
import { eventId } from "./event-id.ts";

/**
 * Starts an execution that goes on after an event of another one, with the results that were recorded
 * until then, and, if wanted, with an edited definition and edited data.
 */
export const forkExecution = (insight: ExecutionInsight): Operation =>
  operation(
    "Stepwell.ForkExecution",
    {
      executionArn: required(arn),
      eventId: required(eventId),
      name: optional(name),
      /** In the place of the definition that the older execution runs. */
      definition: optional(definition),
      /** JSON: in the place of the next state's input, or of the result of a state that has worked. */
      data: optional(payload),
      /** JSON object: variables to set in the scope of that state. */
      variables: optional(payload),
    },
    async (input) => {
      const { executionArn } = input;
      checkArn(executionArn, "execution");
      if (input.name !== undefined) checkName(input.name);
      const checked =
        input.definition === undefined ? undefined : checkDefinition(input.definition, "STANDARD");
      const result = await insight.fork({
        executionArn,
        eventId: input.eventId,
        name: input.name,
        edited: checked && { text: checked.text, definition: checked.compiled },
        data: readJson("data", input.data),
        variables: readVariables(input.variables),
      });
      if (result === undefined) throw errors.executionDoesNotExist(executionArn);
      switch (result.type) {
        case "Started":
          return { executionArn: result.executionArn, startDate: seconds(result.startedAt) };
        case "NameTaken":
          throw errors.executionAlreadyExists(result.executionArn);
        case "MachineGone":
          throw errors.validation(
            `The state machine of ${executionArn} is not in service any more`,
          );
        case "TooManyOpen":
          throw errors.executionLimitExceeded(result.limit);
        case "Mismatch":
          throw errors.validation(result.reason);
      }
    },
  );

/** Throws ValidationException. */
function readJson(field: string, text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  const parsed = parseSource(text);
  if (!parsed.ok) throw errors.validation(`'${field}' is not JSON: ${parsed.message}`);
  return parsed.value;
}

function readVariables(text: string | undefined): JsonObject | undefined {
  const value = readJson("variables", text);
  if (value === undefined || isObject(value)) return value;
  throw errors.validation("'variables' must be a JSON object: names and values");
}
