/** Small groups of states for what workflows often need. */
import type { JsonObject } from "../../../src/json/json.ts";
import type { StateType } from "../graph/graph-model.ts";
import { actionArguments } from "./action-arguments.ts";
import type { Fragment } from "./fragment.ts";
import {
  newDistributedMap,
  newTask,
  readMember,
  TASK_TOKEN,
  WHOLE_INPUT,
  type QueryLanguage,
} from "./state-templates.ts";

export interface Pattern {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly type: StateType;
  readonly keywords: string;
  readonly make: (language: QueryLanguage) => Fragment;
}

const INVOKE = "arn:aws:states:::lambda:invoke";

function invoke(language: QueryLanguage): JsonObject {
  return newTask(INVOKE, language, actionArguments("lambda:invoke", language));
}

/** The state with fields that stand before its End. */
function withFields(state: JsonObject, fields: JsonObject): JsonObject {
  const { End, ...rest } = state;
  return { ...rest, ...fields, ...(End === undefined || "Next" in fields ? {} : { End }) };
}

function rule(
  language: QueryLanguage,
  jsonata: string,
  comparison: JsonObject,
  next: string,
): JsonObject {
  return language === "JSONata"
    ? { Condition: `{% ${jsonata} %}`, Next: next }
    : { ...comparison, Next: next };
}

const BACKOFF: JsonObject = {
  ErrorEquals: ["States.ALL"],
  IntervalSeconds: 1,
  MaxAttempts: 3,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: "FULL",
};

