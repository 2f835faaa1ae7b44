/** What the API refuses, as a task's failure. */
import type { TaskCall } from "../../engine/ports.ts";
import { stringify } from "../../json/stringify.ts";
import { TaskFailure } from "../task-failure.ts";
import { WorkflowRefusal } from "./workflow-api.ts";

/** Errors that the SDK has a class of its own for; all others share that of the service. */
const NAMED = new Set([
  "ActivityAlreadyExists",
  "ActivityDoesNotExist",
  "ActivityLimitExceeded",
  "ActivityWorkerLimitExceeded",
  "ConflictException",
  "ExecutionAlreadyExists",
  "ExecutionDoesNotExist",
  "ExecutionLimitExceeded",
  "ExecutionNotRedrivable",
  "InvalidArn",
  "InvalidDefinition",
  "InvalidEncryptionConfiguration",
  "InvalidExecutionInput",
  "InvalidLoggingConfiguration",
  "InvalidName",
  "InvalidOutput",
  "InvalidToken",
  "InvalidTracingConfiguration",
  "KmsAccessDeniedException",
  "KmsInvalidStateException",
  "KmsThrottlingException",
  "MissingRequiredParameter",
  "ResourceNotFound",
  "ServiceQuotaExceededException",
  "StateMachineAlreadyExists",
  "StateMachineDeleting",
  "StateMachineDoesNotExist",
  "StateMachineLimitExceeded",
  "StateMachineTypeNotSupported",
  "TaskDoesNotExist",
  "TaskTimedOut",
  "TooManyTags",
  "ValidationException",
]);

/** The words of an integration: version 1 of the SDK behind `states`, version 2 behind `aws-sdk`. */
export type Wording = "optimized" | "sdk";

/** @returns the failure with AWS's texts; any other error as it is. */
export function workflowFailure(
  error: unknown,
  call: TaskCall,
  requestId: string,
  wording: Wording,
): unknown {
  if (!(error instanceof WorkflowRefusal)) return error;
  const { code, message, status } = error;
  if (code === "UnknownOperationException") {
    return new TaskFailure(
      "States.Runtime",
      `The service integration '${call.resource.arn}' is not available in this server.`,
    );
  }
  if (wording === "sdk") {
    const facts = `Service: Sfn, Status Code: ${status}, Request ID: ${requestId}`;
    const cause = `${message} (${facts}) (SDK Attempt Count: 1)`;
    return new TaskFailure(`Sfn.${className(code, "SfnException")}`, cause);
  }
  const facts = `Service: AWSStepFunctions; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null`;
  const name = className(code, "AWSStepFunctionsException");
  return new TaskFailure(`StepFunctions.${name}`, `${message} (${facts})`);
}

/** Names of classes end in Exception, those of some errors do not. */
function className(code: string, ofAllOthers: string): string {
  if (!NAMED.has(code)) return ofAllOthers;
  return code.endsWith("Exception") ? code : `${code}Exception`;
}

/** Parameters that cannot be sent: nothing retries or catches that, as on AWS. */
export function unusableParameters(call: TaskCall, reasons: readonly string[]): TaskFailure {
  const { parameters } = call;
  return new TaskFailure(
    "States.Runtime",
    `The Parameters '${stringify(parameters)}' could not be used to start the Task: [${reasons.join(", ")}]`,
  );
}
