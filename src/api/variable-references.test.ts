import { expect, it } from "vitest";
import { variableReferences } from "./variable-references.ts";

function references(states: object, language?: string): unknown {
  return variableReferences(
    JSON.stringify({ QueryLanguage: language, StartAt: "A", States: states }),
  );
}

it("is nothing if no state reads a variable", () => {
  const state = {
    Type: "Pass",
    Result: { "x.$": "$a", InputPath: "$b" },
    ResultPath: "$.c",
    Parameters: { "now.$": "$$.State.EnteredTime", "x.$": "$.y['$d']", SomePath: "$e" },
    Assign: { f: "$g" },
  };
  expect(references({ A: state })).toBeUndefined();
});

it("finds variables in paths, templates, functions and choice rules", () => {
  const states = {
    A: { Type: "Pass", InputPath: "$a", OutputPath: "$z.y[0]", Assign: { "x.$": "$b" } },
    B: {
      Type: "Choice",
      Choices: [{ And: [{ Variable: "$c", StringEqualsPath: "$d" }], Next: "A" }],
    },
    C: { Type: "Task", Parameters: { a: [{ "x.$": "States.Format('it\\'s $no {}', $e)" }] } },
    D: { Type: "Wait", SecondsPath: "$f" },
    E: { Type: "Map", ItemReader: { ReaderConfig: { MaxItemsPath: "$g" } } },
  };
  expect(references(states)).toEqual({
    A: ["a", "b", "z"],
    B: ["c", "d"],
    C: ["e"],
    D: ["f"],
    E: ["g"],
  });
});

it("lists nested states beside the others", () => {
  const inner = { StartAt: "B", States: { B: { Type: "Pass", InputPath: "$b" } } };
  const states = {
    A: { Type: "Map", ItemsPath: "$a", ItemProcessor: inner },
    P: { Type: "Parallel", Branches: [{ StartAt: "C", States: { C: { InputPath: "$c" } } }] },
  };
  expect(references(states)).toEqual({ A: ["a"], B: ["b"], C: ["c"] });
});

it("knows JSONata's own names from variables", () => {
  const output =
    "{% ($own := $a.x; $sum([$states.input.y, $own]) & $map($b, function($v, $i) { $v }) & '$no') %}";
  expect(references({ A: { Type: "Pass", Output: { x: [output] } } }, "JSONata")).toEqual({
    A: ["a", "b"],
  });
});
