import type { MachineConfiguration } from "../../engine/catalog/configuration.ts";
import { checkRoleArn, findMachine, refuseLabel } from "../arn.ts";
import { checkDefinition } from "../checked-definition.ts";
import { readEncryption, readLogging, readTracing } from "../configurations.ts";
import { errors } from "../errors.ts";
import {
  arn,
  definition,
  encryptionConfiguration,
  loggingConfiguration,
  tracingConfiguration,
  versionDescription,
} from "../model.ts";
import { operation } from "../operation.ts";
import { boolean, optional, required } from "../shapes.ts";
import { seconds } from "../time.ts";

/** Executions that run keep the revision they were started with. */
export const updateStateMachine = operation(
  "UpdateStateMachine",
  {
    stateMachineArn: required(arn),
    definition: optional(definition),
    roleArn: optional(arn),
    loggingConfiguration: optional(loggingConfiguration),
    tracingConfiguration: optional(tracingConfiguration),
    publish: optional(boolean),
    versionDescription: optional(versionDescription),
    encryptionConfiguration: optional(encryptionConfiguration),
  },
  async (input, context) => {
    refuseLabel(input.stateMachineArn);
    const machine = findMachine(context, input.stateMachineArn);
    const publish = input.publish ?? false;
    const { loggingConfiguration: logging, tracingConfiguration: tracing } = input;
    const encryption = readEncryption(input.encryptionConfiguration);
    const changes = [input.definition, input.roleArn, logging, tracing, encryption];
    if (changes.every((change) => change === undefined)) {
      throw errors.missingRequiredParameter(
        "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
      );
    }
    if (input.versionDescription !== undefined && !publish) {
      throw errors.validation("Version description can only be set when publish is true");
    }
    if (input.roleArn !== undefined) checkRoleArn(input.roleArn);
    const configuration: Partial<MachineConfiguration> = {
      ...(logging !== undefined && { logging: readLogging(logging) }),
      ...(tracing !== undefined && { tracing: readTracing(tracing) }),
      ...(encryption !== undefined && { encryption }),
    };
    const result = await context.catalog.machines.update(machine.arn, {
      definition:
        input.definition === undefined
          ? undefined
          : checkDefinition(input.definition, machine.type),
      roleArn: input.roleArn,
      configuration,
      publish,
      versionDescription: input.versionDescription,
    });
    switch (result.type) {
      case "Updated":
        return {
          updateDate: seconds(result.machine.updatedAt),
          revisionId: result.machine.revision,
          stateMachineVersionArn: result.version?.arn,
        };
      case "NotFound":
        throw errors.stateMachineDoesNotExist(input.stateMachineArn);
      case "VersionLimitExceeded":
        throw errors.serviceQuotaExceeded(
          `A state machine has at most ${context.limits.versions} versions`,
        );
    }
  },
);
