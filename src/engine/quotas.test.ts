import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS, engineLimits } from "./limits.ts";
import {
  AWS_QUOTAS,
  quotaProblem,
  QUOTA_NAMES,
  QUOTAS,
  quotasAboveAws,
  quotasWith,
} from "./quotas.ts";

describe("the table of limits", () => {
  it("allows AWS's own values", () => {
    const refused = QUOTA_NAMES.filter(
      (name) => quotaProblem(name, AWS_QUOTAS[name]) !== undefined,
    );
    expect(refused).toEqual([]);
    expect(quotasAboveAws(AWS_QUOTAS)).toEqual([]);
  });

  it("names what is above AWS's values", () => {
    const quotas = quotasWith({ aliases: 101, versions: 999, payloadBytes: 262_145 });
    expect(quotasAboveAws(quotas)).toEqual(["payloadBytes", "aliases"]);
  });

  it.each([0, -1, 1.5, 10_001, Number.NaN, "10", null, undefined])(
    "refuses aliases: %s",
    (value) => {
      expect(quotaProblem("aliases", value)).toBe("must be a whole number from 1 to 10000");
    },
  );

  it("reaches the engine", () => {
    expect(DEFAULT_LIMITS).toMatchObject({
      openExecutions: 1_000_000,
      expressMilliseconds: 300_000,
    });
    const limits = engineLimits(
      quotasWith({ payloadBytes: 5, historyEvents: 10, openExecutions: 2, expressMaxSeconds: 1 }),
    );
    expect(limits.execution).toMatchObject({ payloadBytes: 5, historyEvents: 10 });
    expect(limits).toMatchObject({ openExecutions: 2, expressMilliseconds: 1_000 });
  });

  it("is the one of the documentation", () => {
    const text = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");
    const shown = (value: number): string => value.toLocaleString("en-US");
    for (const name of QUOTA_NAMES) {
      const { aws, least, most, meaning } = QUOTAS[name];
      const range = `${shown(least)} - ${shown(most)}`;
      expect(text).toContain(`| \`${name}\` | ${shown(aws)} | ${range} | ${meaning} |`);
    }
  });
});
