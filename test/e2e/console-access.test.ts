/** The console in a real browser: for everybody, in light and dark, and light to load. */
import { ListMapRunsCommand } from "@aws-sdk/client-sfn";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Locator, Page, Response } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./support/browser.ts";
import { MANY_CHILDREN } from "./support/console-insight-examples.ts";
import { faultsOf, openPage } from "./support/console-page.ts";
import { ConsoleWorld, type FilledWorld } from "./support/console-world.ts";
import { sdkClient } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

let folder: TemporaryFolder;
let server: ServerProcess;
let browser: Browser;
let filled: FilledWorld;
let mapRun: string;

/** Of two executions of the same state machine. */
function compared(): string {
  const other = filled.succeeded.replace("A-1040", "A-1041");
  return `/compare/${filled.succeeded}?other=${encodeURIComponent(other)}`;
}

beforeAll(async () => {
  folder = await temporaryFolder("console-access");
  server = await ServerProcess.start({ args: ["serve", "--data-dir", folder.path] });
  browser = await launchBrowser();
  const client = sdkClient(server.url);
  const world = new ConsoleWorld(client);
  filled = await world.fill();
  const machine = await world.createMachine("import", MANY_CHILDREN);
  const executionArn = await world.start(machine, "rows", [1, 2, 3]);
  await world.ended(executionArn);
  const { mapRuns } = await client.send(new ListMapRunsCommand({ executionArn }));
  mapRun = mapRuns?.[0]?.mapRunArn ?? "";
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await folder?.remove();
});

async function seriousFaults(page: Page): Promise<object[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.slice(0, 3).map(({ html, failureSummary }) => ({ html, failureSummary })),
    }));
}

const GRAPH = ".react-flow__node-state";

/** Name, path and what is there when the page is complete. */
const PAGES: readonly (readonly [name: string, path: () => string, ready: string])[] = [
  ["the state machines", () => "/state-machines", "text=order-processing"],
  ["a state machine", () => `/state-machines/${filled.machine}`, "text=order-A-1040"],
  ["a definition", () => `/state-machines/${filled.machine}?tab=definition`, GRAPH],
  ["versions", () => `/state-machines/${filled.machine}?tab=versions`, "text=No versions"],
  ["logging", () => `/state-machines/${filled.machine}?tab=logging`, "text=Log level"],
  ["the editor", () => `/state-machines/${filled.machine}/edit`, GRAPH],
  ["creating", () => "/state-machines/create", "text=An empty canvas"],
  ["a failed execution", () => `/executions/${filled.failed}`, ".state-detail .cm-content"],
  ["an execution", () => `/executions/${filled.succeeded}`, GRAPH],
  ["a moment of the past", () => `/executions/${filled.failed}?event=3`, "text=At this moment"],
  ["a comparison", () => compared(), "text=Where they parted"],
  ["choosing what to compare", () => `/compare/${filled.failed}`, "text=Any execution"],
  ["a Map Run", () => `/map-runs/${encodeURIComponent(mapRun)}`, "text=Row.Invalid"],
  ["the inbox", () => "/inbox", "text=Waiting tasks"],
  ["the overview", () => "/overview", "text=Slowest executions"],
  ["activities", () => "/activities", "text=approve-refund"],
  ["nothing", () => "/nowhere", "text=There is nothing here"],
];

describe.each(["light", "dark"] as const)("in %s", (scheme) => {
  it.each(PAGES)("%s has no serious fault for assistive technology", async (_, path, ready) => {
    const page = await openPage(browser, server.url, scheme);
    await page.goto(path());
    await page.locator(ready).first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(faultsOf(page)).toEqual([]);
    await page.close();
  });
});

const opens = async (page: Page, name: string): Promise<void> => {
  await page.locator('.react-flow__node[aria-label^="Work, "]').click();
  await page.getByRole("tab", { name }).click();
};

