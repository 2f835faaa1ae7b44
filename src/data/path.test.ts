import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Json } from "../json/json.ts";
import { isArray } from "../json/kind.ts";
import { JsonNumber } from "../json/number.ts";
import { parseSource } from "../json/parse.ts";
import { stringify } from "../json/stringify.ts";
import type { Scope } from "./evaluation.ts";
import { compilePath, type Path } from "./path.ts";
import { compileReferencePath } from "./reference-path.ts";
import { compileTemplate } from "./template.ts";

function scopeOf(
  input: Json,
  more: { context?: Json; variables?: Record<string, Json> } = {},
): Scope {
  return {
    input,
    context: () => more.context ?? {},
    variable: (name) => more.variables?.[name],
    random: () => 0,
    uuid: () => "",
    hash: () => "",
  };
}

function path(text: string): Path {
  const compiled = compilePath(text);
  if ("problem" in compiled) throw new Error(compiled.problem);
  return compiled;
}

const read = (text: string, input: Json) => path(text).read(scopeOf(input));

const STORE: Json = {
  book: [
    { category: "reference", author: "Rees", title: "Sayings", price: 8.95 },
    { category: "fiction", author: "Waugh", title: "Sword", price: 12.99 },
    { category: "fiction", author: "Melville", title: "Moby Dick", isbn: "0-553", price: 8.99 },
    { category: "fiction", author: "Tolkien", title: "Rings", isbn: "0-395", price: 22.99 },
  ],
  bicycle: { color: "red", price: 19.95 },
};

describe("definite paths", () => {
  const input: Json = {
    a: { b: { c: 1 }, "x y": 2, "it's": 3, été: 4, "a.b": 5, $id: 6, "a-b": 7 },
    list: [10, [20, 21], null],
    none: null,
    number: new JsonNumber("1.0"),
    text: "abc",
  };
  test.each<[string, Json | undefined]>([
    ["$", input],
    ["$.a.b.c", 1],
    ["$['a']['b'][\"c\"]", 1],
    ["$[ 'a' ].b", { c: 1 }],
    ["$.a['x y']", 2],
    ["$.a['it\\'s']", 3],
    ['$.a["it\'s"]', 3],
    ["$.a['\\u00e9t\\u00e9']", 4],
    ["$.a.été", 4],
    ["$.a['a.b']", 5],
    ["$.a.$id", 6],
    ["$.a.a-b", 7],
    ["$.list[0]", 10],
    ["$.list[1][1]", 21],
    ["$.list[-2][0]", 20],
    ["$.list[2]", null],
    ["$.none", null],
    ["$.none.x", undefined],
    ["$.no", undefined],
    ["$.no.such.path", undefined],
    ["$.list[3]", undefined],
    ["$.list[-4]", undefined],
    ["$.list.length", undefined],
    ["$.list.0", undefined],
    ["$.text.length", undefined],
    ["$.text[0]", undefined],
    ["$.number.text", undefined],
    ["$.a[0]", undefined],
    ["$.constructor", undefined],
    ["$.__proto__", undefined],
    ["$.a.toString", undefined],
    ["$.a['b','x y','no']", { b: { c: 1 }, "x y": 2 }],
  ])("%s", (text, expected) => {
    expect(path(text).definite).toBe(true);
    expect(read(text, input)).toEqual(expected);
  });

  it("reads hostile keys that are there", () => {
    const hostile: Json = JSON.parse('{"__proto__":{"constructor":1},"toString":2}');
    expect(read("$.__proto__.constructor", hostile)).toBe(1);
    expect(read("$['toString']", hostile)).toBe(2);
    expect(read("$.constructor", hostile)).toBeUndefined();
  });

  it("starts at the context object or a variable", () => {
    const scope = scopeOf({ a: 1 }, { context: { a: 2 }, variables: { v: { a: 3 } } });
    expect(path("$$").read(scope)).toEqual({ a: 2 });
    expect(path("$$.a").read(scope)).toBe(2);
    expect(path("$v.a").read(scope)).toBe(3);
    expect(path("$v").read(scope)).toEqual({ a: 3 });
    expect(path("$v").variable).toBe("v");
    expect(path("$.v").variable).toBeUndefined();
    expect(path("$w.a").read(scope)).toBeUndefined();
    expect(path("$w.a").failure(scope)).toBe("The variable '$w' is not defined");
  });

  it("gives null beyond the end of an array only where AWS does", () => {
    const scope = scopeOf({ list: [1], none: null, deep: [[]] });
    const lenient = (text: string) => path(text).readLenient(scope);
    expect(lenient("$.list[0]")).toBe(1);
    expect(lenient("$.list[1]")).toBeNull();
    expect(lenient("$.deep[0][0]")).toBeNull();
    expect(lenient("$.list[1].x")).toBeUndefined();
    expect(lenient("$.none[0]")).toBeUndefined();
    expect(lenient("$.no[0]")).toBeUndefined();
    expect(lenient("$unset[0]")).toBeUndefined();
  });
});

