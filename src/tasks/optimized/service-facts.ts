/**
 * What is known of one optimized integration. A service is a table of facts; the mechanism that calls,
 * waits, stops and words errors is the same for all of them (`service-task.ts`).
 */
import type { TaskCall } from "../../engine/ports.ts";
import type { JsonObject } from "../../json/json.ts";

export interface ServiceFacts {
  /** As in a resource: `elasticmapreduce`. */
  readonly service: string;
  /** The service as AwsCaller names it: `emr`. */
  readonly client: string;
  /** What errors begin with: `EMR`. */
  readonly errorPrefix: string;
  /** The service in version 1 of the AWS SDK for Java, as causes quote it: `AmazonElasticMapReduce`. */
  readonly serviceName: string;
  /**
   * Errors that this SDK has a class of its own for, without their ending `Exception`; all others
   * share the service's class (`AmazonElasticMapReduceException`).
   */
  readonly exceptions: readonly string[];
  /** The class, without its ending, of error codes that are named otherwise. */
  readonly codes?: Readonly<Record<string, string>>;
  readonly actions: Readonly<Record<string, ActionFacts>>;
}

/** What a step of an action may do besides. */
export interface ActionTools {
  readonly call: TaskCall;
  /** Calls another operation; the answer's members. Rejects with AwsCallError. */
  readonly send: (
    operation: string,
    parameters: JsonObject,
    client?: string,
  ) => Promise<JsonObject>;
}

export interface ActionFacts {
  /** The operation that carries it out, if it has another name than the action. */
  readonly operation?: string;
  /** The client, if it is another one than the service's. */
  readonly client?: string;
  /** Parameter that makes a repeated call harmless; filled in from the attempt unless it is given. */
  readonly token?: string;
  /**
   * What the service refuses, in its words. Asked here too, since work-alikes of AWS take such
   * requests, or break on them.
   */
  readonly refusal?: (parameters: JsonObject) => Refusal | undefined;
  /** The request out of the parameters. Rejects with TaskFailure. Default: the parameters. */
  readonly request?: (
    parameters: JsonObject,
    tools: ActionTools,
  ) => JsonObject | Promise<JsonObject>;
  /** The result out of the answer. Rejects with TaskFailure. Default: the answer. */
  readonly result?: (
    answer: JsonObject,
    parameters: JsonObject,
    tools: ActionTools,
  ) => JsonObject | Promise<JsonObject>;
  /** Whether the result tells of the HTTP answer too. Default: yes. */
  readonly metadata?: boolean;
  /** Lists that are absent from an answer are shown empty, as this SDK does for some services. */
  readonly emptyLists?: boolean;
  /** How `.sync` waits; absent: there is no `.sync`. */
  readonly job?: JobFacts;
}

/** An error that a service answers. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** What names a job, in the words of the polling request. */
export type JobId = Readonly<Record<string, string>>;

export interface JobFacts {
  /** The job in what the submission answered; undefined: the answer does not tell. */
  readonly id: (submitted: JsonObject, parameters: JsonObject) => JobId | undefined;
  /** The operation that tells how the job is. */
  readonly poll: string;
  /** The request of `poll`. Default: the job's id. */
  readonly describe?: (id: JobId) => JsonObject;
  /** The job in the answer of `poll`; undefined: it is not there. Default: the answer. */
  readonly found?: (answer: JsonObject) => JsonObject | undefined;
  /** Where the job's status stands in it. */
  readonly status: readonly string[];
  readonly running: readonly string[];
  readonly succeeded: readonly string[];
  readonly failed: readonly string[];
  /** Has the last word about a job whose status is one of `succeeded`. */
  readonly isSuccess?: (job: JsonObject) => boolean;
  /** Error codes of `poll` that mean success: what was to be deleted is gone. */
  readonly goneCodes?: readonly string[];
  /** Ends the job when nobody waits for it any more; absent: AWS lets it run, too. */
  readonly stop?: { readonly operation: string; readonly request: (id: JobId) => JsonObject };
  /** What the task gives: out of the job and the answer of the submission. Default: the job. */
  readonly output?: (job: JsonObject, submitted: JsonObject) => JsonObject;
}
