/** The console in a real browser: lists, creating, editing, deleting. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "./support/browser.ts";
import { FRAGILE, SLOW } from "./support/console-examples.ts";
import { ConsoleWorld } from "./support/console-world.ts";
import { faultsOf, openPage } from "./support/console-page.ts";
import { sdkClient } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

let folder: TemporaryFolder;
let server: ServerProcess;
let browser: Browser;
let world: ConsoleWorld;
let page: Page;

beforeAll(async () => {
  folder = await temporaryFolder("console-lists");
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
});

afterEach(async () => {
  const faults = faultsOf(page);
  await page.close();
  expect(faults).toEqual([]);
});

const row = (name: string) => page.getByRole("row").filter({ hasText: name });

describe("the list of state machines", () => {
  it("is at the root, and grows while somebody looks at it", async () => {
    await page.goto(`${server.url}/`);
    await page.getByText("No state machines").waitFor();
    await world.createMachine("made-elsewhere", SLOW);
    await row("made-elsewhere").waitFor();
    expect(await page.title()).toBe("State machines · Stepwell");
  });

  it("counts executions by status, live", async () => {
    const arn = await world.createMachine("counted", SLOW);
    await world.ended(await world.start(arn, "a", { seconds: 0 }));
    await world.start(arn, "b", { seconds: 3600 });
    await page.goto(`${server.url}/state-machines`);
    const cells = row("counted").getByRole("gridcell");
    // Name is a row header; then type, created, running, succeeded.
    await expect
      .poll(async () => (await cells.allInnerTexts()).slice(-5))
      .toEqual(["1", "1", "0", "0", "0"]);
    await world.start(arn, "c", { seconds: 3600 });
    await expect.poll(async () => (await cells.allInnerTexts()).at(-5)).toBe("2");
  });

  it("finds by name", async () => {
    await world.createMachine("needle", SLOW);
    await page.goto(`${server.url}/state-machines`);
    await row("counted").waitFor();
    await page.getByRole("searchbox", { name: "Find state machines" }).fill("needle");
    await page.getByText("1 found").first().waitFor();
    expect(await row("counted").count()).toBe(0);
  });

  it("deletes what is selected, after a question", async () => {
    await world.createMachine("to-delete", SLOW);
    await page.goto(`${server.url}/state-machines`);
    await page.getByRole("checkbox", { name: "Select to-delete" }).check({ force: true });
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("Deleted: to-delete").waitFor();
    await expect.poll(() => row("to-delete").count()).toBe(0);
  });
});

describe("a state machine", () => {
  it("is created from a template", async () => {
    await page.goto(`${server.url}/state-machines/create`);
    await page.getByRole("radio", { name: "Hello world" }).check({ force: true });
    await page.locator(".react-flow__node", { hasText: "Greet" }).waitFor();
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.getByText("Give it a name.").waitFor();
    await page.getByLabel("Name").fill("hello");
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.getByRole("heading", { name: "hello", level: 1 }).waitFor();
    await page.getByText("The state machine hello is created").waitFor();
  });

  it("shows the server's diagnostics while it is edited, and saves what is valid", async () => {
    const arn = await world.createMachine("edited", FRAGILE);
    await page.goto(`${server.url}/state-machines/${arn}/edit`);
    await page.getByRole("button", { name: "Code", exact: true }).click();
    const editor = page.getByRole("textbox", { name: "Definition" });
    await editor.click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(
      '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}',
    );
    const problems = page.getByRole("region", { name: "Problems" });
    await problems.getByRole("button").click();
    await problems.getByText("MISSING_TRANSITION_TARGET").waitFor();
    const save = page.getByRole("button", { name: "Save" });
    expect(await save.getAttribute("aria-disabled")).toBe("true");

    await editor.click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(
      '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}',
    );
    await page.getByText("The definition is valid").waitFor();
    await page.getByLabel("Publish version").check({ force: true });
    await save.click();
    await page.getByText("published as version 1").waitFor();
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await page.getByRole("tab", { name: "Versions" }).click();
    await row(`${arn}:1`).waitFor();
  });

  it("asks before changes are lost", async () => {
    const arn = await world.createMachine("left", FRAGILE);
    await page.goto(`${server.url}/state-machines/${arn}/edit`);
    await page.getByRole("button", { name: "Code", exact: true }).click();
    await page.getByRole("textbox", { name: "Definition" }).click();
    await page.keyboard.insertText(" ");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("dialog").getByText("Leave without saving?").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
    await page.getByRole("heading", { name: "left", level: 1 }).waitFor();
  });
});

describe("activities", () => {
  it("are created and deleted", async () => {
    await page.goto(`${server.url}/activities`);
    await page.getByRole("button", { name: "Create activity" }).first().click();
    await page.getByRole("dialog").getByLabel("Name").fill("pack");
    await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
    await row("pack").waitFor();
    await page.getByRole("checkbox", { name: "Select pack" }).check({ force: true });
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await expect.poll(() => row("pack").count()).toBe(0);
  });
});