describe("verbatim input", () => {
  const parsed = parseSource('{"a": [1, 2], "b": 0}');
  const input = parsed.ok ? parsed.value : null;
  const context = { Execution: { Input: input } };
  const scope = scopeOf(input, { context, variables: { v: input } });
  const print = (text: string) => stringify(path(text).read(scope)!);

  it("stays verbatim as a whole and is compact in parts", () => {
    expect(print("$")).toBe('{"a": [1, 2], "b": 0}');
    expect(print("$v")).toBe('{"a": [1, 2], "b": 0}');
    expect(print("$.a")).toBe("[1,2]");
    expect(print("$$.Execution.Input")).toBe('{"a":[1,2],"b":0}');
    expect(print("$$.Execution[*]")).toBe('[{"a":[1,2],"b":0}]');
  });

  it("is compact inside of other values", () => {
    const template = compileTemplate({ "x.$": "$", "y.$": "States.Array($)" });
    const result = "problems" in template ? undefined : template.evaluate(scope);
    expect(result?.ok && stringify(result.value)).toBe(
      '{"x":{"a":[1,2],"b":0},"y":[{"a":[1,2],"b":0}]}',
    );
    const place = compileReferencePath("$.r");
    const written = "problem" in place ? undefined : place.write({}, input);
    expect(written && stringify(written)).toBe('{"r":{"a":[1,2],"b":0}}');
  });
});

describe("reasons", () => {
  test.each([
    ["$.NoSuchInputPath", "No results for path: $['NoSuchInputPath']"],
    ["$.no.such.path", "Missing property in path $['no']"],
    ["$.a.no.path", "Missing property in path $['a']['no']"],
    ["$.a.b.no", "No results for path: $['a']['b']['no']"],
    ["$.list[9]", "No results for path: $['list'][9]"],
    ["$.list[0][0]", "Filter: [0] can only be applied to arrays. Current context is: 1"],
    ["$.none[0]", "The path $['none'] is null"],
    [
      "$.list[0].x",
      "Expected to find an object with property ['x'] in path $['list'][0] but found " +
        "'java.lang.Integer'. This is not a json object according to the JsonProvider: " +
        "'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.",
    ],
  ])("%s", (text, reason) => {
    const scope = scopeOf({ a: { b: {} }, list: [1], none: null });
    expect(path(text).read(scope)).toBeUndefined();
    expect(path(text).failure(scope)).toBe(reason);
  });
});

