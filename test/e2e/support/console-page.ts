/** Pages of the console in a browser, with what went wrong in them. */
import type { Browser, Page } from "playwright-core";

const faults = new WeakMap<Page, string[]>();

/** A page in a context of its own: nothing of an earlier one is remembered. */
export async function openPage(
  browser: Browser,
  baseURL: string,
  colorScheme: "light" | "dark" = "light",
): Promise<Page> {
  const viewport = { width: 1400, height: 1000 };
  const context = await browser.newContext({ baseURL, colorScheme, viewport });
  const page = await context.newPage();
  // It is closed already if the page went with the whole browser.
  page.once("close", () => void context.close().catch(() => undefined));
  const found: string[] = [];
  faults.set(page, found);
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => found.push(String(error.stack)));
  page.on("console", (message) => {
    // Violations of the Content-Security-Policy come here, too.
    if (message.type() === "error") found.push(message.text());
  });
  return page;
}

/** Errors in the page's scripts and on its console. */
export function faultsOf(page: Page): string[] {
  return faults.get(page) ?? [];
}
