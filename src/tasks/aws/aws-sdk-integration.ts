/** The integrations of the AWS SDK, `arn:aws:states:::aws-sdk:SERVICE:ACTION`, of every service. */
import type { TaskCall } from "../../engine/ports.ts";
import { stringify } from "../../json/stringify.ts";
import { answerTooLong } from "../answer-too-long.ts";
import type { ServiceFamily } from "../service-integration.ts";
import { TaskFailure } from "../task-failure.ts";
import { attemptId } from "../workflows/attempt-id.ts";
import { AwsCallError, type AwsCaller } from "./aws-caller.ts";
import { javaExceptionName, javaServiceName } from "./java-names.ts";
import { roleOf } from "./role-of.ts";

export const AWS_SDK_PREFIX = "aws-sdk:";

/** Does not close the caller, which others use too. */
export function awsSdkIntegration(caller: AwsCaller): ServiceFamily {
  return {
    prefix: AWS_SDK_PREFIX,
    patterns: ["RequestResponse", "WaitForTaskToken"],
    async run(call, { service, action }, progress) {
      try {
        const role = roleOf(call);
        const answer = await caller.call({
          service: service.slice(AWS_SDK_PREFIX.length),
          action,
          parameters: call.parameters,
          memberNames: "Java",
          roleArn: role?.arn,
          externalId: role?.externalId,
          idempotencyToken: attemptId(call),
          signal: progress.signal,
          sending: () => progress.started(),
        });
        return answer.output;
      } catch (error) {
        throw error instanceof AwsCallError ? sdkFailure(error, call) : error;
      }
    },
    close: () => Promise.resolve(),
  };
}

/** In the words of version 2 of the AWS SDK for Java (recorded from AWS). */
function sdkFailure(error: AwsCallError, call: TaskCall): TaskFailure {
  const prefix = javaServiceName(error.serviceId);
  switch (error.kind) {
    case "Service": {
      const name = error.shape === "" ? `${prefix}Exception` : javaExceptionName(error.shape);
      return new TaskFailure(
        `${prefix}.${name}`,
        `${serviceCause(error, prefix)}${attempts(error)}`,
      );
    }
    case "Client":
      return new TaskFailure(`${prefix}.SdkClientException`, `${error.message}${attempts(error)}`);
    case "Parameters":
      return new TaskFailure(
        "States.Runtime",
        `The Parameters '${stringify(call.parameters)}' could not be used to start the Task: [${error.message}]`,
      );
    case "Unknown":
      return new TaskFailure("States.Runtime", error.message);
    case "Role":
      return new TaskFailure("States.TaskFailed", error.message);
    case "TooLong":
      return answerTooLong(call);
  }
}

function serviceCause(error: AwsCallError, service: string): string {
  const { httpStatusCode, requestId, extendedRequestId } = error;
  const facts = [
    `Service: ${service}`,
    `Status Code: ${httpStatusCode}`,
    `Request ID: ${requestId === "" ? "null" : requestId}`,
    ...(extendedRequestId === "" ? [] : [`Extended Request ID: ${extendedRequestId}`]),
  ];
  return `${error.message} (${facts.join(", ")})`;
}

function attempts(error: AwsCallError): string {
  return ` (SDK Attempt Count: ${error.attempts})`;
}
