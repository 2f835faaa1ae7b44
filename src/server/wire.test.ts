import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errors } from "../api/errors.ts";
import { errorBody, readBody, readTarget } from "./wire.ts";

function nameOfError(act: () => unknown): string {
  try {
    act();
    return "none";
  } catch (error) {
    return error instanceof Error ? error.name : "no error";
  }
}

describe("readTarget", () => {
  it("gives the operation", () => {
    expect(readTarget("AWSStepFunctions.StartExecution")).toBe("StartExecution");
  });

  it.each([undefined, "", "StartExecution", "DynamoDB_20120810.GetItem"])(
    "refuses %s",
    (target) => {
      expect(() => readTarget(target)).toThrow(
        expect.objectContaining({ name: "UnknownOperationException" }),
      );
    },
  );
});

describe("readBody", () => {
  const read = (text: string): unknown => readBody(Buffer.from(text));

  it("parses JSON, and takes nothing for {}", () => {
    expect(read('{"name":"a\\ud83d\\ude00"}')).toEqual({ name: "a😀" });
    expect(read("")).toEqual({});
  });

  it("keeps __proto__ as data", () => {
    const value = read('{"__proto__":{"name":"x"}}') as object;
    expect(Object.hasOwn(value, "__proto__")).toBe(true);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it.each([
    ["not JSON", "{"],
    ["a byte order mark", "\ufeff{}"],
    ["NaN", '{"maxResults":NaN}'],
    ["a lone high surrogate", '{"name":"\\ud800"}'],
    ["a lone low surrogate in a key", '{"\\uDC00":1}'],
    ["a swapped pair", '{"a":["\\udc00\\ud800"]}'],
    ["a depth of 501", `${"[".repeat(501)}${"]".repeat(501)}`],
    ["a depth of a million", "[".repeat(1_000_000)],
  ])("refuses %s", (_, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ name: "SerializationException" }));
  });

  it.each([[[0xff]], [[0x7b, 0xc3, 0x28, 0x7d]], [[0xed, 0xa0, 0x80]], [[0xc0, 0x80]]])(
    "refuses bytes that are no UTF-8: %s",
    (bytes) => {
      expect(() => readBody(Buffer.from(bytes))).toThrow(
        expect.objectContaining({ name: "SerializationException" }),
      );
    },
  );

  it("does not count brackets in texts", () => {
    const text = JSON.stringify({ definition: `\\"${"[".repeat(2_000)}` });
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it("never fails in another way", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.json().map((s) => Buffer.from(s)),
        ),
        (bytes) => {
          const name = nameOfError(() => readBody(Buffer.from(bytes)));
          expect(name).toMatch(/^(?:none|SerializationException)$/);
        },
      ),
    );
  });
});

it("errorBody has AWS's form", () => {
  expect(JSON.parse(errorBody(errors.resourceNotFound("a")))).toEqual({
    __type: "ResourceNotFound",
    message: "Resource not found: 'a'",
    resourceName: "a",
  });
});
