import { withTags } from "../../engine/catalog/tag.ts";
import { checkRoleArn, makeArn } from "../arn.ts";
import { checkDefinition } from "../checked-definition.ts";
import { readEncryption, readLogging, readTracing } from "../configurations.ts";
import { errors } from "../errors.ts";
import {
  arn,
  definition,
  encryptionConfiguration,
  loggingConfiguration,
  name,
  stateMachineType,
  tags,
  tracingConfiguration,
  versionDescription,
} from "../model.ts";
import { checkName } from "../name.ts";
import { operation } from "../operation.ts";
import { boolean, optional, required } from "../shapes.ts";
import { readTags } from "../tags.ts";
import { seconds } from "../time.ts";

/** Idempotent by name: all but role and tags must be the same, and those are not changed then. */
export const createStateMachine = operation(
  "CreateStateMachine",
  {
    name: required(name),
    definition: required(definition),
    roleArn: required(arn),
    type: optional(stateMachineType),
    loggingConfiguration: optional(loggingConfiguration),
    tags: optional(tags),
    tracingConfiguration: optional(tracingConfiguration),
    publish: optional(boolean),
    versionDescription: optional(versionDescription),
    encryptionConfiguration: optional(encryptionConfiguration),
  },
  async (input, context) => {
    checkName(input.name);
    checkRoleArn(input.roleArn);
    const publish = input.publish ?? false;
    if (input.versionDescription !== undefined && !publish) {
      throw errors.validation("Version description can only be set when publish is true");
    }
    const machineArn = makeArn(context, "stateMachine", input.name);
    const newTags = withTags([], readTags(input.tags ?? []));
    if (newTags.length > context.limits.tags) throw errors.tooManyTags(machineArn);
    const type = input.type ?? "STANDARD";
    const result = await context.catalog.machines.create({
      arn: machineArn,
      name: input.name,
      type,
      logging: readLogging(input.loggingConfiguration),
      tracing: readTracing(input.tracingConfiguration),
      encryption: readEncryption(input.encryptionConfiguration),
      definition: checkDefinition(input.definition, type),
      roleArn: input.roleArn,
      tags: newTags,
      publish,
      versionDescription: input.versionDescription,
    });
    switch (result.type) {
      case "Created":
        return {
          stateMachineArn: result.machine.arn,
          creationDate: seconds(result.machine.createdAt),
          stateMachineVersionArn: result.version?.arn,
        };
      case "Deleting":
        throw errors.stateMachineDeleting(machineArn);
      case "Conflict":
        throw errors.stateMachineAlreadyExists(result.machine.arn);
      case "LimitExceeded":
        throw errors.stateMachineLimitExceeded(context.limits.stateMachines);
    }
  },
);
