/** Definitions to begin with. Those with local functions name one that does not exist yet. */
import { prettyValue } from "../../components/json-text.ts";
import type { Json } from "../../../../src/json/json.ts";

export interface Template {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** JSON text. */
  readonly definition: string;
}

const FUNCTION = "arn:aws:states:::lambda:invoke";

function template(id: string, title: string, description: string, definition: Json): Template {
  return { id, title, description, definition: prettyValue(definition) };
}

/** The one that is no valid definition. */
export const BLANK = "blank";

export const TEMPLATES: readonly Template[] = [
  template(BLANK, "Blank", "Nothing yet: everything is made in the workflow editor.", {
    QueryLanguage: "JSONata",
    States: {},
  }),
  template("hello", "Hello world", "Says hello to the name in the input.", {
    Comment: "Says hello.",
    QueryLanguage: "JSONata",
    StartAt: "Greet",
    States: {
      Greet: {
        Type: "Pass",
        Output: {
          greeting:
            "{% 'Hello, ' & ($exists($states.input.name) ? $states.input.name : 'world') & '!' %}",
        },
        Next: "Wait a moment",
      },
      "Wait a moment": { Type: "Wait", Seconds: 2, Next: "Done" },
      Done: { Type: "Succeed" },
    },
  }),
  template("choice", "Choice", "Goes one of several ways by a value of the input.", {
    Comment: "Orders above 100 are looked at by hand.",
    QueryLanguage: "JSONata",
    StartAt: "How much?",
    States: {
      "How much?": {
        Type: "Choice",
        Choices: [
          { Condition: "{% $states.input.amount > 100 %}", Next: "Look at it" },
          { Condition: "{% $states.input.amount > 0 %}", Next: "Accept" },
        ],
        Default: "Reject",
      },
      "Look at it": { Type: "Wait", Seconds: 5, Next: "Accept" },
      Accept: { Type: "Succeed", Output: { status: "accepted" } },
      Reject: { Type: "Fail", Error: "InvalidAmount", Cause: "The amount must be above zero" },
    },
  }),
  template("parallel", "Parallel", "Does two things at the same time and joins their results.", {
    Comment: "Two branches that run at the same time.",
    QueryLanguage: "JSONata",
    StartAt: "Both",
    States: {
      Both: {
        Type: "Parallel",
        Branches: [
          {
            StartAt: "Slow",
            States: {
              Slow: { Type: "Wait", Seconds: 3, Next: "Slow result" },
              "Slow result": { Type: "Pass", Output: { slow: true }, End: true },
            },
          },
          {
            StartAt: "Fast",
            States: { Fast: { Type: "Pass", Output: { fast: true }, End: true } },
          },
        ],
        Output: "{% $merge($states.result) %}",
        End: true,
      },
    },
  }),
  template("map", "Map", "Does the same for each item of a list.", {
    Comment: "Doubles each number of the input, two at a time.",
    QueryLanguage: "JSONata",
    StartAt: "For each number",
    States: {
      "For each number": {
        Type: "Map",
        Items: "{% $exists($states.input.numbers) ? $states.input.numbers : [1, 2, 3, 4] %}",
        MaxConcurrency: 2,
        ItemProcessor: {
          ProcessorConfig: { Mode: "INLINE" },
          StartAt: "Take a second",
          States: {
            "Take a second": { Type: "Wait", Seconds: 1, Next: "Double" },
            Double: { Type: "Pass", Output: "{% $states.input * 2 %}", End: true },
          },
        },
        End: true,
      },
    },
  }),
  template("retry", "Retry and Catch", "Calls a function, tries again, and helps itself.", {
    Comment: "A call that is tried three times before the error is handled.",
    QueryLanguage: "JSONata",
    StartAt: "Call the function",
    States: {
      "Call the function": {
        Type: "Task",
        Resource: FUNCTION,
        Arguments: { FunctionName: "my-function", Payload: "{% $states.input %}" },
        TimeoutSeconds: 30,
        Retry: [
          { ErrorEquals: ["States.ALL"], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 2 },
        ],
        Catch: [
          { ErrorEquals: ["States.ALL"], Output: "{% $states.errorOutput %}", Next: "Give up" },
        ],
        Next: "Done",
      },
      "Give up": { Type: "Fail", Error: "FunctionFailed", Cause: "{% $states.input.Cause %}" },
      Done: { Type: "Succeed" },
    },
  }),
  template("callback", "Wait for a callback", "Stands still until somebody sends the task token.", {
    Comment: "An activity worker, or SendTaskSuccess with the token, decides.",
    QueryLanguage: "JSONata",
    StartAt: "Ask",
    States: {
      Ask: {
        Type: "Task",
        Resource: `${FUNCTION}.waitForTaskToken`,
        Arguments: {
          FunctionName: "ask-somebody",
          Payload: { token: "{% $states.context.Task.Token %}", question: "{% $states.input %}" },
        },
        TimeoutSeconds: 86_400,
        Next: "Approved?",
      },
      "Approved?": {
        Type: "Choice",
        Choices: [{ Condition: "{% $states.input.approved %}", Next: "Approved" }],
        Default: "Refused",
      },
      Approved: { Type: "Succeed" },
      Refused: { Type: "Fail", Error: "Refused", Cause: "It was not approved" },
    },
  }),
];
