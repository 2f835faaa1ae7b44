import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parseDefinition } from "./parse-definition.ts";
import { variableReferences } from "./variable-references.ts";

function references(states: object, top: object = {}): unknown {
  const text = JSON.stringify({ StartAt: Object.keys(states)[0], States: states, ...top });
  return referencesIn(text);
}

function referencesIn(text: string): unknown {
  const { definition, diagnostics } = parseDefinition(text, { type: "STANDARD" });
  expect(diagnostics.filter(({ severity }) => severity === "ERROR")).toEqual([]);
  return variableReferences(definition!);
}

const END = { End: true };
const inner = (states: object) => ({ StartAt: Object.keys(states)[0], States: states });

test("states that read no variable are left out", () => {
  const state = {
    Type: "Pass",
    ResultPath: "$.c",
    Result: { "x.$": "$a" },
    Parameters: { "now.$": "$$.State.EnteredTime", "x.$": "$.y['$d']" },
    Assign: { f: "$g" },
  };
  expect(references({ A: { ...state, ...END } })).toEqual({});
});

test("JSONPath: paths, templates, functions, rules, times, catchers", () => {
  const states = {
    A: { Type: "Pass", InputPath: "$a", OutputPath: "$z.y[0]", Assign: { "x.$": "$b" }, Next: "B" },
    B: {
      Type: "Choice",
      Choices: [
        {
          And: [
            { Variable: "$c", StringEqualsPath: "$d" },
            { Not: { Variable: "$e", IsNull: true } },
          ],
          Assign: { "x.$": "$f" },
          Next: "C",
        },
      ],
      Default: "D",
    },
    C: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage",
      Parameters: { a: [{ "x.$": "States.Format('it\\'s $no {}', $g)" }] },
      ResultSelector: { "x.$": "$h" },
      TimeoutSecondsPath: "$i",
      HeartbeatSecondsPath: "$j",
      Credentials: { "RoleArn.$": "$k" },
      Catch: [{ ErrorEquals: ["States.ALL"], Assign: { "x.$": "$l" }, Next: "D" }],
      Next: "D",
    },
    D: { Type: "Wait", SecondsPath: "$m", Next: "E" },
    E: { Type: "Wait", TimestampPath: "$n", Next: "F" },
    F: { Type: "Fail", ErrorPath: "$o", CausePath: "States.Format('{}', $p)" },
  };
  expect(references(states)).toEqual({
    A: ["a", "b", "z"],
    B: ["c", "d", "e", "f"],
    C: ["g", "h", "i", "j", "k", "l"],
    D: ["m"],
    E: ["n"],
    F: ["o", "p"],
  });
});

test("everything of a Map; states inside others stand beside them", () => {
  const map = {
    Type: "Map",
    ItemsPath: "$a",
    ItemSelector: { "x.$": "$b" },
    ItemReader: {
      Resource: "arn:aws:states:::s3:getObject",
      Parameters: { "Bucket.$": "$c" },
      ReaderConfig: { InputType: "JSON", MaxItemsPath: "$d" },
    },
    ItemBatcher: {
      BatchInput: { "x.$": "$e" },
      MaxItemsPerBatchPath: "$f",
      MaxInputBytesPerBatchPath: "$g",
    },
    ResultWriter: {
      Resource: "arn:aws:states:::s3:putObject",
      Parameters: { "Bucket.$": "$h" },
    },
    MaxConcurrencyPath: "$i",
    ToleratedFailureCountPath: "$j",
    ToleratedFailurePercentagePath: "$k",
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      ...inner({ B: { Type: "Pass", InputPath: "$l", ...END } }),
    },
    Next: "P",
  };
  const parallel = {
    Type: "Parallel",
    Branches: [inner({ C: { Type: "Pass", InputPath: "$m", ...END } })],
    ...END,
  };
  expect(references({ A: map, P: parallel })).toEqual({
    A: ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"],
    B: ["l"],
    C: ["m"],
  });
});

test("JSONata: every field, without its own names", () => {
  const own = "{% ($own := $a.x; $sum([$states.input.y, $own]) & $map($b, function($v) { $v })) %}";
  const states = {
    A: { Type: "Pass", Output: { x: [own] }, Assign: { x: "{% $c %}" }, Next: "B" },
    B: {
      Type: "Choice",
      Choices: [
        {
          Condition: "{% $d = 1 %}",
          Output: "{% $e %}",
          Assign: { x: "{% $f & '$no' %}" },
          Next: "C",
        },
      ],
      Output: "{% $g %}",
      Default: "D",
    },
    C: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage",
      Arguments: "{% $h %}",
      TimeoutSeconds: "{% $i %}",
      Catch: [{ ErrorEquals: ["States.ALL"], Output: "{% $j %}", Next: "D" }],
      Next: "D",
    },
    D: { Type: "Wait", Seconds: "{% $k %}", Next: "E" },
    E: {
      Type: "Map",
      Items: ["{% $l %}"],
      MaxConcurrency: "{% $m %}",
      ItemProcessor: inner({ I: { Type: "Succeed", Output: "{% $n %}" } }),
      Next: "F",
    },
    F: { Type: "Fail", Error: "{% $o %}", Cause: "text" },
  };
  expect(references(states, { QueryLanguage: "JSONata" })).toEqual({
    A: ["a", "b", "c"],
    B: ["d", "e", "f", "g"],
    C: ["h", "i", "j"],
    D: ["k"],
    E: ["l", "m"],
    F: ["o"],
    I: ["n"],
  });
});

const RECORDED = resolve(
  import.meta.dirname,
  "../../../shared/conformance/test_sfn_api_variable_references.json",
);

interface Call {
  readonly operation?: string;
  readonly params?: { readonly definition?: string };
  readonly expected?: { readonly variableReferences?: unknown };
}

test.skipIf(!existsSync(RECORDED))("is what AWS answered", () => {
  const cases: readonly { readonly calls: readonly Call[] }[] = JSON.parse(
    readFileSync(RECORDED, "utf8"),
  );
  const answers = cases.flatMap(({ calls }) => {
    const text = calls.find(({ operation }) => operation === "CreateStateMachine")?.params;
    const told = calls.flatMap(({ expected }) => expected?.variableReferences ?? []);
    return text?.definition === undefined
      ? []
      : told.map((want) => ({ text: text.definition!, want }));
  });
  expect(answers.length).toBeGreaterThan(5);
  for (const { text, want } of answers) expect(referencesIn(text)).toEqual(want);
});
