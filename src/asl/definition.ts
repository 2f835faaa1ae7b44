/**
 * A compiled Amazon States Language definition: what the parser makes of the JSON text and the
 * interpreter runs. Paths and templates are compiled; fields that exclude each other are unions, so
 * that the interpreter never asks which optional field is there.
 */
import type { Comparison, IsOperator } from "../data/compare.ts";
import type { Payload } from "../data/evaluation.ts";
import type { Expression } from "../data/expression.ts";
import type { Path } from "../data/path.ts";
import type { ReferencePath } from "../data/reference-path.ts";
import type { Json } from "../json/json.ts";

export type { Comparison, IsOperator } from "../data/compare.ts";

/** A whole state machine. */
export interface Definition extends Machine {
  readonly comment: string | undefined;
  /** Seconds for the whole execution; undefined = none. */
  readonly timeoutSeconds: number | undefined;
}

/** States with an entry point: the top level, a branch of Parallel, a Map's item processor. */
export interface Machine {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

export type StateType = State["type"];

interface StateBase {
  readonly name: string;
  /** JSON pointer of the state in the definition, e.g. `/States/A/Iterator/States/B`. */
  readonly pointer: string;
  readonly comment: string | undefined;
  /** Its own or the whole state machine's. The fields of the other language are undefined. */
  readonly language: QueryLanguage;
}

export type QueryLanguage = "JSONPath" | "JSONata";

/** `undefined`: the field is absent (the whole value); `null`: the field is null (an empty object). */
export type PathField = Path | null | undefined;

/** InputPath and OutputPath, or in JSONata Output. */
export interface InputOutput {
  readonly inputPath: PathField;
  readonly outputPath: PathField;
  /** `Output`; undefined = the result, or the input of a state without one. */
  readonly output: Payload | undefined;
}

/** Where a state goes when it is done: a state's name, or undefined for `"End": true`. */
export interface Flow {
  readonly next: string | undefined;
  /** Variables to set when the state is left; undefined = none. */
  readonly assign: Payload | undefined;
}

/** `undefined`: replace the whole input; `null`: drop the result and keep the input. */
export type ResultPathField = ReferencePath | null | undefined;

/** States that do work and merge its result: Task, Parallel, Map. */
export interface WorkFields extends StateBase, InputOutput, Flow {
  /** `Parameters` or `Arguments`; undefined = the (effective) input. */
  readonly parameters: Payload | undefined;
  readonly resultSelector: Payload | undefined;
  readonly resultPath: ResultPathField;
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface PassState extends StateBase, InputOutput, Flow {
  readonly type: "Pass";
  readonly parameters: Payload | undefined;
  /** The fixed `Result`; undefined = the (effective) input is the result. */
  readonly result: Json | undefined;
  readonly resultPath: ResultPathField;
}

export interface TaskState extends WorkFields {
  readonly type: "Task";
  readonly resource: Resource;
  readonly timeoutSeconds: Amount | undefined;
  readonly heartbeatSeconds: Amount | undefined;
  /** The `Credentials` object, usually `{ RoleArn }`. */
  readonly credentials: Payload | undefined;
}

/** A number: literal, read with a path (the `…Path` form of a field) or given by JSONata. */
export type Amount =
  | { readonly type: "Literal"; readonly value: number }
  | { readonly type: "Path"; readonly path: Path }
  | { readonly type: "Expression"; readonly payload: Payload };

/** What a Task's `Resource` names. */
export type Resource =
  | { readonly type: "Lambda"; readonly arn: string }
  | { readonly type: "Activity"; readonly arn: string }
  | {
      /** `arn:aws:states:::lambda:invoke.waitForTaskToken` and the like. */
      readonly type: "Service";
      readonly arn: string;
      /** `resourceType` in the history: `lambda`, `aws-sdk:dynamodb`, `states`, `http`, ... */
      readonly service: string;
      /** The action without its pattern: `invoke`, `startExecution`. */
      readonly action: string;
      /** `resource` in the history: the action with its pattern, `invoke.waitForTaskToken`. */
      readonly resource: string;
      readonly pattern: "RequestResponse" | "Sync" | "Sync2" | "WaitForTaskToken";
    };

export interface Retrier {
  readonly errorEquals: readonly string[];
  /** Default 1. */
  readonly intervalSeconds: number;
  /** Default 3. */
  readonly maxAttempts: number;
  /** Default 2. */
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly jitter: "FULL" | "NONE";
}

export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly next: string;
  readonly resultPath: ResultPathField;
  /** JSONata: what replaces the input; undefined = the error output. */
  readonly output: Payload | undefined;
  readonly assign: Payload | undefined;
}

/** `output` and `assign` belong to `Default`; the rules have their own. */
export interface ChoiceState extends StateBase, InputOutput {
  readonly type: "Choice";
  readonly choices: readonly ChoiceRule[];
  readonly default: string | undefined;
  /** Variables to set when `Default` is taken. */
  readonly assign: Payload | undefined;
}

export interface ChoiceRule {
  /** JSONata: `Condition`, which must give a boolean. */
  readonly test: Test | { readonly type: "Condition"; readonly condition: Payload };
  readonly next: string;
  readonly output: Payload | undefined;
  readonly assign: Payload | undefined;
}

/** A boolean over the state's input. */
export type Test =
  | { readonly type: "And"; readonly tests: readonly Test[] }
  | { readonly type: "Or"; readonly tests: readonly Test[] }
  | { readonly type: "Not"; readonly test: Test }
  | {
      readonly type: "Compare";
      readonly variable: Path;
      readonly operator: Comparison;
      /** A literal, or the path of a `…Path` operator. */
      readonly operand:
        | { readonly type: "Literal"; readonly value: Json }
        | { readonly type: "Path"; readonly path: Path };
    }
  | {
      readonly type: "Is";
      readonly variable: Path;
      readonly operator: IsOperator;
      readonly expected: boolean;
    };

export interface WaitState extends StateBase, InputOutput, Flow {
  readonly type: "Wait";
  readonly until: Until;
}

export type Until =
  | { readonly type: "Seconds"; readonly seconds: number }
  | { readonly type: "SecondsPath"; readonly path: Path }
  | { readonly type: "Timestamp"; readonly timestamp: string }
  | { readonly type: "TimestampPath"; readonly path: Path }
  /** JSONata in `Seconds`, `Timestamp`. */
  | { readonly type: "SecondsExpression" | "TimestampExpression"; readonly payload: Payload };

export interface SucceedState extends StateBase, InputOutput {
  readonly type: "Succeed";
}

export interface FailState extends StateBase {
  readonly type: "Fail";
  readonly error: FailText | undefined;
  readonly cause: FailText | undefined;
}

/** `Error`/`Cause`, or `ErrorPath`/`CausePath` (a path or an intrinsic function), or JSONata. */
export type FailText =
  | { readonly type: "Literal"; readonly value: string }
  | { readonly type: "Expression"; readonly payload: Payload }
  | { readonly type: "Path"; readonly expression: Expression };

export interface ParallelState extends WorkFields {
  readonly type: "Parallel";
  readonly branches: readonly Machine[];
}

export interface MapState extends WorkFields {
  readonly type: "Map";
  readonly processor: Machine;
  /** INLINE runs the items in this execution; DISTRIBUTED as executions of their own. */
  readonly mode: "INLINE" | "DISTRIBUTED";
  /** Type of a DISTRIBUTED Map's child executions. */
  readonly executionType: "STANDARD" | "EXPRESS" | undefined;
  readonly label: string | undefined;
  /** Default `$`. */
  readonly itemsPath: Path | undefined;
  /** JSONata `Items`: an expression, an array or an object; undefined = the input. */
  readonly items: Payload | undefined;
  readonly itemReader: ItemReader | undefined;
  readonly itemBatcher: ItemBatcher | undefined;
  readonly resultWriter: ResultWriter | undefined;
  /** `ItemSelector`, or `Parameters` of the legacy form. */
  readonly itemSelector: Payload | undefined;
  /** 0 or undefined: no limit. */
  readonly maxConcurrency: Amount | undefined;
  readonly toleratedFailureCount: Amount | undefined;
  readonly toleratedFailurePercentage: Amount | undefined;
}

/** Where a distributed Map reads its items. */
export interface ItemReader {
  /** ARN of `s3:getObject` or `s3:listObjectsV2`. */
  readonly resource: string;
  readonly parameters: Payload | undefined;
  readonly inputType: "MANIFEST" | "JSON" | "CSV" | "JSONL" | "PARQUET" | undefined;
  readonly csvHeaderLocation: "FIRST_ROW" | "GIVEN" | undefined;
  readonly csvHeaders: readonly string[] | undefined;
  readonly csvDelimiter: "COMMA" | "PIPE" | "SEMICOLON" | "SPACE" | "TAB" | undefined;
  /** JSON Pointer to the items in a JSON file. */
  readonly itemsPointer: string | undefined;
  /** What a manifest lists: data files of Athena, or the objects of an S3 inventory. */
  readonly manifestType: "ATHENA_DATA" | "S3_INVENTORY" | undefined;
  /** LOAD_AND_FLATTEN: the items of listed objects, not the objects. */
  readonly transformation: "NONE" | "LOAD_AND_FLATTEN" | undefined;
  readonly maxItems: Amount | undefined;
}

/** How a distributed Map groups its items. */
export interface ItemBatcher {
  readonly maxItemsPerBatch: Amount | undefined;
  readonly maxInputBytesPerBatch: Amount | undefined;
  readonly batchInput: Payload | undefined;
}

/** Where and how a distributed Map writes its results. */
export interface ResultWriter {
  /** ARN of `s3:putObject`; undefined: they stay in the state's output. */
  readonly resource: string | undefined;
  readonly parameters: Payload | undefined;
  readonly outputType: "JSON" | "JSONL" | undefined;
  readonly transformation: "NONE" | "COMPACT" | "FLATTEN" | undefined;
}
