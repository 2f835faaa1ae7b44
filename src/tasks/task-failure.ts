/** How an integration says that a task failed, with the texts AWS would put into the history. */
import type { TaskReport } from "../engine/ports.ts";

/** Which of AWS's failure events the task gets. */
type TaskFailureKind = NonNullable<Parameters<TaskReport["failed"]>[2]>;

/** A task's failure: `error` and `cause` as Retry, Catch and the history show them. */
export class TaskFailure extends Error {
  override readonly name = "TaskFailure";
  readonly error: string;
  readonly kind: TaskFailureKind;

  /** @param cause Text of the failure event's `cause`; at most 32,768 characters are kept. */
  constructor(error: string, cause: string, kind: TaskFailureKind = "Failed") {
    super(cause.slice(0, MAX_CAUSE_LENGTH));
    this.error = error.slice(0, MAX_ERROR_LENGTH);
    this.kind = kind;
  }
}

/** Lengths of `error` and `cause` in AWS's API model. */
const MAX_ERROR_LENGTH = 256;
const MAX_CAUSE_LENGTH = 32_768;
