import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/json/json.ts";
import { parseDefinition } from "../../../src/asl/parse-definition.ts";
import { DocumentEditor } from "../document/document-editor.ts";
import { readDocument } from "../document/source-tree.ts";
import {
  canMove,
  duplicateState,
  insertFragment,
  moveState,
  placeAfter,
  placeBefore,
  removeState,
  renameState,
} from "./edit-flow.ts";
import { fragmentOf } from "./fragment.ts";
import {
  END,
  exitOf,
  leadsToState,
  referencesOf,
  setTarget,
  startOf,
  targetOf,
  type Reference,
} from "./references.ts";
import { allStates } from "./states.ts";

const PASS = fragmentOf("New", { Type: "Pass", End: true });

function editorOf(definition: Json): DocumentEditor {
  return new DocumentEditor(readDocument(JSON.stringify(definition, undefined, 2))!);
}

/** The flow in short: `A -> B`, `C ?0 D`. */
function flow(editor: DocumentEditor): string[] {
  const signs = { StartAt: "", Next: "->", Choice: "?", Default: "else", Catch: "!" };
  const machines = new Map<string, readonly (string | number)[]>([["", []]]);
  for (const { machine } of allStates(editor.value)) machines.set(machine.join("/"), machine);
  const references = [...machines.values()].flatMap((machine) => [
    startOf(machine),
    ...Array.from(allStates(editor.value))
      .filter((state) => state.machine.join() === machine.join())
      .flatMap(({ name }) => referencesOf(editor.value, machine, name)),
  ]);
  return references.map((reference) => {
    const owner = reference.kind === "StartAt" ? "" : reference.path[reference.machine.length + 1];
    const target = targetOf(editor.value, reference);
    const to = target === END ? "." : (target ?? "nowhere");
    return `${owner} ${signs[reference.kind]} ${to}`.trim().replace("  ", " ");
  });
}

const LINE = {
  StartAt: "A",
  States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", End: true } },
};

const CHOICE = {
  StartAt: "C",
  States: {
    C: { Type: "Choice", Choices: [{ Next: "A" }, {}], Default: "B" },
    A: { Type: "Pass", Next: "B" },
    B: { Type: "Fail" },
  },
};

