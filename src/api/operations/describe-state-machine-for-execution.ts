import { checkDescribableArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn, includedData } from "../model.ts";
import { operation } from "../operation.ts";
import { showRevision } from "../revision-output.ts";
import { optional, required } from "../shapes.ts";
import { seconds } from "../time.ts";

/** The item processor of the Map state at that JSON pointer, as AWS shows it to its children. */
function itemProcessor(definition: string, pointer: string): string {
  let place: unknown = JSON.parse(definition);
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    place = (place as Record<string, unknown>)[key];
  }
  const { ItemProcessor, Iterator } = place as Record<"ItemProcessor" | "Iterator", object>;
  const { ProcessorConfig: _, ...machine } = (ItemProcessor ?? Iterator) as Record<string, unknown>;
  return JSON.stringify(machine);
}

/** The state machine as it was when the execution was started. */
export const describeStateMachineForExecution = operation(
  "DescribeStateMachineForExecution",
  { executionArn: required(arn), includedData: optional(includedData) },
  async (input, context) => {
    checkDescribableArn(input.executionArn);
    const execution = await context.engine.describe(input.executionArn);
    if (execution === undefined) throw errors.executionDoesNotExist(input.executionArn);
    const compiled = await context.catalog.definitions.get(execution.revisionId);
    const { stateMachineArn, child } = execution;
    // A child execution's ARN of the state machine ends with `/LABEL`.
    const name = stateMachineArn.slice(stateMachineArn.lastIndexOf(":") + 1).split("/", 1)[0];
    const shown = showRevision(compiled, input.includedData);
    const facts = { stateMachineArn, name, updateDate: seconds(compiled.revision.createdAt) };
    if (child === undefined) return { ...facts, ...shown };
    const isWithData = input.includedData !== "METADATA_ONLY";
    return {
      ...facts,
      ...shown,
      definition: isWithData ? itemProcessor(compiled.revision.definition, child.pointer) : "{}",
      variableReferences: undefined,
      mapRunArn: child.mapRunArn,
      label: child.label,
    };
  },
);
