import { describe, expect, it } from "vitest";
import type { Json } from "../../json/json.ts";
import type { ResultShape } from "../ports.ts";
import { checkResult, type ValidationMode } from "./check-result.ts";

const SHAPE: ResultShape = {
  type: "structure",
  required: ["Id"],
  members: new Map<string, () => ResultShape>([
    ["Id", () => ({ type: "string", min: 2, max: 4 })],
    ["Size", () => ({ type: "number", min: 1, max: 10 })],
    ["Kind", () => ({ type: "string", values: ["A", "B"] })],
    ["Done", () => ({ type: "boolean" })],
    ["Body", () => ({ type: "any" })],
    ["Tags", () => ({ type: "map", value: () => ({ type: "string" }) })],
    ["Children", () => ({ type: "list", element: () => SHAPE })],
  ]),
};

const check = (result: Json, mode: ValidationMode = "STRICT"): string | undefined =>
  checkResult(result, SHAPE, mode)?.replace("Mock result schema validation error: ", "");

describe("checkResult", () => {
  it.each<[Json, string | undefined]>([
    [{ Id: "ab" }, undefined],
    [{ Id: "ab", id: 1, Other: [] }, undefined],
    [{ Id: "ab", Body: [1, { a: null }] }, undefined],
    [{}, "Required field 'Id' is missing"],
    [{ Id: 1 }, "Field 'Id' must be a string"],
    [{ Id: "a" }, "Field 'Id' is smaller than the minimum length"],
    [{ Id: "abcde" }, "Field 'Id' exceeds the maximum length"],
    [{ Id: "ab", Size: "1" }, "Field 'Size' must be a number"],
    [{ Id: "ab", Size: 0.5 }, "Field 'Size' is less than the minimum value"],
    [{ Id: "ab", Size: 11 }, "Field 'Size' exceeds the maximum value"],
    [{ Id: "ab", Kind: "C" }, "Field 'Kind' is not an expected value"],
    [{ Id: "ab", Done: "true" }, "Field 'Done' must be a boolean"],
    [{ Id: "ab", Tags: [] }, "Field 'Tags' must be an object"],
    [{ Id: "ab", Tags: { a: "x", b: null } }, "Field 'Tags' must be a string"],
    [{ Id: "ab", Children: {} }, "Field 'Children' must be an array"],
    [{ Id: "ab", Children: [{ Id: "ab" }, 1] }, "Field 'Children' must be an object"],
    [{ Id: "ab", Children: [{ Children: [] }] }, "Required field 'Id' is missing"],
    ["ab", "Mocked result must be a JSON object."],
  ])("%j: %s", (result, problem) => {
    expect(check(result)).toBe(problem);
  });

  it("misses nothing with PRESENT, but checks what is there", () => {
    expect(check({ Children: [{}] }, "PRESENT")).toBeUndefined();
    expect(check({ Children: [{ Id: 1 }] }, "PRESENT")).toBe("Field 'Id' must be a string");
  });

  it("takes everything with NONE", () => {
    expect(check([1], "NONE")).toBeUndefined();
  });
});
