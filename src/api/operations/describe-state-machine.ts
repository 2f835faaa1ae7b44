import { findDescribed, refuseLabel } from "../arn.ts";
import { arn, includedData } from "../model.ts";
import { operation } from "../operation.ts";
import { showRevision } from "../revision-output.ts";
import { optional, required } from "../shapes.ts";
import { seconds } from "../time.ts";

/**
 * Takes versions, too, and tells of one what was published; and aliases, of which it tells the
 * version with most of the weight. What is DELETING is still told.
 */
export const describeStateMachine = operation(
  "DescribeStateMachine",
  { stateMachineArn: required(arn), includedData: optional(includedData) },
  async (input, context) => {
    refuseLabel(input.stateMachineArn);
    const { machine, version, alias } = findDescribed(context, input.stateMachineArn);
    const revisionId = version?.revisionId ?? machine.revisionId;
    const compiled = await context.catalog.definitions.get(revisionId);
    return {
      stateMachineArn: (alias ?? version ?? machine).arn,
      name: machine.name,
      status: machine.status,
      type: machine.type,
      creationDate: seconds((version ?? machine).createdAt),
      description: version?.description,
      ...showRevision(compiled, input.includedData),
    };
  },
);
