import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pageLength, Paging } from "./paging.ts";

const HOUR = 60 * 60 * 1_000;
const refusal = expect.objectContaining({
  name: "InvalidToken",
  message: "Invalid Token: 'Invalid token'",
});

describe("paging tokens", () => {
  let now = 0;
  const paging = new Paging(new Uint8Array(32).fill(1), { now: () => now });
  const request = ["ListExecutions", "arn", undefined];

  it("bring back the cursor for 24 hours", () => {
    now = 1_000;
    const token = paging.issue(request, [1_700_000_000_123, 42]);
    now += 24 * HOUR;
    expect(paging.read(request, token)).toEqual([1_700_000_000_123, 42]);
    now += 1;
    expect(() => paging.read(request, token)).toThrow(refusal);
  });

  it("are short enough for every operation", () => {
    expect(paging.issue(["x".repeat(3_000)], [2 ** 53, 2 ** 53]).length).toBeLessThan(256);
  });

  it("belong to one request", () => {
    const token = paging.issue(request, [1]);
    expect(() => paging.read(["ListExecutions", "arn", "FAILED"], token)).toThrow(refusal);
    expect(() => paging.read(["ListStateMachines"], token)).toThrow(refusal);
  });

  it("belong to one server", () => {
    const other = new Paging(new Uint8Array(32).fill(2), { now: () => now });
    expect(() => paging.read(request, other.issue(request, [1]))).toThrow(refusal);
  });

  it("cannot be changed or made up", () => {
    const token = paging.issue(request, [1]);
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        (at, character) => {
          const changed = token.slice(0, at) + character + token.slice(at + 1);
          // Base64 has several texts for the same bytes.
          fc.pre(!Buffer.from(changed, "base64url").equals(Buffer.from(token, "base64url")));
          expect(() => paging.read(request, changed)).toThrow(refusal);
        },
      ),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => paging.read(request, text)).toThrow(refusal);
      }),
      { numRuns: 1_000 },
    );
  });
});

it("a page has 100 items unless another number is asked for", () => {
  expect([undefined, 0, 1, 1_000].map(pageLength)).toEqual([100, 100, 1, 1_000]);
});
