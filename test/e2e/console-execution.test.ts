/** The console in a real browser: executions from their start to their end, and beyond. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "./support/browser.ts";
import { FRAGILE, ORDER, ORDER_INPUT, SLOW } from "./support/console-examples.ts";
import { faultsOf, openPage } from "./support/console-page.ts";
import { ConsoleWorld } from "./support/console-world.ts";
import { sdkClient } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

let folder: TemporaryFolder;
let server: ServerProcess;
let browser: Browser;
let world: ConsoleWorld;
let page: Page;

beforeAll(async () => {
  folder = await temporaryFolder("console-execution");
  server = await ServerProcess.start({ args: ["serve", "--data-dir", folder.path] });
  browser = await launchBrowser();
  world = new ConsoleWorld(sdkClient(server.url));
  await world.createActivity();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await folder?.remove();
});

beforeEach(async () => {
  page = await openPage(browser, server.url);
});

afterEach(async () => {
  const faults = faultsOf(page);
  await page.close();
  expect(faults).toEqual([]);
});

/** The state in the graph; its label tells type and status. */
const state = (name: string, status: string) =>
  page
    .getByRole("group", { name: "Graph of the states" })
    .locator(`.react-flow__node[aria-label^="${name}, "][aria-label*="${status}"]`);

describe("an execution", () => {
  it("is started with an input of its own and watched to its end", async () => {
    const arn = await world.createMachine("watched", ORDER);
    await page.goto(`/state-machines/${arn}`);
    await page.getByRole("button", { name: "Start execution" }).first().click();
    const dialog = page.getByRole("dialog");
    const editor = dialog.getByRole("textbox", { name: "Input of the execution" });
    await editor.click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText('{"paid": ');
    await dialog.getByText("This is not JSON").waitFor();
    await editor.click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(JSON.stringify(ORDER_INPUT));
    await dialog.getByLabel("Name").fill("run-1");
    await dialog.getByRole("button", { name: "Start execution" }).click();

    await page.getByRole("heading", { name: "run-1", level: 1 }).waitFor();
    await state("Ship", "in progress").waitFor();
    await state("Pack items", "3/3").waitFor();
    await world.work();
    await state("Shipped", "succeeded").waitFor();
    await page.getByText("Succeeded", { exact: true }).first().waitFor();
    await page.getByRole("heading", { name: "Events (45)" }).waitFor();

    await state("Ship", "succeeded").click();
    const detail = page.getByRole("region", { name: "State Ship" });
    await detail.getByRole("tab", { name: "Output" }).click();
    await detail.getByText("1Z999AA1").waitFor();
  });

  it("takes over the input of an earlier one", async () => {
    const arn = await world.createMachine("copied", SLOW);
    await world.ended(await world.start(arn, "before", { seconds: 0, note: "from before" }));
    await page.goto(`/state-machines/${arn}`);
    await page.getByRole("button", { name: "Start execution" }).first().click();
    await page.getByRole("button", { name: "Copy from" }).click();
    await page.getByRole("menuitem", { name: "before" }).click();
    await page.getByRole("dialog").getByText('"from before"').waitFor();
  });

  it("that failed tells why and where, and goes on after a redrive", async () => {
    const arn = await world.createMachine("fails", FRAGILE);
    const execution = await world.start(arn, "f", { try: 1 });
    await world.work({ error: "Bank.Rejected", cause: "account closed" });
    await world.ended(execution);
    await page.goto(`/executions/${execution}`);
    await page.getByText("Failed: Bank.Rejected").waitFor();
    await state("Work", "failed").waitFor();
    await page.getByRole("region", { name: "State Work" }).getByText('"try"').waitFor();

    await page.getByRole("button", { name: "Redrive" }).click();
    await state("Work", "in progress").waitFor();
    await world.work();
    await state("Done", "succeeded").waitFor();
    await page.getByText("ExecutionRedriven").waitFor();
    expect(await page.getByText("Failed: Bank.Rejected").count()).toBe(0);
  });

  it("is stopped with an error and a cause", async () => {
    const arn = await world.createMachine("stopped", SLOW);
    const execution = await world.start(arn, "s", { seconds: 3600 });
    await page.goto(`/executions/${execution}`);
    await state("Pause", "in progress").waitFor();
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await page.getByRole("dialog").getByLabel("Error").fill("Changed.Mind");
    await page.getByRole("dialog").getByRole("button", { name: "Stop execution" }).click();
    await page.getByText("Aborted: Changed.Mind").waitFor();
    await state("Pause", "aborted").waitFor();
  });

  it("shows one item of a Map when it is asked for", async () => {
    const arn = await world.createMachine("items", ORDER);
    const execution = await world.start(arn, "m", ORDER_INPUT);
    await page.goto(`/executions/${execution}`);
    await state("Ship", "in progress").waitFor();
    await state("Label", "×3").click();
    const detail = page.getByRole("region", { name: "State Label" });
    await detail.getByRole("button", { name: /Item of Pack items/ }).click();
    await page.getByRole("option", { name: "Item 1" }).click();
    await detail.getByRole("tab", { name: "Output" }).click();
    await detail.getByText("packed chair").waitFor();
    await page.getByText("Table view").click();
    await page.getByRole("row").filter({ hasText: "Label [2]" }).click();
    await detail.getByText("packed desk").waitFor();
    // So that no task is left for the next test's worker.
    await world.work();
  });

  it("that does not exist is told, with a way to try again", async () => {
    await page.goto("/executions/arn:aws:states:us-east-1:123456789012:execution:none:none");
    await page.getByText("ExecutionDoesNotExist").waitFor();
    // The browser itself reports the answer 400.
    faultsOf(page).splice(0);
  });
});

it("a lost connection is told, and what was missed is caught up", async () => {
  const arn = await world.createMachine("lost", SLOW);
  const execution = await world.start(arn, "l", { seconds: 3600 });
  await page.goto(`/executions/${execution}`);
  await state("Pause", "in progress").waitFor();
  const { port } = server;
  await server.stop();
  await page.getByText("The server cannot be reached").waitFor();
  server = await ServerProcess.start({ args: ["serve", "--data-dir", folder.path], port });
  world = new ConsoleWorld(sdkClient(server.url));
  await page.getByText("The server cannot be reached").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop execution" }).click();
  await state("Pause", "aborted").waitFor();
  faultsOf(page).splice(0);
});
