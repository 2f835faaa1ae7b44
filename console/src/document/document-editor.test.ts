import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/json/json.ts";
import { jsonEquals } from "../../../src/json/equal.ts";
import { isArray, isObject } from "../../../src/json/kind.ts";
import { parseJson } from "../../../src/json/parse.ts";
import { stringify } from "../../../src/json/stringify.ts";
import { DocumentEditor } from "./document-editor.ts";
import type { JsonPath } from "./json-path.ts";
import { JsonSource } from "./json-source.ts";
import { readDocument } from "./source-tree.ts";
import { applyEdits } from "./text-edit.ts";

function edit(text: string, change: (editor: DocumentEditor) => void): string {
  const editor = new DocumentEditor(readDocument(text)!);
  change(editor);
  return editor.text;
}

const STATES = `{
    "StartAt" : "A",
    "States" : {
        "A" : { "Type": "Wait", "Seconds": 1.0, "Next": "B" },
        "B" : {
            "Type" : "Succeed"
        }
    }
}
`;

describe("a text", () => {
  it("changes only where the value does", () => {
    expect(edit(STATES, (editor) => editor.set(["States", "A", "Next"], "C"))).toBe(
      STATES.replace('"B" }', '"C" }'),
    );
  });

  it("stays the same if the value is set that it has", () => {
    const editor = new DocumentEditor(readDocument(STATES)!);
    editor.set([], editor.value);
    editor.set(["States", "A"], editor.get(["States", "A"])!);
    expect(editor.batches).toEqual([]);
  });

  it("takes new members as its others are laid out", () => {
    expect(
      edit(STATES, (editor) => editor.set(["States", "B", "Output"], { a: [1, 2], b: {} })),
    ).toBe(
      STATES.replace(
        '"Succeed"\n',
        `"Succeed",
            "Output" : {
                "a" : [1, 2],
                "b" : {}
            }
`,
      ),
    );
    expect(edit(STATES, (editor) => editor.set(["States", "A", "Assign"], { a: 1 }))).toBe(
      STATES.replace('"B" }', '"B", "Assign" : { "a" : 1 } }'),
    );
  });

  it("takes a new member before the one that it is to stand before", () => {
    expect(
      edit(STATES, (editor) =>
        editor.set(["Comment"], "x", { before: ["QueryLanguage", "StartAt"] }),
      ),
    ).toBe(STATES.replace('    "StartAt"', '    "Comment" : "x",\n    "StartAt"'));
  });

  it("loses a member with its comma and its line", () => {
    expect(edit(STATES, (editor) => editor.remove(["States", "A", "Seconds"]))).toBe(
      STATES.replace(' "Seconds": 1.0,', ""),
    );
    expect(edit(STATES, (editor) => editor.remove(["StartAt"]))).toBe(
      STATES.replace('"StartAt" : "A",\n    ', ""),
    );
    expect(edit(STATES, (editor) => editor.remove(["States", "B", "Type"]))).toContain(
      '"B" : {}\n',
    );
  });

  it("on one line stays on one line", () => {
    const text = '{"StartAt":"A","States":{"A":{"Type":"Pass"}}}';
    expect(edit(text, (editor) => editor.set(["States", "B"], { Type: "Wait", Seconds: 1 }))).toBe(
      '{"StartAt":"A","States":{"A":{"Type":"Pass"},"B":{"Type":"Wait","Seconds":1}}}',
    );
    expect(edit('{"a": [1, 2]}', (editor) => editor.insert(["a", 1], { b: 1, c: [] }))).toBe(
      '{"a": [1, {"b": 1, "c": []}, 2]}',
    );
  });

  it("of nothing but brackets is laid out", () => {
    expect(edit("{}", (editor) => editor.set(["a"], { b: 1 }))).toBe(
      '{\n  "a": {\n    "b": 1\n  }\n}',
    );
  });

  it("keeps its line ends and tabs", () => {
    expect(edit('{\r\n\t"a": {}\r\n}', (editor) => editor.set(["a", "b"], [{ c: 1 }]))).toBe(
      '{\r\n\t"a": {\r\n\t\t"b": [\r\n\t\t\t{\r\n\t\t\t\t"c": 1\r\n\t\t\t}\r\n\t\t]\r\n\t}\r\n}',
    );
  });

  it("has its elements moved as they are written", () => {
    const text = '{"a": [ 1.0, {"b" : 1},\n 3 ]}';
    expect(edit(text, (editor) => editor.move(["a", 0], 2))).toBe('{"a": [ {"b" : 1}, 3,\n 1.0 ]}');
  });

  it("has its members renamed, not touched otherwise", () => {
    expect(edit(STATES, (editor) => editor.rename(["States", "A"], 'A "1"'))).toBe(
      STATES.replace('"A" : {', String.raw`"A \"1\"" : {`),
    );
  });

  it("takes what is written as it is written", () => {
    const source = JsonSource.read('{\n  "x": 1.50,\n  "y": [ ]\n}')!;
    expect(edit(STATES, (editor) => editor.set(["States", "B", "Output"], source))).toContain(
      '"Output" : {\n              "x": 1.50,\n              "y": [ ]\n            }\n',
    );
  });

  it("gives out what is written without its indentation", () => {
    const editor = new DocumentEditor(readDocument(STATES)!);
    expect(editor.source(["States", "B"])?.text).toBe('{\n    "Type" : "Succeed"\n}');
  });

  it("loses all of a name that stands there twice", () => {
    expect(edit('{"a": 1, "b": 2, "a": 3}', (editor) => editor.remove(["a"]))).toBe('{"b": 2}');
    expect(edit('{"a": 1, "b": 2, "a": 3}', (editor) => editor.set(["a"], 4))).toBe(
      '{"a": 1, "b": 2, "a": 4}',
    );
  });

  it("knows a number by how it is written", () => {
    expect(edit('{"a": 2.0}', (editor) => editor.set(["a"], 2))).toBe('{"a": 2}');
  });
});

