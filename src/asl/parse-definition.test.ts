import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDefinition } from "./parse-definition.ts";

const END = { Type: "Pass", End: true };

function parse(definition: unknown, type: "STANDARD" | "EXPRESS" = "STANDARD") {
  return parseDefinition(JSON.stringify(definition), { type });
}

function errors(definition: unknown): string[] {
  return parse(definition).diagnostics.flatMap(({ severity, code, message, location }) =>
    severity === "ERROR" ? [`${code}: ${message} at ${location}`] : [],
  );
}

describe("what is not a definition", () => {
  test.each([
    ["", "MISSING_DESCRIPTION", "Received a null or empty workflow input"],
    [" \n", "SCHEMA_VALIDATION_FAILED", "Definition must be a valid JSON object"],
    ["[]", "SCHEMA_VALIDATION_FAILED", "Definition must be a valid JSON object"],
    ["1.0", "SCHEMA_VALIDATION_FAILED", "Definition must be a valid JSON object"],
    ["null", "SCHEMA_VALIDATION_FAILED", "Definition must be a valid JSON object"],
  ])("%j", (text, code, message) => {
    expect(parseDefinition(text, { type: "STANDARD" })).toEqual({
      definition: undefined,
      diagnostics: [{ severity: "ERROR", code, message, location: undefined }],
    });
  });

  test("text that is not JSON, with its place", () => {
    const location = `[Source: (String)"not a definition"; line: 1, column: 4]`;
    const problem =
      "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token " +
      `'null', 'true' or 'false')\n at ${location}`;
    expect(parseDefinition("not a definition", { type: "STANDARD" }).diagnostics).toEqual([
      { severity: "ERROR", code: "INVALID_JSON_DESCRIPTION", message: problem, location },
    ]);
  });

  test("too deep a nesting", () => {
    let value: unknown = 1;
    for (let depth = 0; depth < 300; depth += 1) value = [value];
    const found = errors({ StartAt: "A", States: { A: { ...END, Result: value } } });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^TOO_DEEPLY_NESTED: .* at \/States\/A\/Result(\[0\])+$/u);
  });
});

describe("the top level", () => {
  test.each([
    [{}, "These fields are required: [States, StartAt] at /"],
    [{ StartAt: "A" }, "These fields are required: [States] at /"],
    [{ States: { A: END } }, "These fields are required: [StartAt] at /"],
    [{ StartAt: 1, States: { A: END } }, "Expected value of type [STRING] at /StartAt"],
    [{ StartAt: "A", States: [] }, "Expected value of type [OBJECT] at /States"],
    [{ StartAt: "A", States: { A: [] } }, "Expected value of type [OBJECT] at /States/A"],
    [{ StartAt: "A", States: { A: {} } }, "These fields are required: [Type] at /States/A"],
    [
      { StartAt: "A", States: { A: { Type: "pass" } } },
      "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/A/Type",
    ],
    [{ ...one(END), TimeoutSeconds: 0 }, "Minimum value is 1 at /TimeoutSeconds"],
    [{ ...one(END), TimeoutSeconds: 1e8 }, "Maximum value is 99999999 at /TimeoutSeconds"],
    [{ ...one(END), TimeoutSeconds: 1.5 }, "Expected value of type [INTEGER] at /TimeoutSeconds"],
  ])("%j", (definition, message) => {
    expect(errors(definition)).toEqual([`SCHEMA_VALIDATION_FAILED: ${message}`]);
  });

  test("an empty list of states", () => {
    expect(errors({ StartAt: "A", States: {} })).toEqual([
      "SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States",
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: A at /StartAt",
    ]);
  });

  test("all mistakes in one pass", () => {
    const states = { A: { Type: "Wait", Seconds: -1 }, B: { Type: "Pass", Next: "C", End: "no" } };
    expect(errors({ StartAt: "A", States: states })).toHaveLength(4);
  });

  test("unknown fields are tolerated", () => {
    const definition = { ...one({ ...END, Owner: "me" }), Version: "1.0", Metadata: {} };
    expect(parse(definition).diagnostics).toEqual([]);
  });
});

