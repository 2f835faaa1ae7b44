/**
 * Takes a picture of each page of the console for the documentation: `npm run screenshots`, after
 * `npm run build`. It starts a server of its own with examples in it.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  ListMapRunsCommand,
  PublishStateMachineVersionCommand,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import type { Page } from "playwright-core";
import { launchBrowser } from "../test/e2e/support/browser.ts";
import { ORDER_INPUT } from "../test/e2e/support/console-examples.ts";
import {
  APPROVAL,
  CHECKOUT,
  CHECKOUT_INPUT,
  MANY_CHILDREN,
} from "../test/e2e/support/console-insight-examples.ts";
import { ConsoleWorld, type FilledWorld } from "../test/e2e/support/console-world.ts";
import { sdkClient } from "../test/e2e/support/sdk-client.ts";
import { ServerProcess } from "../test/e2e/support/server-process.ts";
import { temporaryFolder } from "../test/e2e/support/temporary-folder.ts";
import { projectRoot } from "../test/support/source-files.ts";

const IMAGES = join(projectRoot, "docs", "images");
const VIEWPORT = { width: 1440, height: 900 };

interface Picture {
  readonly name: string;
  /** Path of the page. */
  readonly path: string;
  /** Is there when the page is complete. */
  readonly ready: string;
  readonly before?: (page: Page) => Promise<void>;
  /** Height of the picture, if not that of the window. */
  readonly height?: number;
  /** There is a picture of the dark page, too. */
  readonly isDarkToo?: boolean;
}

/** ARNs of what shows how executions are understood. */
interface InsightWorld {
  readonly checkout: string;
  readonly mapRun: string;
}

/** An execution that met no rule, a Map Run with failures, and tasks that wait for somebody. */
async function fillInsight(world: ConsoleWorld, client: SFNClient): Promise<InsightWorld> {
  const machine = await world.createMachine("checkout", CHECKOUT);
  const checkout = await world.start(machine, "checkout-1", CHECKOUT_INPUT);
  await world.work({ error: "Shop.Busy", cause: "The shop takes no requests at the moment." });
  await world.work(undefined, { price: 149, currency: "EUR" });
  await world.ended(checkout);
  await world.createActivity("approve");
  const approval = await world.createMachine("refund-approval", APPROVAL);
  for (const id of ["A-1019", "A-1033"]) {
    await world.start(approval, `refund-${id}`, { orderId: id, amount: 30, reason: "broken" });
  }
  const importing = await world.createMachine("import", MANY_CHILDREN);
  const rows = Array.from({ length: 1_000 }, (_, index) => index);
  const executionArn = await world.start(importing, "rows-2026-11-23", rows);
  await world.ended(executionArn);
  const { mapRuns } = await client.send(new ListMapRunsCommand({ executionArn }));
  return { checkout, mapRun: mapRuns?.[0]?.mapRunArn ?? "" };
}

function insightPictures({ checkout, mapRun }: InsightWorld, order: string): Picture[] {
  const execution = `/executions/${checkout}`;
  const other = encodeURIComponent(order.replace("A-1040", "A-1041"));
  return [
    { name: "overview", path: "/overview", ready: "text=Slowest", height: 1500, isDarkToo: true },
    {
      name: "inbox",
      path: "/inbox",
      ready: "text=Send heartbeat",
      before: (page) => page.getByRole("row").filter({ hasText: "A-1019" }).click(),
    },
    {
      name: "map-run",
      path: `/map-runs/${encodeURIComponent(mapRun)}`,
      ready: "text=Row.Invalid",
      height: 1000,
    },
    {
      name: "time-travel",
      path: `${execution}?event=8`,
      ready: "text=At this moment",
      height: 1460,
      isDarkToo: true,
    },
    {
      name: "data-flow",
      path: execution,
      ready: "text=After ResultPath",
      before: async (page) => {
        await page.locator('.react-flow__node[aria-label^="Ask for price, "]').click();
        await page.getByRole("tab", { name: "Data flow" }).click();
      },
      height: 2000,
    },
    {
      name: "fork",
      path: execution,
      ready: "text=Start fork",
      before: (page) =>
        page.getByRole("button", { name: "Fork before Check amount" }).first().click(),
    },
    {
      name: "time-line",
      path: `/executions/${order}`,
      ready: ".time-axis",
      before: (page) => page.getByText("Time line").click(),
      height: 1120,
    },
    {
      name: "compare",
      path: `/compare/${order}?other=${other}`,
      ready: "text=Where they parted",
      height: 1060,
    },
  ];
}

