import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Tokens } from "./tokens.ts";

const tokens = new Tokens(new Uint8Array(32).fill(1));
const subjects = fc.record({
  executionId: fc.integer({ min: 1, max: 2 ** 32 }),
  startedAt: fc.maxSafeNat(),
  task: fc.record({ frame: fc.nat(), scheduledEventId: fc.integer({ min: 1, max: 2 ** 20 }) }),
});

describe("task tokens", () => {
  it("are read back as they were made, are short and of plain characters", () => {
    fc.assert(
      fc.property(subjects, (subject) => {
        const token = tokens.make(subject);
        expect(token).toMatch(/^[\w-]{40,100}$/u);
        expect(tokens.read(token)).toEqual(subject);
      }),
    );
  });

  it("with any other character are refused", () => {
    fc.assert(
      fc.property(subjects, fc.nat(), fc.constantFrom(..."Aaz09-_="), (subject, at, character) => {
        const token = tokens.make(subject);
        const index = at % token.length;
        const changed = token.slice(0, index) + character + token.slice(index + 1);
        expect(tokens.read(changed)).toEqual(changed === token ? subject : undefined);
      }),
    );
  });

  it("of another secret, empty, cut or endless ones are refused", () => {
    const subject = { executionId: 1, startedAt: 2, task: { frame: 3, scheduledEventId: 4 } };
    const token = tokens.make(subject);
    expect(new Tokens(new Uint8Array(32).fill(2)).read(token)).toBeUndefined();
    for (const text of ["", token.slice(1), token.slice(0, -1), "A".repeat(2_000), `${token}\n`]) {
      expect(tokens.read(text)).toBeUndefined();
    }
  });
});