export const PATTERNS: readonly Pattern[] = [
  {
    id: "retry-fallback",
    title: "Retry, then fall back",
    description: "Tries a call several times with growing pauses; if all fail, goes another way.",
    type: "Task",
    keywords: "catch error backoff resilience",
    make: (language) => ({
      StartAt: "Try the call",
      States: {
        "Try the call": withFields(invoke(language), {
          Retry: [BACKOFF],
          Catch: [{ ErrorEquals: ["States.ALL"], Next: "Fall back" }],
        }),
        "Fall back": { Type: "Pass", End: true },
      },
    }),
  },
  {
    id: "poll",
    title: "Poll until it is done",
    description: "Starts a job, then asks again and again until it has ended.",
    type: "Wait",
    keywords: "job status loop wait",
    make: (language) => ({
      StartAt: "Start the job",
      States: {
        "Start the job": withFields(invoke(language), { Next: "Wait a while" }),
        "Wait a while": { Type: "Wait", Seconds: 10, Next: "Get the status" },
        "Get the status": withFields(invoke(language), {
          ...(language === "JSONata" ? { Output: "{% $states.result.Payload %}" } : {}),
          ...(language === "JSONata" ? {} : { OutputPath: "$.Payload" }),
          Next: "Is it done?",
        }),
        "Is it done?": {
          Type: "Choice",
          Choices: [
            rule(
              language,
              "$states.input.status = 'SUCCEEDED'",
              { Variable: "$.status", StringEquals: "SUCCEEDED" },
              "The job is done",
            ),
            rule(
              language,
              "$states.input.status = 'FAILED'",
              { Variable: "$.status", StringEquals: "FAILED" },
              "The job failed",
            ),
          ],
          Default: "Wait a while",
        },
        "The job failed": { Type: "Fail", Error: "JobFailed", Cause: "The job ended with FAILED" },
        "The job is done": { Type: "Pass", End: true },
      },
    }),
  },
  {
    id: "approval",
    title: "Ask a person",
    description: "Sends a task token, and waits until somebody answers with it, or for a day.",
    type: "Task",
    keywords: "human approval callback token wait sns",
    make: (language) => ({
      StartAt: "Ask for approval",
      States: {
        "Ask for approval": withFields(
          newTask("arn:aws:states:::sns:publish.waitForTaskToken", language, {
            TopicArn: "arn:aws:sns:us-east-1:123456789012:approvals",
            Message: {
              ...readMember("taskToken", language, TASK_TOKEN),
              ...readMember("question", language, WHOLE_INPUT),
            },
          }),
          {
            TimeoutSeconds: 86_400,
            Catch: [{ ErrorEquals: ["States.Timeout"], Next: "Nobody answered" }],
            Next: "Is it approved?",
          },
        ),
        "Is it approved?": {
          Type: "Choice",
          Choices: [
            rule(
              language,
              "$states.input.approved",
              { Variable: "$.approved", BooleanEquals: true },
              "It is approved",
            ),
          ],
          Default: "It is refused",
        },
        "It is approved": { Type: "Pass", End: true },
        "It is refused": { Type: "Fail", Error: "Refused", Cause: "It was not approved" },
        "Nobody answered": { Type: "Fail", Error: "NoAnswer", Cause: "Nobody answered in time" },
      },
    }),
  },
  {
    id: "fan-out",
    title: "Do two things at once",
    description:
      "Two calls side by side; if one fails, the other is stopped and the error handled.",
    type: "Parallel",
    keywords: "parallel concurrent branches catch",
    make: (language) => ({
      StartAt: "Both at once",
      States: {
        "Both at once": {
          Type: "Parallel",
          Branches: [
            { StartAt: "First call", States: { "First call": invoke(language) } },
            { StartAt: "Second call", States: { "Second call": invoke(language) } },
          ],
          Catch: [{ ErrorEquals: ["States.ALL"], Next: "One of them failed" }],
          End: true,
        },
        "One of them failed": { Type: "Fail", Error: "BranchFailed", Cause: "One of them failed" },
      },
    }),
  },
  {
    id: "saga",
    title: "Undo on failure",
    description: "Two steps that belong together: if the second fails, the first is undone.",
    type: "Task",
    keywords: "saga compensate transaction rollback",
    make: (language) => ({
      StartAt: "Do the first step",
      States: {
        "Do the first step": withFields(invoke(language), {
          Catch: [{ ErrorEquals: ["States.ALL"], Next: "It was undone" }],
          Next: "Do the second step",
        }),
        "Do the second step": withFields(invoke(language), {
          Catch: [{ ErrorEquals: ["States.ALL"], Next: "Undo the first step" }],
        }),
        "Undo the first step": withFields(invoke(language), {
          Retry: [BACKOFF],
          Next: "It was undone",
        }),
        "It was undone": { Type: "Fail", Error: "Undone", Cause: "A step failed; all is undone" },
      },
    }),
  },
  {
    id: "list",
    title: "Process a list",
    description:
      "A call for each item of a list, five at a time; what fails is kept with its error.",
    type: "Map",
    keywords: "map for each items concurrency",
    make: (language) => ({
      StartAt: "For each item",
      States: {
        "For each item": {
          Type: "Map",
          ...(language === "JSONata"
            ? { Items: "{% $states.input.items %}" }
            : { ItemsPath: "$.items" }),
          MaxConcurrency: 5,
          ItemProcessor: {
            ProcessorConfig: { Mode: "INLINE" },
            StartAt: "Process the item",
            States: {
              "Process the item": withFields(invoke(language), {
                Retry: [BACKOFF],
                Catch: [{ ErrorEquals: ["States.ALL"], Next: "Keep the error" }],
              }),
              "Keep the error": { Type: "Pass", End: true },
            },
          },
          End: true,
        },
      },
    }),
  },
  {
    id: "csv",
    title: "Process a file in S3",
    description: "An execution for every hundred lines of a CSV file, with results in S3.",
    type: "Map",
    keywords: "s3 csv distributed map batch reader writer",
    make: (language) => {
      const given = language === "JSONata" ? "Arguments" : "Parameters";
      const { Items: _, ItemsPath: __, ItemProcessor: ___, ...map } = newDistributedMap(language);
      return {
        StartAt: "For each line",
        States: {
          "For each line": withFields(map, {
            ItemReader: {
              Resource: "arn:aws:states:::s3:getObject",
              ReaderConfig: { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" },
              [given]: { Bucket: "my-bucket", Key: "my-file.csv" },
            },
            ItemBatcher: { MaxItemsPerBatch: 100 },
            ItemProcessor: {
              ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
              StartAt: "Process the lines",
              States: { "Process the lines": invoke(language) },
            },
            ResultWriter: {
              Resource: "arn:aws:states:::s3:putObject",
              [given]: { Bucket: "my-bucket", Prefix: "results" },
            },
          }),
        },
      };
    },
  },
  {
    id: "http",
    title: "Call an HTTP API",
    description: "Tries again when the API is busy or away, and waits as it should.",
    type: "Task",
    keywords: "http rest api webhook throttle 429",
    make: (language) => ({
      StartAt: "Call the API",
      States: {
        "Call the API": withFields(
          newTask(
            "arn:aws:states:::http:invoke",
            language,
            actionArguments("http:invoke", language),
          ),
          {
            Retry: [
              {
                ...BACKOFF,
                ErrorEquals: [
                  "States.Http.StatusCode.429",
                  "States.Http.StatusCode.502",
                  "States.Http.StatusCode.503",
                  "States.Http.StatusCode.504",
                ],
              },
            ],
          },
        ),
      },
    }),
  },
];