/** What is in sight only after a click on the page of a failed execution. */
const VIEWS: readonly (readonly [
  name: string,
  open: (page: Page) => Promise<void>,
  ready: string,
])[] = [
  ["the data flow", (page) => opens(page, "Data flow"), "text=State input"],
  ["variables", (page) => opens(page, "Variables"), "text=No variable was set"],
  ["the attempts", (page) => opens(page, "Retries"), "text=First attempt"],
  ["the table", (page) => page.getByText("Table view").click(), ".timeline"],
  ["the time line", (page) => page.getByText("Time line").click(), ".time-axis"],
  [
    "an event",
    (page) => page.getByRole("grid", { name: "Events" }).getByText("ActivityFailed").click(),
    "text=See this moment",
  ],
  [
    "a fork",
    (page) => page.getByRole("button", { name: "Fork before Work" }).first().click(),
    "text=Fork from event",
  ],
];

describe.each(["light", "dark"] as const)("on the page of an execution, in %s", (scheme) => {
  it.each(VIEWS)("%s has no serious fault for assistive technology", async (_, open, ready) => {
    const page = await openPage(browser, server.url, scheme);
    await page.goto(`/executions/${filled.failed}`);
    await page.locator(GRAPH).first().waitFor();
    await open(page);
    await page.locator(ready).first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(faultsOf(page)).toEqual([]);
    await page.close();
  });
});

describe("the theme", () => {
  it("is chosen in the menu and remembered", async () => {
    const page = await openPage(browser, server.url, "light");
    await page.goto("/state-machines");
    await page.getByRole("button", { name: "Theme" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Dark" }).click();
    await expect.poll(() => isDark(page)).toBe(true);
    await page.reload();
    await page.getByText("order-processing").waitFor();
    expect(await isDark(page)).toBe(true);
    await page.close();
  });

  it("is the system's without a choice", async () => {
    const page = await openPage(browser, server.url, "dark");
    await page.goto("/state-machines");
    await expect.poll(() => isDark(page)).toBe(true);
    await page.emulateMedia({ colorScheme: "light" });
    await expect.poll(() => isDark(page)).toBe(false);
    await page.close();
  });
});

describe("with the keyboard alone", () => {
  it("an execution is started, and the states of its graph are walked", async () => {
    const page = await openPage(browser, server.url);
    await page.goto(`/state-machines/${filled.refund}`);
    await page.getByText("refund-77").waitFor();
    await page.getByRole("button", { name: "Start execution" }).first().focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.locator(".cm-content").waitFor();
    await tabTo(page, dialog.getByRole("textbox", { name: "Name" }));
    await page.keyboard.type("by-keyboard");
    await tabTo(page, dialog.getByRole("textbox", { name: "Input of the execution" }));
    await tabTo(page, dialog.getByRole("button", { name: "Start execution" }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "by-keyboard", level: 1 }).waitFor();

    const done = page.locator('.react-flow__node[aria-label^="Done, "]');
    await done.waitFor();
    await tabTo(page, done);
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "State Done" }).waitFor();
    await page.close();
  });

  it("a dialog is left with Escape, and the focus goes back", async () => {
    const page = await openPage(browser, server.url);
    await page.goto("/activities");
    const open = page.getByRole("button", { name: "Create activity" }).first();
    await open.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await expect.poll(() => hasFocus(open)).toBe(true);
    await page.close();
  });
});

describe("the first load", () => {
  it.each([
    ["of the list", "/state-machines", "text=order-processing", 700_000],
    ["of a state machine", "", "text=order-A-1040", 900_000],
  ])("%s is small, compressed and kept", async (_, path, ready, limit) => {
    const page = await openPage(browser, server.url);
    const responses: Response[] = [];
    page.on("response", (response) => responses.push(response));
    await page.goto(path === "" ? `/state-machines/${filled.machine}` : path);
    await page.locator(ready).first().waitFor();
    await page.waitForLoadState("load");
    const assets = responses.filter((response) => response.url().includes("/assets/"));
    let bytes = 0;
    for (const asset of assets) {
      const headers = await asset.allHeaders();
      expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      bytes += Number(headers["content-length"]);
    }
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(limit);
    await page.close();
  });
});

function isDark(page: Page): Promise<boolean> {
  return page.evaluate<boolean>("document.body.classList.contains('awsui-dark-mode')");
}

/** Whether it, or something in it, has the focus. */
function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element.contains(element.ownerDocument.activeElement));
}

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < MAX_TABS; presses += 1) {
    await page.keyboard.press("Tab");
    if (await hasFocus(target)) return;
  }
  throw new Error(`${target.toString()} is not reached with Tab`);
}

const MAX_TABS = 80;