describe("names", () => {
  test.each([
    ["x".repeat(80), 0],
    ["\u{1F600}".repeat(80), 0],
    ["with blanks / and [brackets]", 0],
    ["x".repeat(81), 1],
    ["", 1],
  ])("%s", (name, count) => {
    const found = errors({ StartAt: name, States: { [name]: END } });
    expect(found).toHaveLength(count);
    for (const message of found) expect(message).toMatch(/^INVALID_STATE_NAME: /u);
  });

  test("are unique across all machines", () => {
    const branch = { StartAt: "A", States: { A: END } };
    const parallel = { Type: "Parallel", Branches: [branch, branch], End: true };
    expect(errors({ StartAt: "A", States: { A: parallel } })).toEqual([
      "DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/Branches[0]/States/A",
      "DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/Branches[1]/States/A",
    ]);
  });

  test("are unique in the text", () => {
    const state = JSON.stringify(END);
    const text = `{"StartAt":"A","States":{"A":${state},"A":${state}}}`;
    const { definition, diagnostics } = parseDefinition(text, { type: "STANDARD" });
    expect(definition).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "DUPLICATE_STATE_NAME", location: "/States/A" }]);
  });

  test("__proto__ and constructor are names like others", () => {
    const text = `{"StartAt":"__proto__","States":{
      "__proto__":{"Type":"Pass","Next":"constructor"},"constructor":{"Type":"Succeed"}}}`;
    const { definition } = parseDefinition(text, { type: "STANDARD" });
    expect([...definition!.states.keys()]).toEqual(["__proto__", "constructor"]);
  });
});

describe("the query language", () => {
  const REFUSED = "SCHEMA_VALIDATION_FAILED:";

  test.each([
    [{ QueryLanguage: "JSONPath" }, { ...END, QueryLanguage: "JSONPath" }, []],
    [
      { QueryLanguage: "JSONata" },
      { ...END, QueryLanguage: "JSONPath" },
      [
        `${REFUSED} 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A`,
      ],
    ],
    [
      {},
      { ...END, QueryLanguage: "jsonata" },
      [
        `${REFUSED} Value should be one of the following: [JSONPath, JSONata] at /States/A/QueryLanguage`,
      ],
    ],
    [{ QueryLanguage: 1 }, END, [`${REFUSED} Expected value of type [STRING] at /QueryLanguage`]],
    [
      {},
      { ...END, Output: 1 },
      [
        `${REFUSED} The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/A`,
      ],
    ],
    [{}, { Type: "Succeed", QueryLanguage: "JSONata", Output: "{% 1 %}" }, []],
  ])("%j with %j", (top, state, expected) => {
    expect(errors({ ...top, ...one(state) })).toEqual(expected);
  });

  test("belongs to states, not to the machines inside them", () => {
    const branch = { QueryLanguage: "JSONPath", StartAt: "B", States: { B: END } };
    expect(errors(one({ Type: "Parallel", Branches: [branch], End: true }))).toEqual([
      `${REFUSED} Field 'QueryLanguage' is not supported at /States/A/Branches[0]`,
    ]);
  });
});

