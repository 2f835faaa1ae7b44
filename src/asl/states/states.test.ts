import { describe, expect, test } from "vitest";
import type { State } from "../definition.ts";
import { parseDefinition } from "../parse-definition.ts";

const END = { Type: "Pass", End: true };
const MACHINE = { StartAt: "In", States: { In: END } };
const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f";
const TASK = { Type: "Task", Resource: LAMBDA, End: true };
const RULE = { Variable: "$.x", NumericEquals: 1, Next: "B" };
const DISTRIBUTED = { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" };
const MAP = { Type: "Map", ItemsPath: "$.items", ItemProcessor: MACHINE, End: true };
const DMAP = { ...MAP, ItemProcessor: { ...MACHINE, ProcessorConfig: DISTRIBUTED } };

function parse(state: object, type: "STANDARD" | "EXPRESS" = "STANDARD") {
  const next = JSON.stringify(state).includes('"B"') ? { B: { Type: "Succeed" } } : {};
  const text = JSON.stringify({ StartAt: "A", States: { A: state, ...next } });
  return parseDefinition(text, { type });
}

function compiled(state: object): State {
  const { definition, diagnostics } = parse(state);
  expect(diagnostics.filter(({ severity }) => severity === "ERROR")).toEqual([]);
  return definition!.states.get("A")!;
}

function errors(state: object, type?: "STANDARD" | "EXPRESS"): string[] {
  return parse(state, type).diagnostics.flatMap(({ severity, message, location }) =>
    severity === "ERROR" ? [`${message} at ${location?.replace("/States/A", "~")}`] : [],
  );
}

function warnings(state: object): string[] {
  return parse(state).diagnostics.flatMap(({ severity, code, location }) =>
    severity === "WARNING" ? [`${code} at ${location?.replace("/States/A", "~")}`] : [],
  );
}

describe("all states", () => {
  test.each([
    [
      { Type: "Pass" },
      "One of these fields is required: [Next, End]. State 'A' would have nowhere to go: name the state to run next in 'Next', or make it the last one with 'End': true at ~",
    ],
    [
      { Type: "Pass", Next: "B", End: true },
      "There should only be one of the following fields: [Next, End] at ~",
    ],
    [{ Type: "Pass", End: 1, Next: "B" }, "Expected value of type [BOOLEAN] at ~/End"],
    [{ ...END, InputPath: "x" }, "Value must be a valid JSONPath. at ~/InputPath"],
    [{ ...END, OutputPath: 1 }, "Expected value of type [STRING] at ~/OutputPath"],
    [{ ...END, ResultPath: "$.a[*]" }, "Value is not a Reference Path at ~/ResultPath"],
    [{ ...END, ResultPath: "$$.a" }, "Value is not a Reference Path at ~/ResultPath"],
    [
      { Type: "Wait", Seconds: 1, End: true, ResultPath: null },
      "Field 'ResultPath' is not supported at ~",
    ],
    [{ ...MAP, TimeoutSeconds: 1 }, "Field 'TimeoutSeconds' is not supported at ~"],
    [{ ...END, Catch: [] }, "Field 'Catch' is not supported at ~"],
    [{ Type: "Succeed", Next: "B" }, "Field 'Next' is not supported at ~"],
  ])("%j", (state, message) => {
    expect(errors(state)).toContain(message);
  });

  test("a field that is nearly one of the language's is a warning", () => {
    expect(warnings({ ...END, ResultPah: "$.a", Notes: "n" })).toEqual([
      "UNKNOWN_FIELD at ~/ResultPah",
    ]);
  });

  test("a state that ends may say so twice", () => {
    expect(errors({ Type: "Succeed", End: true })).toEqual([]);
    expect(errors({ Type: "Pass", Next: "B", End: false })).toEqual([]);
  });
});

describe("Pass", () => {
  test("compiles", () => {
    const state = compiled({ ...END, InputPath: null, Result: { "a.$": 1 }, ResultPath: "$.a" });
    expect(state).toMatchObject({ inputPath: null, result: { "a.$": 1 }, next: undefined });
  });

  test("warns of paths in the Result", () => {
    expect(warnings({ ...END, Result: "$.a" })).toEqual(["PASS_RESULT_IS_STATIC at ~/Result"]);
    expect(warnings({ ...END, Result: [{ "a.$": "$.b" }, "States.x", "$5"] })).toEqual([
      "PASS_RESULT_IS_STATIC at ~/Result[0]/a.$",
    ]);
  });
});

describe("templates", () => {
  test.each([
    [
      { "x.$": "y" },
      "The value for the field 'x.$' must be a valid JSONPath or a valid intrinsic function call at ~/Parameters",
    ],
    [
      { a: [1, { "~/b": { "x.$": 5 } }] },
      "The value for the field 'x.$' must be a valid JSONPath or a valid intrinsic function call at ~/Parameters/a[1]/~/b",
    ],
    [{ "x.$": "$.a", x: 1 }, "The field 'x' is there twice, as 'x' and as 'x.$' at ~/Parameters"],
    [
      { a: { "x.$": "States.Nope()" } },
      "The value for the field 'x.$' must be a valid JSONPath or a valid intrinsic function call at ~/Parameters/a",
    ],
  ])("%j", (template, message) => {
    expect(errors({ ...END, Parameters: template })).toEqual([message]);
  });

  test("warns of forgotten dollars", () => {
    const template = { a: "$.x", "b.$": "$.x", c: ["$.x"], d: { e: "States.UUID()" }, f: "$1" };
    expect(warnings({ ...END, Parameters: template })).toEqual([
      "NO_DOLLAR at ~/Parameters/a",
      "NO_DOLLAR at ~/Parameters/d/e",
    ]);
  });
});

describe("Task", () => {
  test("compiles its times and credentials", () => {
    const state = compiled({
      ...TASK,
      TimeoutSeconds: 9,
      HeartbeatSecondsPath: "$$.Execution.Input.h",
      Credentials: { "RoleArn.$": "$.role" },
    });
    expect(state).toMatchObject({
      resource: { type: "Lambda", arn: LAMBDA },
      timeoutSeconds: { type: "Literal", value: 9 },
      heartbeatSeconds: { type: "Path" },
    });
  });

  test.each([
    [{ Type: "Task", End: true }, "These fields are required: [Resource] at ~"],
    [
      { ...TASK, Resource: "x" },
      "The resource provided x is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at ~/Resource",
    ],
    [
      { ...TASK, Credentials: {} },
      "The field 'RoleArn' is required but was missing at ~/Credentials",
    ],
    [{ ...TASK, TimeoutSeconds: 0 }, "Minimum value is 1 at ~/TimeoutSeconds"],
    [
      { ...TASK, TimeoutSeconds: 1, TimeoutSecondsPath: "$.t" },
      "There should only be one of the following fields: [TimeoutSeconds, TimeoutSecondsPath] at ~",
    ],
    [
      { ...TASK, TimeoutSecondsPath: "$.t[*]" },
      "Value is not a Reference Path at ~/TimeoutSecondsPath",
    ],
    [
      { ...TASK, TimeoutSeconds: 5, HeartbeatSeconds: 5 },
      "'HeartbeatSeconds' (5) must be smaller than 'TimeoutSeconds' (5) at ~",
    ],
  ])("%j", (state, message) => {
    expect(errors(state)).toEqual([message]);
  });

  const CALLBACK = { ...TASK, Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken" };

  test.each([
    [{ MessageBody: "x" }, {}, ["MISSING_TASK_TOKEN at ~"]],
    [{ MessageBody: { "token.$": "$$.Task.Token" } }, {}, ["MISSING_TIMEOUT at ~"]],
    [{ MessageBody: [{ "context.$": "$$" }] }, { HeartbeatSeconds: 1 }, []],
    [{ "MessageBody.$": "States.Format('{}', $$.Task.Token)" }, { TimeoutSecondsPath: "$.t" }, []],
  ])("warns of callbacks: %j %j", (Parameters, fields, expected) => {
    expect(warnings({ ...CALLBACK, Parameters, ...fields })).toEqual(expected);
  });

  test("EXPRESS", () => {
    const message =
      "Express state machine does not support '.waitForTaskToken' service integration ";
    expect(errors(CALLBACK, "EXPRESS")).toEqual([`${message} at ~/Resource`]);
  });
});

describe("Wait", () => {
  test.each([
    [{ Seconds: 0 }, { type: "Seconds", seconds: 0 }],
    [
      { Timestamp: "2016-03-14T01:59:00Z" },
      { type: "Timestamp", timestamp: "2016-03-14T01:59:00Z" },
    ],
    [{ SecondsPath: "$.s" }, { type: "SecondsPath" }],
    [{ TimestampPath: "$t" }, { type: "TimestampPath" }],
  ])("%j", (form, until) => {
    expect(compiled({ Type: "Wait", ...form, End: true })).toMatchObject({ until });
  });

  const FORMS = "[Seconds, SecondsPath, Timestamp, TimestampPath]";
  test.each([
    [{}, `One of these fields is required: ${FORMS} at ~`],
    [
      { Seconds: 1, TimestampPath: "$.t" },
      `There should only be one of the following fields: ${FORMS} at ~`,
    ],
    [{ Seconds: "1" }, "Expected value of type [INTEGER] at ~/Seconds"],
    [{ Seconds: -1 }, "Minimum value is 0 at ~/Seconds"],
    [{ Seconds: 1e8 }, "Maximum value is 99999999 at ~/Seconds"],
    [
      { Timestamp: "2016-12-05T21:29:29" },
      "String does not match RFC3339 timestamp at ~/Timestamp",
    ],
    [{ SecondsPath: "$.a[*]" }, "Value is not a Reference Path at ~/SecondsPath"],
  ])("%j", (form, message) => {
    expect(errors({ Type: "Wait", ...form, End: true })).toEqual([message]);
  });
});

describe("Fail", () => {
  test.each([
    [
      { Error: "E", ErrorPath: "$.e" },
      "There should only be one of the following fields: [Error, ErrorPath] at ~",
    ],
    [{ Cause: 1 }, "Expected value of type [STRING] at ~/Cause"],
    [
      { CausePath: "cause" },
      "The value for the field 'CausePath' must be a valid JSONPath or a valid intrinsic function call at ~/CausePath",
    ],
  ])("%j", (fields, message) => {
    expect(errors({ Type: "Fail", ...fields })).toEqual([message]);
  });

  test("takes functions, and warns of paths that are text", () => {
    expect(compiled({ Type: "Fail", ErrorPath: "States.UUID()" })).toMatchObject({
      error: { type: "Path" },
      cause: undefined,
    });
    expect(warnings({ Type: "Fail", Cause: "$.cause" })).toEqual(["NO_PATH at ~/Cause"]);
  });
});

describe("Choice", () => {
  test("compiles", () => {
    const state = compiled({ Type: "Choice", Choices: [RULE], Default: "B", Assign: { v: 1 } });
    expect(state).toMatchObject({ choices: [{ next: "B" }], default: "B" });
    expect(state).toHaveProperty("assign");
  });

  test("warns of a missing Default", () => {
    expect(warnings({ Type: "Choice", Choices: [RULE] })).toEqual(["MISSING_DEFAULT at ~"]);
  });

  test.each([
    [{ Type: "Choice", Default: "B" }, "These fields are required: [Choices] at ~"],
    [{ Type: "Choice", Choices: [], Default: "B" }, "Value cannot be empty at ~/Choices"],
    [
      { Type: "Choice", Choices: [1], Default: "B" },
      "Expected value of type [OBJECT] at ~/Choices[0]",
    ],
    [{ Type: "Choice", Choices: [RULE], Next: "B" }, "Field 'Next' is not supported at ~"],
  ])("%j", (state, message) => {
    expect(errors(state)).toEqual([message]);
  });
});

describe("Parallel", () => {
  test("compiles", () => {
    const state = compiled({ Type: "Parallel", Branches: [MACHINE], End: true });
    expect(state).toMatchObject({ type: "Parallel", branches: [{ startAt: "In" }] });
    const inner = state.type === "Parallel" && state.branches[0]?.states.get("In");
    expect(inner).toMatchObject({ pointer: "/States/A/Branches[0]/States/In" });
  });

  test.each([
    [{}, "These fields are required: [Branches] at ~"],
    [{ Branches: [] }, "Value cannot be empty at ~/Branches"],
    [{ Branches: {} }, "Expected value of type [ARRAY] at ~/Branches"],
    [{ Branches: [{ States: {} }] }, "These fields are required: [StartAt] at ~/Branches[0]"],
  ])("%j", (fields, message) => {
    expect(errors({ Type: "Parallel", ...fields, End: true })).toContain(message);
  });
});

describe("Map", () => {
  test.each([
    [MAP, { mode: "INLINE", executionType: undefined, maxConcurrency: undefined }],
    [DMAP, { mode: "DISTRIBUTED", executionType: "STANDARD", processor: { startAt: "In" } }],
    [{ Type: "Map", Iterator: MACHINE, End: true, Parameters: { "a.$": "$" } }, { mode: "INLINE" }],
    [{ ...MAP, MaxConcurrency: 0 }, { maxConcurrency: { type: "Literal", value: 0 } }],
    [
      { ...DMAP, Label: "l", ToleratedFailurePercentage: 2.5 },
      { label: "l", toleratedFailurePercentage: { value: 2.5 } },
    ],
    [{ ...DMAP, ToleratedFailureCountPath: "$count" }, { toleratedFailureCount: { type: "Path" } }],
  ])("%j", (state, expected) => {
    expect(compiled(state)).toMatchObject(expected);
  });

  test("Parameters are the selector's old name", () => {
    const state = compiled({ Type: "Map", Iterator: MACHINE, End: true, Parameters: { a: 1 } });
    expect(state).toMatchObject({ parameters: undefined });
    expect(state.type === "Map" && state.itemSelector).toBeDefined();
  });

  test.each([
    [{ Type: "Map", End: true }, "These fields are required: [ItemProcessor] at ~"],
    [
      { ...MAP, Iterator: MACHINE },
      "There should only be one of the following fields: [ItemProcessor, Iterator] at ~",
    ],
    [
      { ...MAP, ItemSelector: {}, Parameters: {} },
      "There should only be one of the following fields: [ItemSelector, Parameters] at ~",
    ],
    [{ ...MAP, ItemsPath: "items" }, "Value must be a valid JSONPath. at ~/ItemsPath"],
    [{ ...MAP, MaxConcurrency: -1 }, "Minimum value is 0 at ~/MaxConcurrency"],
    [{ ...MAP, MaxConcurrency: "$.x" }, "Expected value of type [INTEGER] at ~/MaxConcurrency"],
    [
      { ...MAP, MaxConcurrencyPath: "$$.Execution.Input.n" },
      "Value is not a Reference Path at ~/MaxConcurrencyPath",
    ],
    [
      { ...DMAP, ToleratedFailurePercentage: 101 },
      "Maximum value is 100.0 at ~/ToleratedFailurePercentage",
    ],
    [
      { ...DMAP, ToleratedFailurePercentage: -1 },
      "Minimum value is 0.0 at ~/ToleratedFailurePercentage",
    ],
    [
      { ...MAP, ItemReader: { Resource: "arn:aws:states:::s3:getObject" } },
      "Field 'ItemReader' is not supported. Only a Map whose ProcessorConfig has 'Mode' 'DISTRIBUTED' has it at ~",
    ],
    [
      { ...DMAP, ItemReader: { Resource: "arn:aws:states:::s3:putObject" } },
      "The field 'Resource' does not match any of the allowed values. Examples: [arn:aws:states:::s3:getObject, arn:aws:states:::s3:listObjectsV2] at ~/ItemReader/Resource",
    ],
    [
      {
        ...DMAP,
        ItemReader: {
          Resource: "arn:aws:states:::s3:getObject",
          ReaderConfig: { InputType: "XML" },
        },
      },
      "The field 'InputType' should have one of these values: [MANIFEST, JSON, CSV, JSONL, PARQUET] at ~/ItemReader/ReaderConfig/InputType",
    ],
    [
      {
        ...DMAP,
        ItemReader: {
          Resource: "arn:aws:states:::s3:getObject",
          ReaderConfig: { MaxItems: 1, MaxItemsPath: "$.n" },
        },
      },
      "There should only be one of the following fields: [MaxItems, MaxItemsPath] at ~/ItemReader/ReaderConfig",
    ],
    [
      {
        ...DMAP,
        ItemReader: {
          Resource: "arn:aws:states:::s3:listObjectsV2",
          ReaderConfig: { Transformation: "LOAD_AND_FLATTEN" },
        },
      },
      "These fields are required: [InputType] at ~/ItemReader/ReaderConfig",
    ],
    [
      {
        ...DMAP,
        ItemReader: {
          Resource: "arn:aws:states:::s3:getObject",
          ReaderConfig: { Transformation: "LOAD_AND_FLATTEN", InputType: "JSON" },
        },
      },
      "Field 'Transformation' is not supported for 's3:getObject'. Only 's3:listObjectsV2' has it at ~/ItemReader/ReaderConfig/Transformation",
    ],
    [
      {
        ...DMAP,
        ItemReader: {
          Resource: "arn:aws:states:::s3:getObject",
          ReaderConfig: { ManifestType: "S3_INVENTORY", InputType: "CSV" },
        },
      },
      "Field 'InputType' is not supported with the 'ManifestType' 'S3_INVENTORY' at ~/ItemReader/ReaderConfig/InputType",
    ],
    [
      {
        ...DMAP,
        ItemReader: {
          Resource: "arn:aws:states:::s3:getObject",
          ReaderConfig: { ManifestType: "ATHENA" },
        },
      },
      "The field 'ManifestType' should have one of these values: [ATHENA_DATA, S3_INVENTORY] at ~/ItemReader/ReaderConfig/ManifestType",
    ],
    [
      { ...DMAP, ItemBatcher: { MaxItemsPerBatch: -1 } },
      "Minimum value is 0 at ~/ItemBatcher/MaxItemsPerBatch",
    ],
    [
      { ...DMAP, ResultWriter: { Resource: "arn:aws:states:::s3:getObject" } },
      "The field 'Resource' does not match any of the allowed values. Examples: [arn:aws:states:::s3:putObject] at ~/ResultWriter/Resource",
    ],
    [
      { ...MAP, ItemProcessor: { ...MACHINE, ProcessorConfig: { Mode: "DISTRIBUTED" } } },
      "These fields are required: [ExecutionType] at ~/ItemProcessor/ProcessorConfig",
    ],
    [
      {
        ...MAP,
        ItemProcessor: {
          ...MACHINE,
          ProcessorConfig: { Mode: "INLINE", ExecutionType: "EXPRESS" },
        },
      },
      "Field 'ExecutionType' is not supported at ~/ItemProcessor/ProcessorConfig",
    ],
    [
      { ...DMAP, Label: "a b" },
      "Invalid label name: 'a b'. It must have 1 to 40 characters, without white space, brackets, wildcards and special characters at ~/Label",
    ],
  ])("%j", (state, message) => {
    expect(errors(state)).toEqual([message]);
  });

  test("labels are unique", () => {
    const inner = { StartAt: "Inner", States: { Inner: { ...DMAP, Label: "l" } } };
    const state = {
      ...DMAP,
      Label: "l",
      ItemProcessor: { ...inner, ProcessorConfig: DISTRIBUTED },
    };
    expect(errors(state)).toEqual([
      "Duplicate label name: l at ~/ItemProcessor/States/Inner/Label",
    ]);
  });

  test("items that run as EXPRESS are bound by it", () => {
    const task = { ...TASK, Resource: "arn:aws:states:::ecs:runTask.sync" };
    const config = { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" };
    const ItemProcessor = { StartAt: "In", States: { In: task }, ProcessorConfig: config };
    expect(errors({ ...MAP, ItemProcessor })).toEqual([
      "Express state machine does not support '.sync' service integration at ~/ItemProcessor/States/In/Resource",
    ]);
    expect(errors(DMAP, "EXPRESS")).toEqual([
      "Express state machine does not support Map state in 'DISTRIBUTED' mode at ~/ItemProcessor/ProcessorConfig/Mode",
    ]);
  });

  test("warns of a forgotten ItemsPath", () => {
    const { ItemsPath: _, ...rest } = MAP;
    expect(warnings(rest)).toEqual(["WHOLE_INPUT_AS_ITEMS at ~"]);
    expect(warnings({ ...rest, InputPath: "$.items" })).toEqual([]);
  });
});
