import { describe, expect, it } from "vitest";
import { AWS_QUOTAS } from "../engine/quotas.ts";
import { executionStatus, pageSize, tags, traceHeader } from "./model.ts";
import { boolean, integer, list, optional, required, string, structure } from "./shapes.ts";
import type { Members } from "./shapes.ts";
import { validate } from "./validate.ts";

function problem(members: Members, input: unknown): string {
  try {
    validate(members, input, AWS_QUOTAS);
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return "none";
}

const constraint = (text: string): string =>
  `ValidationException: 1 validation error detected: ${text}`;

describe("constraints, in AWS's words", () => {
  it.each<[string, Members, unknown, string]>([
    [
      "a missing member",
      { x: required(string()) },
      {},
      "Value null at 'x' failed to satisfy constraint: Member must not be null",
    ],
    [
      "null for a missing member",
      { x: required(string()) },
      { x: null },
      "Value null at 'x' failed to satisfy constraint: Member must not be null",
    ],
    [
      "too much",
      { maxResults: optional(pageSize) },
      { maxResults: 1001 },
      "Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
    ],
    [
      "too little",
      { maxResults: optional(pageSize) },
      { maxResults: -1 },
      "Value '-1' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ],
    [
      "too short",
      { x: optional(string({ min: 1 })) },
      { x: "" },
      "Value '' at 'x' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      "too long",
      { x: optional(string({ max: 2 })) },
      { x: "abc" },
      "Value 'abc' at 'x' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      "a payload that is too long is not repeated",
      { x: optional(string({ max: 2, sensitive: true })) },
      { x: "abc" },
      "Value at 'x' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      "not one of the values",
      { statusFilter: optional(executionStatus) },
      { statusFilter: "succeeded" },
      "Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
    ],
    [
      "a pattern",
      { traceHeader: optional(traceHeader) },
      { traceHeader: "ä" },
      String.raw`Value 'ä' at 'traceHeader' failed to satisfy constraint: Member must satisfy regular expression pattern: ^\p{ASCII}*$`,
    ],
    [
      "inside of a list",
      { tags: optional(tags) },
      { tags: [{ key: "a" }, { key: null }] },
      "Value null at 'tags.2.member.key' failed to satisfy constraint: Member must not be null",
    ],
    [
      "null in a list",
      { x: optional(list(string())) },
      { x: ["a", null] },
      "Value null at 'x.2.member' failed to satisfy constraint: Member must not be null",
    ],
    [
      "inside of a structure",
      { x: optional(structure({ y: required(string()) })) },
      { x: {} },
      "Value null at 'x.y' failed to satisfy constraint: Member must not be null",
    ],
  ])("%s", (_, members, input, text) => {
    expect(problem(members, input)).toBe(constraint(text));
  });

  it("several are told together", () => {
    expect(problem({ a: required(string()), b: required(string({ min: 1 })) }, { b: "" })).toBe(
      "ValidationException: 2 validation errors detected: Value null at 'a' failed to satisfy constraint: Member must not be null; Value '' at 'b' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  });

  it("not without end", () => {
    const message = problem(
      { x: optional(list(string({ min: 1 }))) },
      { x: Array(1_000).fill("") },
    );
    expect(message).toContain("20 validation errors");
  });
});

describe("types", () => {
  it.each<[Members, unknown, string]>([
    [{ x: optional(string()) }, { x: 1 }, "NUMBER_VALUE can not be converted to a String"],
    [{ x: optional(string()) }, { x: true }, "TRUE_VALUE can not be converted to a String"],
    [{ x: optional(string()) }, { x: {} }, "START_OBJECT can not be converted to a String"],
    [{ x: optional(integer(0, 1)) }, { x: "1" }, "STRING_VALUE can not be converted to an Integer"],
    [
      { x: optional(integer(0, 1)) },
      { x: 0.5 },
      "DECIMAL_VALUE can not be converted to an Integer",
    ],
    [
      { x: optional(integer(0, 1)) },
      JSON.parse('{"x":1e400}'),
      "DECIMAL_VALUE can not be converted to an Integer",
    ],
    [{ x: optional(boolean) }, { x: "true" }, "STRING_VALUE can not be converted to a Boolean"],
    [{ x: optional(list(string())) }, { x: "a" }, "STRING_VALUE can not be converted to a List"],
    [{ x: optional(structure({})) }, { x: [] }, "START_ARRAY can not be converted to a Structure"],
    [{}, [], "The request body must be a JSON object"],
    [{}, null, "The request body must be a JSON object"],
    [{}, "x", "The request body must be a JSON object"],
  ])("%j refuses %j", (members, input, message) => {
    expect(problem(members, input)).toBe(`SerializationException: ${message}`);
  });
});

describe("what passes", () => {
  it("has the members of the model and no other", () => {
    const members = {
      a: required(string()),
      b: optional(boolean),
      c: optional(list(integer(0, 9))),
    };
    const input = JSON.parse(
      '{"a":"x","c":[1,2],"z":1,"__proto__":{"b":true},"b":null}',
    ) as unknown;
    expect(validate(members, input, AWS_QUOTAS)).toEqual({ a: "x", b: undefined, c: [1, 2] });
  });

  it("is not taken from a prototype", () => {
    expect(problem({ toString: required(string()) }, {})).toContain("Value null at 'toString'");
  });
});