test("compiles a whole definition", () => {
  const { definition, diagnostics } = parse({
    Comment: "orders",
    TimeoutSeconds: 60,
    StartAt: "Work",
    States: {
      Work: {
        Type: "Task",
        Comment: "c",
        Resource: "arn:aws:states:::lambda:invoke",
        Parameters: { FunctionName: "f", "Payload.$": "$" },
        ResultPath: null,
        TimeoutSecondsPath: "$.t",
        Retry: [{ ErrorEquals: ["Busy"] }],
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Bad", ResultPath: "$.error" }],
        Next: "Good",
      },
      Good: { Type: "Succeed", OutputPath: null },
      Bad: { Type: "Fail", Error: "E", CausePath: "$.error.Cause" },
    },
  });
  expect(diagnostics).toEqual([]);
  expect(definition).toMatchObject({ comment: "orders", timeoutSeconds: 60, startAt: "Work" });
  expect(definition!.states.get("Work")).toMatchObject({
    type: "Task",
    name: "Work",
    pointer: "/States/Work",
    comment: "c",
    inputPath: undefined,
    resource: { type: "Service", service: "lambda", action: "invoke" },
    resultPath: null,
    timeoutSeconds: { type: "Path" },
    heartbeatSeconds: undefined,
    retry: [
      {
        errorEquals: ["Busy"],
        intervalSeconds: 1,
        maxAttempts: 3,
        backoffRate: 2,
        maxDelaySeconds: undefined,
        jitter: "NONE",
      },
    ],
    catch: [{ errorEquals: ["States.ALL"], next: "Bad", assign: undefined }],
    next: "Good",
    assign: undefined,
  });
  expect(definition!.states.get("Good")).toMatchObject({ type: "Succeed", outputPath: null });
  expect(definition!.states.get("Bad")).toMatchObject({
    error: { type: "Literal", value: "E" },
    cause: { type: "Path" },
  });
});

test("warns of Express executions that take too long", () => {
  const definition = { ...one({ Type: "Wait", Seconds: 301, End: true }), TimeoutSeconds: 900 };
  expect(parse(definition).diagnostics).toEqual([]);
  expect(parse(definition, "EXPRESS").diagnostics).toMatchObject([
    { severity: "WARNING", code: "EXPRESS_TIME_LIMIT", location: "/TimeoutSeconds" },
    { severity: "WARNING", code: "EXPRESS_TIME_LIMIT", location: "/States/A/Seconds" },
  ]);
});

function one(state: object) {
  return { StartAt: "A", States: { A: state } };
}

describe("never throws, and gives a definition or an error", () => {
  const type = fc.constantFrom("STANDARD" as const, "EXPRESS" as const);

  test("for any text", () => {
    const property = fc.property(fc.string({ unit: "grapheme" }), type, isDecided);
    expect(fc.check(property).counterexample).toBeNull();
  });

  test("for any objects that look like states", () => {
    const FIELDS =
      "Type StartAt States Next End Retry Catch ErrorEquals Branches ItemProcessor ProcessorConfig " +
      "Mode Choices And Not Variable StringEquals IsNull Parameters x.$ Assign ResultPath Resource " +
      "ItemReader ReaderConfig Arguments Output Items Condition QueryLanguage Seconds Timestamp ErrorPath TimeoutSeconds Credentials A B __proto__";
    const WORDS =
      "Task Wait Pass Succeed Fail Choice Parallel Map A B $ $.a $$ DISTRIBUTED JSONata States.ALL " +
      "States.UUID() arn:aws:states:::lambda:invoke {%$x%} {%$states.result%} {%x%} {%( x%}";
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 7, withCrossShrink: true },
        fc.constantFrom<unknown>(...WORDS.split(" "), 0, 1, -1, 1.5, true, false, null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...FIELDS.split(" ")), tie("value"), { maxKeys: 6 }),
      ),
    }));
    const states = fc.dictionary(fc.constantFrom("A", "B"), value);
    const property = fc.property(states, value, type, (States, more, executionType) => {
      const A = { Type: "Pass", End: true, ...Object(more) };
      return (
        isDecided(JSON.stringify({ StartAt: "A", States }), executionType) &&
        isDecided(JSON.stringify({ StartAt: "A", States: { A } }), executionType)
      );
    });
    expect(fc.check(property, { numRuns: 500 }).counterexample).toBeNull();
  });
});

function isDecided(text: string, type: "STANDARD" | "EXPRESS"): boolean {
  const { definition, diagnostics } = parseDefinition(text, { type });
  return diagnostics.some(({ severity }) => severity === "ERROR") === (definition === undefined);
}