describe("paths to many values", () => {
  const items: Json = { items: [0, 1, 2, 3, 4, 5] };
  test.each<[string, Json, Json]>([
    ["$.items[*]", items, [0, 1, 2, 3, 4, 5]],
    ["$.items.*", items, [0, 1, 2, 3, 4, 5]],
    ["$.*[0]", items, [0]],
    ["$.items[1:3]", items, [1, 2]],
    ["$.items[4:]", items, [4, 5]],
    ["$.items[-2:]", items, [4, 5]],
    ["$.items[:2]", items, [0, 1]],
    ["$.items[:-4]", items, [0, 1]],
    ["$.items[-3:-1]", items, [3, 4]],
    ["$.items[1:-1]", items, []],
    ["$.items[1:99]", items, [1, 2, 3, 4, 5]],
    ["$.items[0,2,-1]", items, [0, 2, 5]],
    ["$.items[0,9]", items, [0, null]],
    ["$['a','b'].x", { a: { x: 1 }, b: { x: 2 }, c: { x: 3 } }, [1, 2]],
    // Nothing on the way is no failure.
    ["$.items[*]", {}, []],
    ["$[*]", {}, []],
    ["$.item.items[1:5]", {}, []],
    ["$.item.items[1:]", {}, []],
    ["$.items[*].itemValue", {}, []],
    ["$.items[*]", { items: "text" }, []],
    ["$[*].a", [{ a: 1 }, {}, { a: null }, 3], [1, null]],
    [
      "$[*][*]",
      [
        [1, 2],
        [3, 4],
      ],
      [1, 2, 3, 4],
    ],
    ["$.d..a", { d: { x: { a: [1, 2] } } }, [[1, 2]]],
    ["$.d..a[*]", { d: { x: { a: [1, 2] } } }, [1, 2]],
    ["$..author", STORE, ["Rees", "Waugh", "Melville", "Tolkien"]],
    ["$..price", STORE, [8.95, 12.99, 8.99, 22.99, 19.95]],
    ["$..book[2].title", STORE, ["Moby Dick"]],
    ["$..[0]", [[1], [2, [3]]], [[1], 1, 2, 3]],
    ["$..*", { a: [1, { b: 2 }] }, [[1, { b: 2 }], 1, { b: 2 }, 2]],
    ["$..['a','b']", [{ a: 1, b: 2 }, { a: 3 }], [{ a: 1, b: 2 }]],
    ["$..[?(@.isbn)].author", STORE, ["Melville", "Tolkien"]],
  ])("%s of %j", (text, input, expected) => {
    expect(path(text).definite).toBe(false);
    expect(read(text, input)).toEqual(expected);
  });
});

