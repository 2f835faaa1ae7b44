/** The Step Functions API of this very server, as tasks call it: no HTTP, no credentials. */

/** The body of a request or an answer: AWS's members in camelCase, times in epoch seconds. */
export type ApiBody = Readonly<Record<string, unknown>>;

/** What a call brings besides its body. */
export interface WorkflowRequest {
  readonly requestId: string;
  /** Aborts when nobody waits for the answer any more; a long poll ends then. */
  readonly signal: AbortSignal;
  /**
   * Names the attempt of a task that asks. StartExecution answers the same attempt twice with the
   * same execution, whatever has become of that; undefined: by AWS's rules only.
   */
  readonly startedBy?: string | undefined;
}

/** An execution after its end. */
export interface EndedWorkflow {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: string;
  /** Epoch milliseconds, like `stoppedAt`. */
  readonly startedAt: number;
  readonly stoppedAt: number | undefined;
  /** JSON text. */
  readonly input: string;
  readonly output: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly traceHeader: string | undefined;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
}

export interface WorkflowApi {
  /** Carries out an operation by AWS's name, e.g. `StartExecution`. Rejects with WorkflowRefusal. */
  call(operation: string, input: ApiBody, request: WorkflowRequest): Promise<ApiBody>;
  /**
   * Resolves when the execution has ended, or with undefined if there is none or `signal` aborts.
   * Rejects with WorkflowRefusal of status 503 if that cannot be told now.
   */
  ended(executionArn: string, signal: AbortSignal): Promise<EndedWorkflow | undefined>;
}

/** An error that the API answers. */
export class WorkflowRefusal extends Error {
  override readonly name = "WorkflowRefusal";
  /** AWS's name of the error, e.g. `StateMachineDoesNotExist`. */
  readonly code: string;
  /** HTTP status; 503: the same call may do later. */
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
