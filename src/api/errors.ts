/** Every error the API answers, with AWS's names and texts. */

/** An error that is answered as it is. */
export class ApiError extends Error {
  override readonly name: string;
  /** HTTP status. */
  readonly status: number;
  /** Further members of the body, such as `resourceName`. */
  readonly extra: Readonly<Record<string, string>>;

  constructor(
    name: string,
    message: string,
    extra: Readonly<Record<string, string>> = {},
    status = 400,
  ) {
    super(message);
    this.name = name;
    this.extra = extra;
    this.status = status;
  }
}

/** Errors by name: each makes the ApiError of its kind out of what it is about. */
export const errors = {
  activityAlreadyExists: (arn: string) =>
    new ApiError("ActivityAlreadyExists", `Activity Already Exists: '${arn}'`),
  activityDoesNotExist: (arn: string) =>
    new ApiError("ActivityDoesNotExist", `Activity Does Not Exist: '${arn}'`),
  activityLimitExceeded: (limit: number) =>
    new ApiError("ActivityLimitExceeded", `Activity Limit Exceeded: '${limit}'`),
  activityWorkerLimitExceeded: (arn: string) =>
    new ApiError("ActivityWorkerLimitExceeded", `Activity Worker Limit Exceeded: '${arn}'`),
  conflict: (message: string) => new ApiError("ConflictException", message),
  executionAlreadyExists: (arn: string) =>
    new ApiError("ExecutionAlreadyExists", `Execution Already Exists: '${arn}'`),
  executionLimitExceeded: (limit: number) =>
    new ApiError("ExecutionLimitExceeded", `Execution Limit Exceeded: '${limit}'`),
  executionDoesNotExist: (arn: string) =>
    new ApiError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`),
  executionNotRedrivable: (arn: string, reason: string) =>
    new ApiError("ExecutionNotRedrivable", `Execution ${arn} invalid for redrive as: ${reason}`),
  invalidArn: (reason: string) => new ApiError("InvalidArn", `Invalid Arn: '${reason}'`),
  invalidDefinition: (reason: string) =>
    new ApiError("InvalidDefinition", `Invalid State Machine Definition: '${reason}'`),
  invalidEncryptionConfiguration: (reason: string) =>
    new ApiError("InvalidEncryptionConfiguration", `Invalid Encryption Configuration: ${reason}`),
  invalidExecutionInput: (reason: string) =>
    new ApiError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${reason}'`),
  invalidLoggingConfiguration: (reason: string) =>
    new ApiError("InvalidLoggingConfiguration", `Invalid Logging Configuration: ${reason}`),
  invalidName: (name: string) => new ApiError("InvalidName", `Invalid Name: '${name}'`),
  invalidOutput: (reason: string) => new ApiError("InvalidOutput", `Invalid Output: '${reason}'`),
  invalidToken: () => new ApiError("InvalidToken", "Invalid Token: 'Invalid token'"),
  missingRequiredParameter: (message: string) => new ApiError("MissingRequiredParameter", message),
  resourceNotFound: (arn: string) =>
    new ApiError("ResourceNotFound", `Resource not found: '${arn}'`, { resourceName: arn }),
  serialization: (message: string) => new ApiError("SerializationException", message),
  serviceQuotaExceeded: (message: string) => new ApiError("ServiceQuotaExceededException", message),
  serviceUnavailable: (message: string) => new ApiError("ServiceUnavailable", message, {}, 503),
  stateMachineAlreadyExists: (arn: string) =>
    new ApiError("StateMachineAlreadyExists", `State Machine Already Exists: '${arn}'`),
  stateMachineDeleting: (arn: string) =>
    new ApiError("StateMachineDeleting", `State Machine Is Deleting: '${arn}'`),
  stateMachineDoesNotExist: (arn: string) =>
    new ApiError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`),
  stateMachineLimitExceeded: (limit: number) =>
    new ApiError("StateMachineLimitExceeded", `State Machine Limit Exceeded: '${limit}'`),
  stateMachineTypeNotSupported: () =>
    new ApiError(
      "StateMachineTypeNotSupported",
      "This operation is not supported by this type of state machine",
    ),
  taskDoesNotExist: () =>
    new ApiError("TaskDoesNotExist", "Task Does Not Exist: 'Provided task does not exist'"),
  taskTimedOut: () =>
    new ApiError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'"),
  tooManyTags: (arn: string) =>
    new ApiError("TooManyTags", `Too Many Tags: '${arn}'`, { resourceName: arn }),
  unknownOperation: (name: string) =>
    new ApiError(
      "UnknownOperationException",
      name === ""
        ? "the X-Amz-Target header must name an operation: AWSStepFunctions.<Operation>"
        : `${name} is not an operation of this server`,
    ),
  validation: (message: string, reason?: string) =>
    new ApiError("ValidationException", message, reason === undefined ? {} : { reason }),
} as const;