/** JSON with blanks anywhere, as people and machines write it. */
const written = fc
  .tuple(fc.jsonValue({ maxDepth: 4 }), fc.array(fc.constantFrom("", " ", "\n", "\n  ", "\r\n\t")))
  .map(([value, blanks]) => {
    let index = 0;
    const blank = (): string => (blanks.length === 0 ? "" : blanks[(index += 1) % blanks.length]!);
    const print = (one: unknown): string => {
      if (Array.isArray(one)) {
        return `[${blank()}${one.map(print).join(`${blank()},${blank()}`)}${blank()}]`;
      }
      if (typeof one !== "object" || one === null) return JSON.stringify(one);
      const members = Object.entries(one).map(
        ([key, inner]) => `${JSON.stringify(key)}${blank()}:${blank()}${print(inner)}`,
      );
      return `{${blank()}${members.join(`${blank()},${blank()}`)}${blank()}}`;
    };
    return blank() + print(value) + blank();
  });

function places(value: Json, path: JsonPath = []): JsonPath[] {
  const inner = isArray(value)
    ? value.flatMap((one, index) => places(one, [...path, index]))
    : isObject(value)
      ? Object.entries(value).flatMap(([key, one]) => places(one, [...path, key]))
      : [];
  return [path, ...inner];
}

/** What is to be done, at the place that `at` chooses of those that there are. */
const step = fc.record({
  kind: fc.constantFrom("set", "add", "remove", "insert", "move", "rename", "source"),
  at: fc.nat(),
  to: fc.nat(),
  name: fc.constantFrom("x", "a", "__proto__", 'q"', "toString"),
  value: fc.jsonValue({ maxDepth: 2 }).map((value) => value as Json),
});

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

function take(editor: DocumentEditor, { kind, at, to, name, value }: Step): void {
  const all = places(editor.value);
  const path = all[at % all.length]!;
  const here = editor.get(path)!;
  const parent = editor.get(path.slice(0, -1))!;
  if (kind === "set") editor.set(path, value);
  else if (kind === "add" && isObject(here)) editor.set([...path, name], value, { before: ["a"] });
  else if (kind === "insert" && isArray(here)) {
    editor.insert([...path, to % (here.length + 1)], value);
  } else if (kind === "source") {
    editor.set(path, JsonSource.read(JSON.stringify(value, undefined, 1))!);
  } else if (path.length === 0) return;
  else if (kind === "remove") editor.remove(path);
  else if (kind === "move" && isArray(parent)) editor.move(path, to % parent.length);
  else if (kind === "rename" && isObject(parent) && !Object.hasOwn(parent, name)) {
    editor.rename(path, name);
  }
}

const texts = fc.array(step, { maxLength: 8 });

it("edits of a text are edits of its value", () => {
  fc.assert(
    fc.property(written, texts, (text, steps) => {
      const editor = new DocumentEditor(readDocument(text)!);
      for (const one of steps) take(editor, one);
      const parsed = parseJson(editor.text);
      expect(parsed.ok && jsonEquals(parsed.value, editor.value)).toBe(true);
      expect(stringify(parsed.ok ? parsed.value : null)).toBe(stringify(editor.value));
    }),
  );
});

it("edits can be made again and taken back, down to the last character", () => {
  fc.assert(
    fc.property(written, texts, (text, steps) => {
      const editor = new DocumentEditor(readDocument(text)!);
      for (const one of steps) take(editor, one);
      let again = text;
      for (const { edits } of editor.batches) again = applyEdits(again, edits);
      expect(again).toBe(editor.text);
      for (const { inverse } of editor.batches.toReversed()) again = applyEdits(again, inverse);
      expect(again).toBe(text);
    }),
  );
});

it("a value that is set anew leaves everything outside of it as it was", () => {
  fc.assert(
    fc.property(written, fc.nat(), (text, at) => {
      const document = readDocument(text)!;
      const all = places(document.value);
      const editor = new DocumentEditor(document);
      const path = all[at % all.length]!;
      const before = editor.source(path)!;
      editor.set(path, { new: true });
      editor.set(path, before);
      expect(jsonEquals(readDocument(editor.text)!.value, document.value)).toBe(true);
      expect(editor.text.replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
    }),
  );
});
