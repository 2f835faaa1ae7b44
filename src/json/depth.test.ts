import { describe, expect, it } from "vitest";
import { exceedsDepth } from "./depth.ts";
import type { Json } from "./json.ts";

describe("exceedsDepth", () => {
  it("counts arrays and objects", () => {
    expect(exceedsDepth(1, 0)).toBe(false);
    expect(exceedsDepth({}, 0)).toBe(true);
    expect(exceedsDepth([{ a: [1] }, 2], 3)).toBe(false);
    expect(exceedsDepth([{ a: [1] }, 2], 2)).toBe(true);
  });

  it("survives what is deeper than any stack", () => {
    let value: Json = 1;
    for (let level = 0; level < 1_000_000; level += 1) value = [value];
    expect(exceedsDepth(value, 500)).toBe(true);
  });
});