describe("filters", () => {
  const titles = (filter: string) => read(`$.book[?(${filter})].title`, STORE);
  test.each([
    ["@.price < 10", ["Sayings", "Moby Dick"]],
    ["@.price<10&&@.category=='fiction'", ["Moby Dick"]],
    ["@.isbn", ["Moby Dick", "Rings"]],
    ["!@.isbn", ["Sayings", "Sword"]],
    ["!(@.isbn || @.price > 10)", ["Sayings"]],
    ["@['author'] == \"Rees\"", ["Sayings"]],
    ["'Rees' == @.author", ["Sayings"]],
    ["@.author in ['Rees', 'Waugh']", ["Sayings", "Sword"]],
    ["@.author nin ['Rees', 'Waugh']", ["Moby Dick", "Rings"]],
    ["@.price >= 12.99 && @.price <= 22.99", ["Sword", "Rings"]],
    ["@.author > 'Rees'", ["Sword", "Rings"]],
    ["@.author != 'Rees' && @.isbn != '0-395'", ["Sword", "Moby Dick"]],
    ["@.title contains 'o'", ["Sword", "Moby Dick"]],
    ["@.title size 5", ["Sword", "Rings"]],
    ["@.title =~ /.*d.*/", ["Sword"]],
    ["@.title =~ /S.*/", ["Sayings", "Sword"]],
    ["@.title =~ /moby dick/i", ["Moby Dick"]],
    ["@.price > $.bicycle.price", ["Rings"]],
    ["@.price < '10'", []],
    ["@.missing == null", []],
    ["@.title.length() == 5", []],
  ])("%s", (filter, expected) => {
    expect(titles(filter)).toEqual(expected);
  });

  test.each<[string, Json, Json]>([
    // Measured: false is there, null is not.
    [
      "$.list[?(@.keep)]",
      { list: [{ keep: true }, { keep: false }, { other: 1 }] },
      [{ keep: true }, { keep: false }],
    ],
    ["$[?(!@.s)]", [{ s: null }, { s: {} }, { id: 3 }], [{ s: null }, { id: 3 }]],
    ["$[?(@ > 2)]", [1, 2, 3, "4"], [3]],
    ["$[?(@.a == null)]", [{ a: null }, {}], [{ a: null }]],
    ["$[?(@.a == true)]", [{ a: true }, { a: "true" }], [{ a: true }]],
    [
      "$[?(@.a == 1)]",
      [{ a: 1 }, { a: new JsonNumber("1.0") }, { a: "1" }],
      [{ a: 1 }, { a: new JsonNumber("1.0") }, { a: "1" }],
    ],
    ["$[?(@.a === 1)]", [{ a: 1 }, { a: "1" }], [{ a: 1 }]],
    ["$[?(@.a !== 1)]", [{ a: 1 }, { a: "1" }], [{ a: "1" }]],
    ["$[?(@.a == [1,{'b':2}])]", [{ a: [1, { b: 2 }] }, { a: [1] }], [{ a: [1, { b: 2 }] }]],
    ["$[?(@.a empty true)]", [{ a: [] }, { a: [1] }, { a: "" }, {}], [{ a: [] }, { a: "" }]],
    ["$[?(@.a contains 2)]", [{ a: [1, 2] }, { a: [3] }], [{ a: [1, 2] }]],
    ["$[?(@.a anyof [1,9])]", [{ a: [1, 2] }, { a: [3] }], [{ a: [1, 2] }]],
    ["$[?(@.a noneof [1,9])]", [{ a: [1, 2] }, { a: [3] }], [{ a: [3] }]],
    ["$[?(@.a subsetof [1,2,3])]", [{ a: [1, 2] }, { a: [4] }], [{ a: [1, 2] }]],
    ["$[?(@.a all [1,2])]", [{ a: [1, 2, 3] }, { a: [1] }], [{ a: [1, 2, 3] }]],
    ["$[?(@.a type 'number')]", [{ a: 1 }, { a: "1" }], [{ a: 1 }]],
    ["$[?(@.tags[?(@ == 'x')])]", [{ tags: ["x"] }, { tags: ["y"] }, {}], [{ tags: ["x"] }]],
    ["$[?(@.tags.length() > 1)]", [{ tags: ["x", "z"] }, { tags: ["y"] }], [{ tags: ["x", "z"] }]],
    ["$.o[?(@.a == 1)]", { o: { a: 1 } }, [{ a: 1 }]],
    ["$.o[?(@.a == 2)]", { o: { a: 1 } }, []],
    ["$.o[?(@.a == 2)]", { o: 5 }, []],
    ["$[?(@.a-b == 1)]", [{ "a-b": 1 }], [{ "a-b": 1 }]],
  ])("%s", (text, input, expected) => {
    expect(read(text, input)).toEqual(expected);
  });
});

describe("functions", () => {
  const input: Json = { n: [3, 1, 2, "x"], o: { a: 1, b: 2 }, t: ["a", "b"], e: [] };
  test.each<[string, Json | undefined]>([
    ["$.n.length()", 4],
    ["$.o.length()", 2],
    ["$.e.size()", 0],
    ["$.o.keys()", ["a", "b"]],
    ["$.n.min()", 1],
    ["$.n.max()", 3],
    ["$.n.sum()", 6],
    ["$.n.avg()", 2],
    ["$.e.sum()", undefined],
    ["$.t.concat('c', $.t[0])", "abca"],
    ["$.t.append('c')", ["a", "b", "c"]],
    ["$.n.first()", 3],
    ["$.t.last()", "b"],
    ["$.t.index(-2)", "a"],
    ["$.t.index(5)", undefined],
    ["$.no.length()", undefined],
    ["$..a.length()", 1],
    ["$.*.length()", 4],
  ])("%s", (text, expected) => {
    expect(path(text).definite).toBe(true);
    expect(read(text, input)).toEqual(expected);
  });
});

