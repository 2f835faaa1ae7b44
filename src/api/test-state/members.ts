/** The members of TestState's input. */
import { arn, cause, definition, errorName, payload } from "../model.ts";
import { boolean, integer, oneOf, optional, required, string, structure } from "../shapes.ts";
import type { InputOf } from "../shapes.ts";

const count = integer(0, 2 ** 31 - 1);
const stateName = string({ min: 1, max: 80, sensitive: true });

export const testStateMembers = {
  definition: required(definition),
  roleArn: optional(arn),
  input: optional(payload),
  inspectionLevel: optional(oneOf("INFO", "DEBUG", "TRACE")),
  revealSecrets: optional(boolean),
  variables: optional(payload),
  stateName: optional(stateName),
  mock: optional(
    structure({
      result: optional(payload),
      errorOutput: optional(structure({ error: optional(errorName), cause: optional(cause) })),
      fieldValidationMode: optional(oneOf("STRICT", "PRESENT", "NONE")),
    }),
  ),
  context: optional(payload),
  stateConfiguration: optional(
    structure({
      retrierRetryCount: optional(count),
      errorCausedByState: optional(stateName),
      mapIterationFailureCount: optional(count),
      mapItemReaderData: optional(payload),
    }),
  ),
};

export type TestStateInput = InputOf<typeof testStateMembers>;