describe("a new state", () => {
  it("stands between two", () => {
    const editor = editorOf(LINE);
    expect(insertFragment(editor, exitOf([], "A"), PASS)).toEqual(["States", "New"]);
    expect(flow(editor)).toEqual(["A", "A -> New", "New -> B", "B -> ."]);
    expect(Object.keys(editor.get(["States"]) as JsonObject)).toEqual(["A", "New", "B"]);
  });

  it("stands at the start", () => {
    const editor = editorOf(LINE);
    insertFragment(editor, startOf([]), PASS);
    expect(flow(editor)).toEqual(["New", "New -> A", "A -> B", "B -> ."]);
  });

  it("stands at the end", () => {
    const editor = editorOf(LINE);
    insertFragment(editor, exitOf([], "B"), PASS);
    expect(flow(editor)).toEqual(["A", "A -> B", "B -> New", "New -> ."]);
    expect(editor.text).not.toContain('"B": {\n      "Type": "Pass",\n      "End"');
  });

  it("is the first of an empty machine", () => {
    const editor = editorOf({ States: {} });
    insertFragment(editor, startOf([]), PASS);
    expect(editor.value).toEqual({ StartAt: "New", States: { New: { Type: "Pass", End: true } } });
    expect(editor.text.indexOf("StartAt")).toBeLessThan(editor.text.indexOf("States"));
  });

  it("is the first of an empty branch", () => {
    const editor = editorOf({ StartAt: "P", States: { P: { Type: "Parallel", Branches: [{}] } } });
    const machine = ["States", "P", "Branches", 0];
    expect(insertFragment(editor, startOf(machine), PASS)).toEqual([...machine, "States", "New"]);
    expect(editor.get(machine)).toEqual({
      States: { New: { Type: "Pass", End: true } },
      StartAt: "New",
    });
  });

  it("takes the place of what a rule or a Default leads to", () => {
    const editor = editorOf(CHOICE);
    const [first, second, fallback] = referencesOf(CHOICE, [], "C") as [
      Reference,
      Reference,
      Reference,
    ];
    insertFragment(editor, first, PASS);
    insertFragment(editor, second, PASS);
    insertFragment(editor, fallback, fragmentOf("X", { Type: "Fail" }));
    expect(flow(editor).toSorted()).toEqual(
      ["C", "C ? New", "C ? New (2)", "C else X", "New -> A", "New (2) -> .", "A -> B"].toSorted(),
    );
  });

  it("that chooses goes on to what was there by default", () => {
    const editor = editorOf(LINE);
    insertFragment(editor, exitOf([], "A"), fragmentOf("C", { Type: "Choice", Choices: [{}] }));
    expect(flow(editor)).toEqual(["A", "A -> C", "C ? nowhere", "C else B", "B -> ."]);
  });

  it("has a name of its own, and so have those inside of it", () => {
    const inner = { StartAt: "A", States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Fail" } } };
    const editor = editorOf(LINE);
    insertFragment(
      editor,
      exitOf([], "B"),
      fragmentOf("A", { Type: "Parallel", Branches: [inner], End: true }),
    );
    const names = Array.from(allStates(editor.value), ({ name }) => name);
    expect(names).toEqual(["A", "B", "A (2)", "A (3)", "B (2)"]);
    expect(flow(editor)).toContain("A (3) -> B (2)");
    expect(parseDefinition(editor.text, { type: "STANDARD" }).diagnostics).toEqual([]);
  });
});

describe("a state that is taken out", () => {
  it("leaves the way from before it to after it", () => {
    const editor = editorOf(LINE);
    removeState(editor, ["States", "A"]);
    expect(editor.value).toEqual({ StartAt: "B", States: { B: { Type: "Pass", End: true } } });
  });

  it("leaves the end where it was", () => {
    const editor = editorOf(LINE);
    removeState(editor, ["States", "B"]);
    expect(editor.value).toEqual({ StartAt: "A", States: { A: { Type: "Pass", End: true } } });
  });

  it("leaves a rule open if nothing came after it", () => {
    const editor = editorOf(CHOICE);
    removeState(editor, ["States", "B"]);
    expect(flow(editor)).toEqual(["C", "C ? A", "C ? nowhere", "C else nowhere", "A -> ."]);
  });

  it("that chose leaves its Default", () => {
    const editor = editorOf(CHOICE);
    removeState(editor, ["States", "C"]);
    expect(flow(editor)).toEqual(["B", "A -> B"]);
  });

  it("as the last one leaves an empty machine", () => {
    const editor = editorOf({ StartAt: "A", States: { A: { Type: "Pass", End: true } } });
    removeState(editor, ["States", "A"]);
    expect(editor.value).toEqual({ States: {} });
  });
});

describe("a state that is moved", () => {
  it("changes its place in the flow, not in the text", () => {
    const editor = editorOf(LINE);
    expect(moveState(editor, ["States", "A"], exitOf([], "B"))).toEqual(["States", "A"]);
    expect(flow(editor)).toEqual(["B", "A -> .", "B -> A"]);
  });

  it("goes into a branch as it is written", () => {
    const text = `{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Wait", "Seconds": 1.50, "Next": "P" },
    "P": { "Type": "Parallel", "Branches": [{ "States": {} }], "End": true }
  }
}`;
    const editor = new DocumentEditor(readDocument(text)!);
    const machine = ["States", "P", "Branches", 0];
    moveState(editor, ["States", "A"], startOf(machine));
    expect(flow(editor)).toEqual(["P", "P -> .", "A", "A -> ."]);
    expect(editor.text).toContain('"A": { "Type": "Wait", "Seconds": 1.50, "End": true }');
  });

  it("leaves behind what does not lead to its new machine", () => {
    const editor = editorOf({
      StartAt: "T",
      States: {
        T: { Type: "Task", Catch: [{ ErrorEquals: ["E"], Next: "F" }], Next: "P" },
        P: { Type: "Parallel", Branches: [{ States: {} }], Next: "F" },
        F: { Type: "Fail" },
      },
    });
    moveState(editor, ["States", "T"], startOf(["States", "P", "Branches", 0]));
    expect(flow(editor)).toEqual(["P", "P -> F", "T", "T -> .", "T ! nowhere"]);
  });

  it("does not go into itself", () => {
    const definition = {
      StartAt: "P",
      States: { P: { Type: "Parallel", Branches: [{ States: {} }], End: true } },
    };
    const place = startOf(["States", "P", "Branches", 0]);
    expect(canMove(["States", "P"], place)).toBe(false);
    const editor = editorOf(definition);
    moveState(editor, ["States", "P"], place);
    expect(editor.batches).toEqual([]);
  });

  it("that is put where it is stays", () => {
    const editor = editorOf(LINE);
    moveState(editor, ["States", "B"], exitOf([], "A"));
    moveState(editor, ["States", "B"], exitOf([], "B"));
    expect(editor.batches).toEqual([]);
  });
});

it("a copy comes after its state, or beside it if nothing can", () => {
  const editor = editorOf(LINE);
  duplicateState(editor, ["States", "A"]);
  expect(flow(editor)).toEqual(["A", "A -> A (2)", "A (2) -> B", "B -> ."]);
  const choice = editorOf(CHOICE);
  expect(duplicateState(choice, ["States", "B"])).toEqual(["States", "B (2)"]);
  expect(flow(choice)).toEqual(["C", "C ? A", "C ? nowhere", "C else B", "A -> B"]);
});

it("a new name is used by all that lead to the state", () => {
  const editor = editorOf(CHOICE);
  expect(renameState(editor, ["States", "B"], 'b"')).toEqual(["States", 'b"']);
  expect(flow(editor)).toEqual(["C", "C ? A", "C ? nowhere", 'C else b"', 'A -> b"']);
});

it("by keyboard a state comes after another where a way is open, and before it", () => {
  expect(placeAfter(CHOICE, ["States", "C"])?.path).toEqual(["States", "C", "Choices", 1, "Next"]);
  expect(placeAfter(LINE, ["States", "A"])?.path).toEqual(["States", "A", "Next"]);
  expect(placeAfter(LINE, undefined)?.path).toEqual(["States", "B", "Next"]);
  expect(placeAfter(CHOICE, ["States", "B"])).toBeUndefined();
  expect(placeBefore(CHOICE, ["States", "C"])?.path).toEqual(["StartAt"]);
  expect(placeBefore(LINE, ["States", "B"])?.path).toEqual(["States", "A", "Next"]);
});

it("a way is led elsewhere, to the end, or nowhere", () => {
  const editor = editorOf(LINE);
  setTarget(editor, exitOf([], "A"), END);
  setTarget(editor, exitOf([], "B"), "A");
  expect(flow(editor)).toEqual(["A", "A -> .", "B -> A"]);
  setTarget(editor, exitOf([], "B"), undefined);
  expect(editor.get(["States", "B"])).toEqual({ Type: "Pass" });
});

const NESTED = {
  StartAt: "A",
  States: {
    A: { Type: "Task", Resource: "r", Catch: [{ ErrorEquals: ["E"], Next: "C" }], Next: "P" },
    P: {
      Type: "Parallel",
      Branches: [
        { StartAt: "B1", States: { B1: { Type: "Pass", Next: "B2" }, B2: { Type: "Succeed" } } },
        { StartAt: "B3", States: { B3: { Type: "Wait", Seconds: 1, End: true } } },
      ],
      Next: "M",
    },
    M: {
      Type: "Map",
      ItemProcessor: { StartAt: "I", States: { I: { Type: "Pass", End: true } } },
      Next: "C",
    },
    C: { Type: "Choice", Choices: [{ Next: "F" }], Default: "S" },
    F: { Type: "Fail" },
    S: { Type: "Succeed" },
  },
};

it("whatever is done, every way leads to a state of its machine or nowhere, and names are unique", () => {
  const step = fc.record({
    kind: fc.constantFrom("insert", "remove", "move", "duplicate"),
    state: fc.nat(),
    place: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const editor = editorOf(NESTED);
      for (const { kind, state, place } of steps) {
        const states = [...allStates(editor.value)];
        const chosen = states[state % (states.length || 1)];
        const places = [
          startOf([]),
          ...states.flatMap(({ machine, name }) => referencesOf(editor.value, machine, name)),
        ];
        const there = places[place % places.length]!;
        if (kind === "insert") insertFragment(editor, there, PASS);
        else if (chosen === undefined) continue;
        else if (kind === "remove") removeState(editor, chosen.path);
        else if (kind === "move") moveState(editor, chosen.path, there);
        else duplicateState(editor, chosen.path);
      }
      const names = Array.from(allStates(editor.value), ({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const { machine, name } of allStates(editor.value)) {
        for (const reference of [startOf(machine), ...referencesOf(editor.value, machine, name)]) {
          const target = targetOf(editor.value, reference);
          expect(typeof target !== "string" || leadsToState(editor.value, reference)).toBe(true);
        }
      }
      expect(readDocument(editor.text)?.value).toEqual(editor.value);
    }),
  );
});
