import { findMachine, refuseLabel } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn, versionDescription } from "../model.ts";
import { operation } from "../operation.ts";
import { optional, required, string } from "../shapes.ts";
import { seconds } from "../time.ts";

/** Idempotent: the same revision keeps its version. */
export const publishStateMachineVersion = operation(
  "PublishStateMachineVersion",
  {
    stateMachineArn: required(arn),
    revisionId: optional(string({ max: 256 })),
    description: optional(versionDescription),
  },
  async (input, context) => {
    refuseLabel(input.stateMachineArn);
    const { machines } = context.catalog;
    const machine = findMachine(context, input.stateMachineArn);
    const result = await machines.publish(machine.arn, input.revisionId, input.description);
    switch (result.type) {
      case "Published":
        return {
          stateMachineVersionArn: result.version.arn,
          creationDate: seconds(result.version.createdAt),
        };
      case "NotFound":
        throw errors.stateMachineDoesNotExist(input.stateMachineArn);
      case "OtherRevision":
        throw errors.conflict(
          `Failed to publish the State Machine version for revision ${input.revisionId}. The current State Machine revision is ${result.current}.`,
        );
      case "VersionLimitExceeded":
        throw errors.serviceQuotaExceeded(
          `A state machine has at most ${context.limits.versions} versions`,
        );
    }
  },
);
