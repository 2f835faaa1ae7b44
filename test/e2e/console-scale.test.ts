/** The console in a real browser with the longest history that AWS allows. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "./support/browser.ts";
import { faultsOf, openPage } from "./support/console-page.ts";
import { ConsoleWorld } from "./support/console-world.ts";
import { sdkClient } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

const ITEMS = 3_100;
/** Per item two of the iteration and two for each of the three states; seven around them. */
const EVENTS = ITEMS * 8 + 6;

const step = (next: object) => ({ Type: "Pass", ...next });
const MANY = {
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      ItemProcessor: {
        StartAt: "One",
        States: {
          One: step({ Next: "Two" }),
          Two: step({ Next: "Three" }),
          Three: step({ End: true }),
        },
      },
      End: true,
    },
  },
};

let folder: TemporaryFolder;
let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  folder = await temporaryFolder("console-scale");
  server = await ServerProcess.start({ args: ["serve", "--data-dir", folder.path] });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await folder?.remove();
});

it("25,000 events are shown soon, and the page answers at once", async () => {
  const world = new ConsoleWorld(sdkClient(server.url));
  const machine = await world.createMachine("many", MANY);
  const input = Array.from({ length: ITEMS }, (_, index) => ({
    number: index,
    note: "x".repeat(50),
  }));
  const execution = await world.start(machine, "many", input);
  await world.ended(execution);

  const page = await openPage(browser, server.url);
  const begun = performance.now();
  await page.goto(`/executions/${execution}`);
  await page.getByRole("heading", { name: `Events (${EVENTS})` }).waitFor();
  const loaded = performance.now() - begun;

  await page.evaluate(`
    globalThis.longest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
    }).observe({ type: "longtask" });
  `);
  await page.getByRole("combobox", { name: "Find events" }).fill("Three");
  await page.keyboard.press("Enter");
  await page
    .getByText(`${ITEMS * 2} found`)
    .first()
    .waitFor();
  await page.locator('.react-flow__node[aria-label^="Two, "]').click();
  await page.getByRole("region", { name: "State Two" }).waitFor();
  await page.getByText("Table view").click();
  await page.getByRole("row").filter({ hasText: "One [0]" }).waitFor();
  const longest = await page.evaluate<number>("longest");
  console.info(
    `loaded in ${Math.round(loaded)} ms, longest task after that ${Math.round(longest)} ms`,
  );
  expect(loaded).toBeLessThan(15_000);
  expect(longest).toBeLessThan(1_000);
  await page.close();
});

/** 240 KB of input, which every state of a loop gets and gives: about 1 MB of payloads in a round. */
const LARGE = "x".repeat(240_000);
const LOOP = {
  StartAt: "Count",
  States: {
    Count: {
      Type: "Pass",
      Parameters: { "n.$": "States.MathAdd($.n, 1)", "large.$": "$.large" },
      Next: "Enough?",
    },
    "Enough?": {
      Type: "Choice",
      Choices: [{ Variable: "$.n", NumericLessThan: 80, Next: "Count" }],
      Default: "Done",
    },
    Done: { Type: "Succeed" },
  },
};

it("of a history with more payloads than a page can hold, those that somebody wants are loaded", async () => {
  const world = new ConsoleWorld(sdkClient(server.url));
  const machine = await world.createMachine("large", LOOP);
  const execution = await world.start(machine, "large", { n: 0, large: LARGE });
  await world.ended(execution);

  const page = await openPage(browser, server.url);
  await page.goto(`/executions/${execution}`);
  await page.getByRole("heading", { name: "Events (324)" }).waitFor();
  await page.locator('.react-flow__node[aria-label^="Done, "]').click();
  const detail = page.getByRole("region", { name: "State Done" });
  await detail.getByRole("textbox", { name: "Input" }).getByText("80", { exact: true }).waitFor();
  expect(faultsOf(page)).toEqual([]);
  await page.close();
});
