import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ProjectWatch, watchProject } from "./watch-project.ts";

describe("watchProject", () => {
  let folder: string;
  let watch: ProjectWatch | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "stepwell-watch-"));
  });
  afterEach(async () => {
    watch?.close();
    await rm(folder, { recursive: true });
  });

  it("calls back when a watched file changes, and again for the next change", async () => {
    const file = join(folder, "a.asl.json");
    await writeFile(file, "{}");
    let calls = 0;
    let called = (): void => undefined;
    watch = watchProject({ folders: [folder], files: [file] }, async () => {
      calls++;
      called();
    });
    await watch.ready;
    for (const content of ["{ }", "{  }"]) {
      const next = new Promise<void>((resolve) => {
        called = resolve;
      });
      await writeFile(file, content);
      await next;
    }
    expect(calls).toBe(2);
  });
});
