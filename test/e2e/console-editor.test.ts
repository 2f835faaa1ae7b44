/** The workflow editor in a real browser. */
import { DescribeStateMachineCommand } from "@aws-sdk/client-sfn";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "./support/browser.ts";
import { ConsoleWorld } from "./support/console-world.ts";
import { faultsOf, openPage } from "./support/console-page.ts";
import { EditorPage } from "./support/editor-page.ts";
import { sdkClient } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

let folder: TemporaryFolder;
let server: ServerProcess;
let browser: Browser;
let page: Page;
let editor: EditorPage;
let world: ConsoleWorld;

beforeAll(async () => {
  folder = await temporaryFolder("console-editor");
  server = await ServerProcess.start({ args: ["serve", "--data-dir", folder.path] });
  browser = await launchBrowser();
  world = new ConsoleWorld(sdkClient(server.url));
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await folder?.remove();
});

beforeEach(async () => {
  page = await openPage(browser, server.url);
  editor = new EditorPage(page);
});

afterEach(async () => {
  const faults = faultsOf(page);
  await page.close();
  expect(faults).toEqual([]);
});

async function definitionOf(stateMachineArn: string): Promise<string> {
  const answer = await sdkClient(server.url).send(
    new DescribeStateMachineCommand({ stateMachineArn }),
  );
  return answer.definition ?? "";
}

const ARN = "arn:aws:states:us-east-1:123456789012:stateMachine";
const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function";

/** The first workflow that anybody sees: an order is checked, paid and completed. */
const ORDER_WORKFLOW = {
  Comment: "Order processing workflow",
  StartAt: "ValidateOrder",
  States: {
    ValidateOrder: {
      Type: "Task",
      Resource: `${LAMBDA}:validate`,
      ResultPath: "$.validation",
      Next: "CheckValid",
    },
    CheckValid: {
      Type: "Choice",
      Choices: [{ Variable: "$.validation.valid", BooleanEquals: true, Next: "ProcessPayment" }],
      Default: "OrderFailed",
    },
    ProcessPayment: {
      Type: "Task",
      Resource: `${LAMBDA}:payment`,
      Retry: [
        {
          ErrorEquals: ["States.TaskFailed"],
          IntervalSeconds: 3,
          MaxAttempts: 3,
          BackoffRate: 2,
        },
      ],
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "PaymentFailed", ResultPath: "$.error" }],
      Next: "OrderComplete",
    },
    OrderComplete: { Type: "Succeed" },
    OrderFailed: { Type: "Fail", Cause: "Order validation failed" },
    PaymentFailed: { Type: "Fail", Cause: "Payment processing failed" },
  },
};

it("builds the order workflow from an empty canvas, by dragging and in forms", async () => {
  await page.goto("/state-machines/create");
  await page.getByLabel("Name").fill("order");
  await page.getByRole("button", { name: "Open the editor" }).click();
  await editor.select("Query language", "JSONPath");
  await editor.field("Comment").fill("Order processing workflow");
  const put = async (tab: "Actions" | "Flow", title: string, place: string, name: string) => {
    await editor.drag(await editor.item(tab, title), editor.place(place));
    await editor.node(title).waitFor();
    await editor.rename(name);
  };

  await put("Actions", "Lambda function", "At the start", "ValidateOrder");
  await editor.field("Resource").fill(`${LAMBDA}:validate`);
  await editor.tab("Input/output");
  await editor.field("ResultPath").fill("$.validation");

  await put("Flow", "Choice", "After ValidateOrder", "CheckValid");
  await editor.field("Variable").fill("$.validation.valid");
  await editor.select("Operator", /^BooleanEquals$/);

  await put("Actions", "Lambda function", "After CheckValid, if rule 1 holds", "ProcessPayment");
  await editor.field("Resource").fill(`${LAMBDA}:payment`);
  await editor.tab("Errors");
  const retry = editor.inspector.getByRole("region", { name: "Retry on errors" });
  await retry.getByRole("button", { name: "Add retrier" }).click();
  await retry.getByRole("combobox", { name: "Errors" }).fill("States.TaskFailed");
  await retry.getByRole("combobox", { name: "Errors" }).press("Enter");
  await editor.field("Interval").fill("3");
  await editor.field("Max attempts").fill("3");
  await editor.field("Backoff rate").fill("2.0");
  const catching = editor.inspector.getByRole("region", { name: "Catch errors" });
  await catching.getByRole("button", { name: "Add catcher" }).click();
  await catching.getByLabel("ResultPath", { exact: true }).fill("$.error");

  const caught = "After ProcessPayment, for the errors of catcher 1";
  await put("Flow", "Fail", caught, "PaymentFailed");
  await editor.field("Cause").fill("Payment processing failed");
  await put("Flow", "Fail", "After CheckValid, if no rule holds", "OrderFailed");
  await editor.field("Cause").fill("Order validation failed");
  await put("Flow", "Succeed", "After ProcessPayment", "OrderComplete");

  await page.getByText("The definition is valid").waitFor();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByRole("heading", { name: "order", level: 1 }).waitFor();
  expect(JSON.parse(await definitionOf(`${ARN}:order`))).toEqual(ORDER_WORKFLOW);
});
