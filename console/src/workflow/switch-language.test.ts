import { expect, it } from "vitest";
import type { Json } from "../../../src/json/json.ts";
import { parseDefinition } from "../../../src/asl/parse-definition.ts";
import { DocumentEditor } from "../document/document-editor.ts";
import { readDocument } from "../document/source-tree.ts";
import { allStates } from "./states.ts";
import { lostFields, switchDefinition, switchState } from "./switch-language.ts";

const DEFINITION: Json = {
  StartAt: "A",
  States: {
    A: {
      Type: "Task",
      Resource: "arn:aws:states:::sns:publish",
      Parameters: { TopicArn: "t", Message: "m" },
      ResultPath: "$.sent",
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "B" }],
      Next: "C",
    },
    B: { Type: "Pass", Parameters: { "a.$": "$.a" }, End: true },
    C: {
      Type: "Choice",
      Choices: [{ Variable: "$.a", IsNull: true, Comment: "none", Next: "B" }],
      Default: "B",
    },
  },
};

function editorOf(definition: Json): DocumentEditor {
  return new DocumentEditor(readDocument(JSON.stringify(definition))!);
}

it("names what is lost", () => {
  expect(lostFields([...allStates(DEFINITION)], "JSONata")).toEqual([
    "A: ResultPath",
    "A: Catch.0.ResultPath",
    "B: Parameters",
    "C: Choices.0.Variable",
    "C: Choices.0.IsNull",
  ]);
});

it("leaves no field of the other language in a definition", () => {
  const editor = editorOf(DEFINITION);
  switchDefinition(editor, "JSONata");
  expect(editor.value).toEqual({
    QueryLanguage: "JSONata",
    StartAt: "A",
    States: {
      A: {
        Type: "Task",
        Resource: "arn:aws:states:::sns:publish",
        Arguments: { TopicArn: "t", Message: "m" },
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "B" }],
        Next: "C",
      },
      B: { Type: "Pass", End: true },
      C: { Type: "Choice", Choices: [{ Comment: "none", Next: "B" }], Default: "B" },
    },
  });
  editor.set(["States", "C", "Choices", 0, "Condition"], "{% true %}");
  expect(parseDefinition(editor.text, { type: "STANDARD" }).diagnostics).toEqual([]);
  switchDefinition(editor, "JSONPath");
  expect(editor.get(["States", "A"])).toHaveProperty("Parameters.TopicArn", "t");
  expect(editor.get(["States", "C", "Choices", 0])).toEqual({ Comment: "none", Next: "B" });
});

it("gives a single state a language of its own, and takes it back", () => {
  const editor = editorOf(DEFINITION);
  switchState(editor, ["States", "B"], "JSONata");
  expect(editor.get(["States", "B"])).toEqual({
    QueryLanguage: "JSONata",
    Type: "Pass",
    End: true,
  });
  switchState(editor, ["States", "B"], "JSONPath");
  expect(editor.get(["States", "B"])).toEqual({ Type: "Pass", End: true });
});
