import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Json } from "../json/json.ts";
import { isObject } from "../json/kind.ts";
import { stringify } from "../json/stringify.ts";
import type { Scope } from "./evaluation.ts";
import { compilePath } from "./path.ts";
import { compileReferencePath, type ReferencePath } from "./reference-path.ts";

function scopeOf(input: Json): Scope {
  return {
    input,
    context: () => ({}),
    variable: () => undefined,
    random: () => 0,
    uuid: () => "",
    hash: () => "",
  };
}

function reference(text: string): ReferencePath {
  const compiled = compileReferencePath(text);
  if ("problem" in compiled) throw new Error(compiled.problem);
  return compiled;
}

describe("write", () => {
  test.each<[string, Json, Json | undefined]>([
    ["$", { a: 1 }, 9],
    ["$.a", { a: 1, b: 2 }, { a: 9, b: 2 }],
    ["$.c", { a: 1 }, { a: 1, c: 9 }],
    ["$.a.b.c", {}, { a: { b: { c: 9 } } }],
    ["$['a b']", {}, { "a b": 9 }],
    ["$.a[1]", { a: [1, 2, 3] }, { a: [1, 9, 3] }],
    ["$[0].x", [{ y: 1 }], [{ y: 1, x: 9 }]],
    ["$.a[3]", { a: [1, 2, 3] }, undefined],
    ["$.a[0]", {}, undefined],
    ["$.a[0]", { a: { 0: 1 } }, undefined],
    ["$.a.b", { a: 1 }, undefined],
    ["$.a.b", { a: null }, undefined],
    ["$.a.b", { a: [1] }, undefined],
    ["$.a", "text", undefined],
    ["$.a", null, undefined],
  ])("%s in %j", (text, root, expected) => {
    const before = stringify(root);
    expect(reference(text).write(root, 9)).toEqual(expected);
    expect(stringify(root)).toBe(before);
  });

  it("shares what does not change", () => {
    const shared = { y: 2 };
    const written = reference("$.a.z").write({ a: { x: 1 }, b: shared }, 3);
    expect(written).toEqual({ a: { x: 1, z: 3 }, b: shared });
    expect(isObject(written) && written["b"]).toBe(shared);
  });

  it("takes hostile keys for data", () => {
    const hostile: Json = JSON.parse('{"__proto__":{"x":1}}');
    const written = reference("$.__proto__.y").write(hostile, 2)!;
    expect(stringify(written)).toBe('{"__proto__":{"x":1,"y":2}}');
    expect(stringify(reference("$.constructor.prototype.z").write({}, 1)!)).toBe(
      '{"constructor":{"prototype":{"z":1}}}',
    );
    expect(stringify(reference("$.__proto__").write({}, { z: 1 })!)).toBe('{"__proto__":{"z":1}}');
    expect("z" in {}).toBe(false);
    expect("y" in {}).toBe(false);
  });

  it("makes what reading the same path gives, and nothing else", () => {
    const key = fc.constantFrom("a", "b", "__proto__", "constructor", "toString", "x y");
    const document = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constant(1),
        fc
          .array(fc.tuple(key, tie("value")), { maxLength: 4 })
          .map((entries): Json =>
            JSON.parse(`{${entries.map(([k, v]) => `"${k}":${stringify(v)}`).join()}}`),
          ),
      ),
    })).value;
    fc.assert(
      fc.property(document, fc.array(key, { minLength: 1, maxLength: 4 }), (root, keys) => {
        const text = `$${keys.map((name) => `['${name}']`).join("")}`;
        const written = reference(text).write(root, "new");
        if (written === undefined) return;
        const path = compilePath(text);
        if ("problem" in path) throw new Error(path.problem);
        expect(path.read(scopeOf(written))).toBe("new");
        // Writing twice is writing once.
        expect(stringify(reference(text).write(written, "new")!)).toBe(stringify(written));
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(({} as { a?: unknown }).a).toBeUndefined();
      }),
    );
  });
});

test.each([
  "",
  "a",
  "$$.a",
  "$variable.a",
  "$.a[*]",
  "$.a[1:]",
  "$.a[-1]",
  "$.a[0,1]",
  "$..a",
  "$['a','b']",
  "$.a[?(@.b)]",
  "$.a.length()",
  "$.a b",
])("%j is no reference path", (text) => {
  expect(compileReferencePath(text)).toMatchObject({ problem: expect.any(String) });
});
