/// <reference lib="dom" />
/** The workflow editor as a person with a mouse uses it. */
import type { Locator, Page } from "playwright-core";

/** What runs in the page is text: this project has no types of browsers. */
const TWO_FRAMES =
  "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";
const timeUntil = (title: string, name: string): string => `(async () => {
  const has = (selector, text) => [...document.querySelectorAll(selector)].find(
    ({ textContent }) => textContent === text,
  );
  const start = performance.now();
  has(".palette-title", ${JSON.stringify(title)}).closest("button").click();
  while (!has(".canvas .state-name", ${JSON.stringify(name)})) {
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - start;
})()`;

export class EditorPage {
  readonly page: Page;
  readonly canvas: Locator;
  readonly inspector: Locator;

  constructor(page: Page) {
    this.page = page;
    this.canvas = page.getByRole("group", { name: "Canvas" });
    this.inspector = page.getByRole("region", { name: "Inspector" });
  }

  node(name: string): Locator {
    return this.canvas.locator(".react-flow__node").filter({
      has: this.page.locator(".state-name", { hasText: new RegExp(`^${escaped(name)}$`) }),
    });
  }

  /** Where a state can be put: `After CheckValid, if rule 1 holds`. */
  place(label: string): Locator {
    return this.canvas.locator(`.state-place[title="${label}"], [title="Add a state: ${label}"]`);
  }

  /** An item of the palette, by its title. */
  async item(tab: "Actions" | "Flow" | "Patterns", title: string): Promise<Locator> {
    await this.page.getByRole("tab", { name: tab }).click();
    return this.page
      .getByRole("region", { name: "Palette" })
      .locator(".palette-item")
      .filter({ has: this.page.locator(".palette-title", { hasText: new RegExp(`^${title}$`) }) });
  }

  async drag(from: Locator, to: Locator): Promise<void> {
    await this.settled();
    const { mouse } = this.page;
    const start = await middleOf(from);
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move(start.x + 10, start.y + 10, { steps: 3 });
    const end = await middleOf(to);
    await mouse.move(end.x, end.y, { steps: 6 });
    await mouse.up();
  }

  /** Until the graph has come to rest after the last change. */
  async settled(): Promise<void> {
    const viewport = this.canvas.locator(".react-flow__viewport");
    let before = "";
    let same = 0;
    while (same < 4) {
      const now = `${await viewport.getAttribute("style")}${await this.canvas.locator(".react-flow__node").count()}`;
      same = now === before ? same + 1 : 0;
      before = now;
      await this.page.evaluate(TWO_FRAMES);
    }
  }

  /** Puts a text into the editor: by the file dialog, so that nothing is typed. */
  async write(text: string): Promise<void> {
    await this.page
      .getByLabel("File to import")
      .setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from(text) });
    await this.page.getByText("a.json is read").first().waitFor();
    await this.settled();
  }

  /** The definition as it is written now. */
  async text(): Promise<string> {
    return this.exported("As JSON");
  }

  async exported(format: string): Promise<string> {
    await this.page.getByRole("button", { name: "File", exact: true }).click();
    const download = this.page.waitForEvent("download");
    await this.page.getByRole("menuitem", { name: format }).click();
    const stream = await (await download).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString(format.endsWith("PNG") ? "latin1" : "utf8");
  }

  /** Milliseconds from a click on an item of the palette until the state `name` is drawn. */
  async timeUntil(title: string, name: string): Promise<number> {
    await this.settled();
    return this.page.evaluate<number>(timeUntil(title, name));
  }

  async choose(name: string): Promise<void> {
    await this.node(name).locator(".state-name").first().click();
    await this.inspector.getByRole("heading", { name, exact: true }).waitFor();
  }

  async tab(name: string): Promise<void> {
    await this.inspector.getByRole("tab", { name }).click();
  }

  field(label: string): Locator {
    return this.inspector
      .getByLabel(label, { exact: true })
      .and(this.page.locator("input, textarea"));
  }

  async rename(name: string): Promise<void> {
    await this.tab("Configuration");
    await this.field("State name").fill(name);
    await this.field("State name").press("Enter");
    await this.node(name).first().waitFor();
  }

  /** Chooses in one of the inspector's lists. */
  async select(label: string, option: string | RegExp): Promise<void> {
    await this.inspector.getByRole("button", { name: label }).first().click();
    await this.page.getByRole("option", { name: option }).first().click();
  }
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  await locator.first().waitFor();
  const box = await locator.first().boundingBox();
  if (box === null) throw new Error("what is to be dragged is not in sight");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
