import { describe, expect, it } from "vitest";
import { createReadableLogger, readable } from "./logger.ts";

describe("readable", () => {
  it("is one short line: time, level, message, members", () => {
    const line = JSON.stringify({
      level: 40,
      time: 0,
      msg: "slow",
      port: 1,
      err: { message: "no", stack: "x" },
    });
    expect(readable(line)).toBe('00:00:00 warn  slow port=1 err="no"\n');
  });

  it("leaves out the request of a function's line", () => {
    const line = JSON.stringify({ level: 30, time: 0, msg: "hi", function: "f", requestId: "r" });
    expect(readable(line)).toBe("00:00:00 info  hi function=f\n");
  });

  it("cuts what is very long", () => {
    expect(
      readable(JSON.stringify({ level: 30, time: 0, msg: "", a: "x".repeat(10_000) })).length,
    ).toBeLessThan(600);
  });
});

describe("createReadableLogger", () => {
  it("writes from its level on", () => {
    const lines: string[] = [];
    const logger = createReadableLogger("warn", (text) => lines.push(text));
    logger.info("quiet");
    logger.warn({ a: "b" }, "loud");
    expect(lines).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d warn {2}loud a=b\n$/)]);
  });
});
