import { describe, expect, it, test } from "vitest";
import type { Json } from "../json/json.ts";
import { isArray } from "../json/kind.ts";
import { stringify } from "../json/stringify.ts";
import type { Scope } from "./evaluation.ts";
import { compileTemplate, type Template } from "./template.ts";

const scope: Scope = {
  input: { a: 1, list: [1, 2], none: null },
  context: () => ({ State: { Name: "S" } }),
  variable: (name) => (name === "v" ? { w: 7 } : undefined),
  random: () => 0,
  uuid: () => "",
  hash: () => "",
};

function template(value: Json): Template {
  const compiled = compileTemplate(value);
  if ("problems" in compiled) throw new Error(JSON.stringify(compiled.problems));
  return compiled;
}

describe("evaluate", () => {
  test.each<[Json, Json]>([
    [{ "x.$": "$.a" }, { x: 1 }],
    [
      { x: 0, "y.$": "$", z: {} },
      { x: 0, y: scope.input, z: {} },
    ],
    [{ deep: { er: [{ "x.$": "$.a" }, "$.a", 5] } }, { deep: { er: [{ x: 1 }, "$.a", 5] } }],
    [[{ "x.$": "$$.State.Name" }], [{ x: "S" }]],
    [
      { "x.$": "$v.w", "y.$": "$v" },
      { x: 7, y: { w: 7 } },
    ],
    [{ "x.$": "States.Format('{}', $.a)" }, { x: "1" }],
    [{ "x.$": "$.none" }, { x: null }],
    [{ "x.$": "$.list[9]" }, { x: null }],
    [{ "x.$": "$.items[*]" }, { x: [] }],
    [
      { "a.b.$": "$.a", $: 1, c$: 2 },
      { "a.b": 1, $: 1, c$: 2 },
    ],
  ])("%j", (value, expected) => {
    expect(template(value).evaluate(scope)).toEqual({ ok: true, value: expected });
  });

  test.each<[Json]>([[null], [5], ["$.a"], [[]], [{ a: [{ b: "$.c" }] }]])(
    "%j is given back as it is",
    (value) => {
      const fixed = template(value);
      const first = fixed.evaluate(scope);
      expect(first).toBe(fixed.evaluate(scope));
      expect(first.ok && first.value).toBe(value);
    },
  );

  it("shares the parts without expressions", () => {
    const fixed = { a: [1] };
    const result = template([fixed, { "x.$": "$.a" }]).evaluate(scope);
    expect(result).toEqual({ ok: true, value: [fixed, { x: 1 }] });
    expect(result.ok && isArray(result.value) && result.value[0]).toBe(fixed);
  });

  it("fails with the key of the field, however deep", () => {
    expect(template({ a: { b: [{ "c.$": "$.no" }] } }).evaluate({ ...scope, input: {} })).toEqual({
      ok: false,
      error: "States.Runtime",
      cause:
        "The JSONPath '$.no' specified for the field 'c.$' could not be found in the input '{}'",
    });
  });

  it("names its variables once", () => {
    const value = { "a.$": "$v.w", b: { "c.$": "States.Array($v, $u)" } };
    expect(template(value).variables).toEqual(["v", "u"]);
    expect(template({ a: 1 }).variables).toEqual([]);
  });

  it("takes hostile keys for data", () => {
    const value: Json = JSON.parse('{"__proto__.$":"$.a","b":{"__proto__":{"c.$":"$.a"}}}');
    const result = template(value).evaluate(scope);
    expect(result.ok && stringify(result.value)).toBe('{"__proto__":1,"b":{"__proto__":{"c":1}}}');
    expect("c" in {}).toBe(false);
  });
});

describe("problems", () => {
  test.each<[Json, string[]]>([
    [{ "a.$": 1 }, ["/a.$"]],
    [{ "a.$": null }, ["/a.$"]],
    [{ "a.$": { "b.$": "$.c" } }, ["/a.$"]],
    [{ "a.$": "no path" }, ["/a.$"]],
    [{ a: 1, "a.$": "$.a" }, ["/a.$"]],
    [{ x: [{ "a/b~.$": "$." }, { "c.$": "States.Nope()" }] }, ["/x/0/a~1b~0.$", "/x/1/c.$"]],
  ])("%j", (value, pointers) => {
    const compiled = compileTemplate(value);
    if (!("problems" in compiled)) throw new Error("no problems");
    expect(compiled.problems.map(({ pointer }) => pointer)).toEqual(pointers);
  });
});
