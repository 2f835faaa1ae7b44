/** Rows of the troubleshooting table that users of Step Functions know: issue, and what to look at. */
import { expect, it } from "vitest";
import { explained, fact, TASK } from "../../../test/support/explained.ts";

const END = { Type: "Pass", End: true };
const MAP = { Type: "Map", ItemProcessor: { StartAt: "I", States: { I: TASK } }, End: true };

it("Execution failed immediately: permissions, and the ARNs of Lambda functions", () => {
  const refused = explained(
    { Put: { ...TASK, Resource: "arn:aws:states:::dynamodb:putItem" } },
    {
      task: () => ({
        error: "DynamoDB.AmazonDynamoDBException",
        cause:
          "User: x is not authorized to perform: dynamodb:PutItem (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: AccessDeniedException; Request ID: 1; Proxy: null)",
      }),
    },
  );
  expect(refused.fixes[0]).toContain("Check the permissions and credentials of the call");
  const missing = explained(
    { Pay: TASK },
    {
      task: () => ({
        error: "Lambda.ResourceNotFoundException",
        cause: "Function not found: arn:aws:lambda:us-east-1:123456789012:function:charge:$LATEST",
      }),
    },
  );
  expect(missing.summary).toContain("the Lambda function 'charge' does not exist");
  expect(missing.fixes[0]).toContain("Check the name in the function's ARN");
});

it("State machine stuck: the callback token that nobody answers", () => {
  const Resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
  const found = explained({ Approve: { ...TASK, Resource } }, { task: () => "never" });
  expect(found.status).toBe("RUNNING");
  expect(found.summary).toContain(
    "Task state 'Approve': for 0 ms nobody has answered its callback token",
  );
  expect(found.fixes[0]).toContain("send-task-success --task-token");
});

it("Input/output data lost: which InputPath, OutputPath or ResultPath lost it", () => {
  const found = explained(
    {
      Validate: { ...TASK, End: undefined, Next: "Pay" },
      Pay: { ...TASK, Parameters: { "total.$": "$.order.total" } },
    },
    { input: '{"order":{"total":3}}', task: () => ({ output: { valid: true } }) },
  );
  expect(found.summary).toContain(
    "State 'Validate' had it in its input and lost it: it has no ResultPath",
  );
  expect(fact(found, "$.order.total before 'Validate'")).toBe("3");
});

it("Choice state falls through: no Default, and the paths of the conditions", () => {
  const Choices = [{ Variable: "$.valid", BooleanEquals: true, Next: "Z" }];
  const found = explained(
    { CheckValid: { Type: "Choice", Choices }, Z: END },
    { input: '{"valid":false}' },
  );
  expect(found.summary).toContain("$.valid is the boolean false");
  expect(found.fixes.join("\n")).toContain("Add a Default to 'CheckValid'");
  expect(found.fixes.join("\n")).toContain("Check that the Variable paths name the fields");
});

it("Express workflow limits: a nested EXPRESS machine that cannot be waited for", () => {
  const Resource = "arn:aws:states:::states:startExecution.sync";
  const found = explained(
    {
      Nest: {
        ...TASK,
        Resource,
        Parameters: { StateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:x" },
      },
    },
    {
      task: () => ({
        error: "StepFunctions.StateMachineTypeNotSupportedException",
        cause:
          "This operation is not supported by this type of state machine (Service: AWSStepFunctions; …",
      }),
    },
  );
  expect(found.summary).toContain("EXPRESS executions last at most 5 minutes");
  expect(found.fixes.join("\n")).toContain("STANDARD state machine");
});

it("Map state failures: ItemsPath that is no array, and the item that failed", () => {
  const items = explained({ Each: { ...MAP, ItemsPath: "$.items" } }, { input: '{"items":"a,b"}' });
  expect(items.summary).toContain('ItemsPath $.items is the string "a,b"');
  let calls = 0;
  const item = explained(
    { Each: { ...MAP, MaxConcurrency: 1 } },
    { input: "[1,2,3]", task: () => (++calls === 2 ? { error: "Bad" } : { output: 1 }) },
  );
  expect(fact(item, "Where")).toBe("iteration 1 of Map 'Each'");
});

it("Timeout errors: TimeoutSeconds, and what is slow behind it", () => {
  const found = explained({ Pay: { ...TASK, TimeoutSeconds: 5 } }, { task: () => "never" });
  expect(found.fixes[0]).toContain("Raise the TimeoutSeconds of 'Pay'");
  expect(found.fixes[1]).toContain("what is slow behind it");
});

it("Retry not working: the ErrorEquals beside the error that came", () => {
  const Retry = [{ ErrorEquals: ["TimeoutError"] }];
  const found = explained(
    { Pay: { ...TASK, Retry } },
    { task: () => ({ error: "Lambda.TimeoutException" }) },
  );
  expect(fact(found, "Retry of 'Pay'")).toBe(
    "[TimeoutError] does not match 'Lambda.TimeoutException'",
  );
  expect(found.fixes.join("\n")).toContain(
    `Write "Lambda.TimeoutException" instead of "TimeoutError"`,
  );
});