describe("problems", () => {
  test.each([
    "",
    "a",
    "$.",
    "$..",
    "$.a.",
    "$.a b",
    "$a b",
    "$[",
    "$[]",
    "$['a",
    "$['a'",
    "$['a',]",
    "$[a]",
    "$[1",
    "$[:]",
    "$[::2]",
    "$[99999999999999999]",
    "$.a[?]",
    "$.a[?(]",
    "$.a[?(@.x ==)]",
    "$.a[?(@.x = 1)]",
    "$.a[?(1)]",
    "$.a[?(@.x foo 1)]",
    "$.a[?(@.x =~ /(a/)]",
    "$.a[?(@.x =~ /a(?=b)/)]",
    "$.a[?(@.x =~ /(a)\\1/)]",
    "$.a[?(@.x =~ /a/q)]",
    "$.a.nofunction()",
    "$.a.length().b",
    "$.a.length(",
    "$]",
    `$.${"a".repeat(5000)}`,
    `$${".a".repeat(300)}`,
    `$[?(${"(".repeat(150)}@.a${")".repeat(150)})]`,
    `$${"[?(@".repeat(30)}.a${")]".repeat(30)}`,
    `$${"x".repeat(81)}`,
  ])("%j", (text) => {
    expect(compilePath(text)).toMatchObject({ problem: expect.any(String) });
  });

  it("never throws", () => {
    const piece = fc.constantFrom(
      ...Array.from("$@.[]()?*:,'\"\\/!=<>~&| ab0-"),
      "..",
      "[?(@",
      "length()",
      " in ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
        const compiled = compilePath(`$${pieces.join("")}`);
        if ("problem" in compiled) return;
        const scope = scopeOf({ a: [1, "b", null], b: { a: { b: 0 } } });
        const value = compiled.read(scope);
        expect(value !== undefined || compiled.failure(scope) !== "").toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});

describe("bounds", () => {
  it("gives up on paths that look at too many values", () => {
    const wide: Json = Array.from({ length: 2000 }, (_, index) => ({ id: index }));
    const scope = scopeOf({ wide });
    const quadratic = path("$.wide[?(@.id in $.wide[*].id)]");
    expect(quadratic.read(scope)).toBeUndefined();
    expect(quadratic.failure(scope)).toBe("Evaluating the path looks at too many values");
  });

  it("matches patterns in linear time", () => {
    const text = "a".repeat(20_000);
    for (const pattern of ["(a*)*b", "(a|aa)+b", "(a|a)*b", "(.*)*(.*)*b"]) {
      const started = performance.now();
      expect(read(`$[?(@ =~ /${pattern}/)]`, [text])).toEqual([]);
      expect(performance.now() - started).toBeLessThan(1000);
    }
  });

  it("scans values that are nested deeply", () => {
    let value: Json = { leaf: 1 };
    for (let depth = 0; depth < 20_000; depth += 1) value = [value];
    expect(read("$..leaf", value)).toEqual([1]);
  });
});

describe("patterns", () => {
  const matches = (pattern: string, text: string) => {
    const compiled = compilePath(`$[?(@ =~ ${pattern})]`);
    if ("problem" in compiled) return undefined;
    const found = compiled.read(scopeOf([text]));
    return isArray(found) && found[0] === text;
  };
  test.each([
    ["/abc/", "abc", true],
    ["/abc/", "xabcx", false],
    ["/^abc$/", "abc", true],
    ["/a|b/", "b", true],
    ["/a|b/", "c", false],
    ["/(?:ab)+/", "ababab", true],
    ["/(ab){2}/", "abab", true],
    ["/(ab){2}/", "ab", false],
    ["/a{1,2}/", "aa", true],
    ["/a{1,2}/", "aaa", false],
    ["/a{2,}/", "aaaa", true],
    ["/a?b*?c/", "bbc", true],
    ["/[a-c0-9_-]+/", "a-9_c", true],
    ["/[^a-c]/", "d", true],
    ["/[^a-c]/", "b", false],
    ["/[\\d.]+/", "1.5", true],
    ["/\\w+@\\w+\\.com/", "me@example.com", true],
    ["/\\//", "/", true],
    ["/./", "\n", false],
    ["/./s", "\n", true],
    ["/.*É/i", "xé", true],
    ["/😀+/", "😀😀", true],
    ["/()*/", "", true],
    ["/(a|)*b/", "aab", true],
    ["/[[]/", "[", undefined],
    ["/\\b/", "b", undefined],
    ["/a**/", "a", undefined],
    ["/{1}/", "", undefined],
    ["/a{2,1}/", "a", undefined],
    ["/(((a{90}){90}){90})/", "a", undefined],
  ])("%s on %j: %s", (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });
});
