import { expect, it } from "vitest";
import { parseDefinition } from "../asl/parse-definition.ts";
import type { Json } from "../json/json.ts";
import { createResultShapes } from "../tasks/result-shapes/result-shapes.ts";
import { checkTestCase } from "./check-test-case.ts";
import { readRunMocks } from "./run-mocks.ts";

const shapes = createResultShapes();

const task = (Resource: string): object => ({
  Type: "Task",
  Resource,
  Parameters: { FunctionName: "f", QueueUrl: "q", MessageBody: "b" },
  End: true,
});

const { definition } = parseDefinition(
  JSON.stringify({
    StartAt: "Both",
    States: {
      Both: {
        Type: "Parallel",
        Branches: [
          { StartAt: "Invoke", States: { Invoke: task("arn:aws:states:::lambda:invoke") } },
          {
            StartAt: "Each",
            States: {
              Each: {
                Type: "Map",
                ItemProcessor: {
                  StartAt: "Send",
                  States: { Send: task("arn:aws:states:::sqs:sendMessage") },
                },
                End: true,
              },
            },
          },
          {
            StartAt: "Ask",
            States: { Ask: task("arn:aws:states:::sqs:sendMessage.waitForTaskToken") },
          },
          { StartAt: "Plain", States: { Plain: task("arn:aws:lambda:us-east-1:1:function:f") } },
        ],
        End: true,
      },
    },
  }),
  { type: "STANDARD" },
);

function check(mocks: Json): Promise<string[]> {
  const { states } = readRunMocks(mocks, { stateMachineName: "m", testCase: undefined });
  return checkTestCase(states!, definition!, shapes);
}

it("finds nothing wrong with results that the services can give, or parts of them", async () => {
  expect(
    await check({
      Invoke: { Return: { StatusCode: 200, Payload: { any: ["thing"] } } },
      Send: { "0": { Return: { MessageId: "1" } }, "1-2": { Throw: { Error: "E" } } },
      Ask: { Return: "what the client sends" },
      Plain: { Return: null },
    }),
  ).toEqual([]);
});

it("warns of results that no service gives, wherever the state is", async () => {
  expect(
    await check({
      Invoke: { Return: { StatusCode: "200" } },
      Send: { "0": { Return: { MessageId: "1" } }, "1-2": { Return: "sent" } },
    }),
  ).toEqual([
    "'Invoke' (arn:aws:states:::lambda:invoke), $.Invoke all calls: Mock result schema validation error: Field 'StatusCode' must be a number",
    "'Send' (arn:aws:states:::sqs:sendMessage), $.Send calls 1-2: Mocked result must be a JSON object.",
  ]);
});

it("warns of states that are not there or call no service", async () => {
  expect(await check({ Invoke1: { Return: 1 }, Each: { Return: 1 } })).toEqual([
    "the state machine has no state 'Invoke1'; did you mean 'Invoke'?",
    "'Each' is a Map state; only Task states can be mocked",
  ]);
});

it("has an end", async () => {
  const many = Array.from({ length: 50 }, (_, n) => [`X${n}`, { Return: 1 }] as const);
  expect(await check(Object.fromEntries(many))).toHaveLength(20);
});
