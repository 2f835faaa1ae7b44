import { describe, expect, it } from "vitest";
import { pointerOf } from "./json-path.ts";
import { nodeAt, pathAt, readDocument, readTree, resolveLocation } from "./source-tree.ts";

const TEXT = '{ "a/b": [ 1, { "c\\"d" : "e]}" } ], "z" : {"b[0]": null, "c": [true]} }';

it("knows where each value stands", () => {
  const root = readTree(TEXT);
  const at = (...path: (string | number)[]): string => {
    const node = nodeAt(root, path)!;
    return TEXT.slice(node.start, node.end);
  };
  expect(at()).toBe(TEXT);
  expect(at("a/b", 0)).toBe("1");
  expect(at("a/b", 1, 'c"d')).toBe('"e]}"');
  expect(at("z", "c")).toBe("[true]");
  expect(nodeAt(root, ["z", "d"])).toBeUndefined();
});

describe("a location of a diagnostic", () => {
  it.each([
    ["/", []],
    [undefined, []],
    ["/z/b[0]", ["z", "b[0]"]],
    ["/a/b[1]/c", ["a/b", 1]],
    ["/z/x/y", ["z"]],
  ])("%s leads to %j", (location, path) => {
    expect(resolveLocation(readTree(TEXT), location)).toEqual(path);
  });
});

it("finds the value at the cursor, from its name on", () => {
  const root = readTree(TEXT);
  expect(pathAt(root, TEXT.indexOf("e]}"))).toEqual(["a/b", 1, 'c"d']);
  expect(pathAt(root, TEXT.indexOf('"b[0]"'))).toEqual(["z", "b[0]"]);
  expect(pathAt(root, 1)).toEqual([]);
});

it("takes no text that is no JSON", () => {
  expect(readDocument('{"a": }')).toBeUndefined();
  expect(readDocument("")).toBeUndefined();
});

it("writes paths as src/asl writes locations", () => {
  expect(pointerOf(["States", "A", "Choices", 0, "Next"])).toBe("/States/A/Choices[0]/Next");
});
