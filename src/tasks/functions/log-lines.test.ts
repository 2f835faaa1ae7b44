import { expect, it } from "vitest";
import { LogLines } from "./log-lines.ts";

function collect(now: () => number = () => 0) {
  const lines: string[] = [];
  return { lines, log: new LogLines((line) => lines.push(line), now) };
}

it("joins chunks to lines, also within a character", () => {
  const { lines, log } = collect();
  const bytes = Buffer.from("one\ntwö\r\nlast");
  for (const byte of bytes) log.write(Buffer.from([byte]));
  expect(lines).toEqual(["one", "twö"]);
  log.end();
  expect(lines).toEqual(["one", "twö", "last"]);
});

it("cuts long lines", () => {
  const { lines, log } = collect();
  log.write(Buffer.from(`${"a".repeat(40_000)}\n`));
  expect(lines.map((line) => line.length)).toEqual([16_384, 16_384, 7_232]);
  log.write(Buffer.from("b".repeat(20_000)));
  expect(lines.at(-1)?.length).toBe(16_384);
});

it("drops what exceeds the rate and says so", () => {
  let now = 0;
  const { lines, log } = collect(() => now);
  const chunk = Buffer.from(`${"a".repeat(1_023)}\n`);
  for (let i = 0; i < 1_025; i += 1) log.write(chunk);
  expect(lines).toHaveLength(1_024);
  now = 1_000;
  log.write(Buffer.from("next\n"));
  expect(lines.slice(1_024)).toEqual([
    "[1024 bytes of output dropped: more than 1 MiB in a second]",
    "next",
  ]);
});