function picturesOf({ machine, failed, succeeded }: FilledWorld, running: string): Picture[] {
  const graph = ".state-graph .react-flow__node";
  return [
    {
      name: "state-machines",
      path: "/state-machines",
      ready: "text=order-processing",
      isDarkToo: true,
    },
    { name: "state-machine", path: `/state-machines/${machine}`, ready: "text=order-A-1042" },
    {
      name: "definition",
      path: `/state-machines/${machine}?tab=definition`,
      ready: `${graph} >> text=Payment missing`,
      height: 1090,
    },
    {
      name: "start-execution",
      path: `/state-machines/${machine}`,
      ready: ".cm-content",
      before: async (page) => {
        await page.getByRole("button", { name: "Start execution" }).first().click();
        await page.getByRole("button", { name: "Copy from" }).click();
        await page.getByRole("menuitem", { name: "order-A-1040" }).click();
        await page.getByText("A-1042").first().waitFor();
      },
    },
    {
      name: "edit",
      path: `/state-machines/${machine}/edit`,
      ready: `${graph} >> text=Shipped`,
      before: async (page) => {
        await page.getByRole("tab", { name: "Flow" }).click();
        await page.locator(graph, { hasText: "Is it paid?" }).locator(".state-name").click();
        await page.getByRole("group", { name: "rule 1" }).waitFor();
      },
      isDarkToo: true,
    },
    {
      name: "edit-code",
      path: `/state-machines/${machine}/edit`,
      ready: ".code-pane .cm-selected-state",
      before: async (page) => {
        await page.locator(graph, { hasText: "Is it paid?" }).locator(".state-name").click();
        await page.getByRole("button", { name: "Code", exact: true }).click();
      },
    },
    {
      name: "create",
      path: "/state-machines/create",
      ready: `${graph} >> text=Greet`,
      before: (page) => page.getByRole("radio", { name: "Hello world" }).check({ force: true }),
      height: 980,
    },
    {
      name: "execution-running",
      path: `/executions/${running}`,
      ready: ".state-detail .cm-content",
      height: 1180,
      isDarkToo: true,
    },
    {
      name: "execution-failed",
      path: `/executions/${failed}`,
      ready: ".state-detail .cm-content",
      height: 1540,
    },
    {
      name: "execution-table",
      path: `/executions/${succeeded}`,
      ready: ".timeline",
      before: (page) => page.getByRole("button", { name: "Table view" }).click(),
      height: 1130,
    },
    { name: "activities", path: "/activities", ready: "text=approve-refund" },
  ];
}

async function take(page: Page, url: string, picture: Picture, suffix: string): Promise<void> {
  const { name, path, ready, before, height = VIEWPORT.height } = picture;
  await page.setViewportSize({ ...VIEWPORT, height });
  await page.goto(url + path);
  await before?.(page);
  await page.locator(ready).first().waitFor();
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  await page.waitForTimeout(SETTLE_MS);
  // Pictures of things that move would differ each time.
  await page.screenshot({ path: join(IMAGES, `${name}${suffix}.png`), animations: "disabled" });
}

/** Until the graph has found its place. */
const SETTLE_MS = 600;

const folder = await temporaryFolder("screenshots");
const server = await ServerProcess.start({ args: ["serve", "--data-dir", folder.path] });
const browser = await launchBrowser();
try {
  await mkdir(IMAGES, { recursive: true });
  const client = sdkClient(server.url);
  const world = new ConsoleWorld(client);
  const filled = await world.fill();
  const { stateMachineVersionArn = "" } = await client.send(
    new PublishStateMachineVersionCommand({ stateMachineArn: filled.machine }),
  );
  await world.createAlias("live", stateMachineVersionArn);
  const input = { ...ORDER_INPUT, orderId: "A-1042" };
  const running = await world.start(filled.machine, "order-A-1042", input);
  const pictures = [
    ...picturesOf(filled, running),
    ...insightPictures(await fillInsight(world, client), filled.succeeded),
  ];
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({ viewport: VIEWPORT, colorScheme });
    page.on("console", (message) => {
      if (message.type() === "error") process.stderr.write(`${message.text()}\n`);
    });
    page.on("pageerror", (error) => process.stderr.write(`${error.stack}\n`));
    const isDark = colorScheme === "dark";
    for (const picture of pictures) {
      if (isDark && picture.isDarkToo !== true) continue;
      await take(page, server.url, picture, isDark ? "-dark" : "");
    }
    await page.close();
  }
} finally {
  await browser.close();
  await server.stop();
  await folder.remove();
}
