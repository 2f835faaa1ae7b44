/** How long a page takes to show what a click or a key does, as browsers measure it. */
import type { Page } from "playwright-core";

/** From now on. */
export async function watchInteractions(page: Page): Promise<void> {
  await page.evaluate(`
    globalThis.slowestInteraction = 0;
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries()) {
        if (interactionId > 0) slowestInteraction = Math.max(slowestInteraction, duration);
      }
    }).observe({ type: "event", durationThreshold: 16 });
  `);
}

/** Milliseconds until the next frame was painted, of the slowest one. */
export async function slowestInteraction(page: Page): Promise<number> {
  // What was measured is told after the frame.
  await page.evaluate(
    "new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)))",
  );
  return page.evaluate<number>("slowestInteraction");
}
