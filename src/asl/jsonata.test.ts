/** What the parser makes of JSONata states and what it says about mistakes in them. */
import { describe, expect, test } from "vitest";
import type { State } from "./definition.ts";
import { type Diagnostic, definitionError } from "./diagnostic.ts";
import { type ParsedDefinition, parseDefinition } from "./parse-definition.ts";

const TASK = { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage" };
const ARGUMENTS = { QueueUrl: "q", MessageBody: "{% $states.input %}" };
const inner = (states: object) => ({ StartAt: Object.keys(states)[0], States: states });

/** A JSONata state machine with a state A that goes on to a state B. */
function parse(state: object, language: object = { QueryLanguage: "JSONata" }): ParsedDefinition {
  const type = Object.hasOwn(state, "Type") ? Object(state).Type : undefined;
  const next = ["Choice", "Succeed", "Fail"].includes(type) ? {} : { Next: "B" };
  const used = type === "Choice" ? { Default: "B" } : {};
  const last = ["Succeed", "Fail"].includes(type) ? {} : { B: { Type: "Succeed" } };
  const States = { A: { ...state, ...next, ...used }, ...last };
  return parseDefinition(JSON.stringify({ StartAt: "A", States, ...language }), {
    type: "STANDARD",
  });
}

function compile(state: object): State {
  const { definition, diagnostics } = parse(state);
  expect(definitionError(diagnostics)).toBe("");
  return definition!.states.get("A")!;
}

const short = ({ code, message, location }: Diagnostic) =>
  `${code}: ${message} at ${location?.replace("/States/A", "~")}`;

function errors(state: object, language?: object): string[] {
  return parse(state, language)
    .diagnostics.filter(({ severity }) => severity === "ERROR")
    .map(short);
}

function warnings(state: object): string[] {
  return parse(state)
    .diagnostics.filter(({ severity }) => severity === "WARNING")
    .map(short);
}

describe("compiles", () => {
  test("Task", () => {
    const state = compile({
      ...TASK,
      Arguments: ARGUMENTS,
      TimeoutSeconds: "{% $states.input.t %}",
      HeartbeatSeconds: 1,
      Credentials: { RoleArn: "{% $states.input.role %}" },
      Output: "{% $states.result %}",
      Assign: { x: "{% $states.result %}" },
      Catch: [
        {
          ErrorEquals: ["States.ALL"],
          Output: "{% $states.errorOutput %}",
          Assign: { x: "{% $states.errorOutput.Cause %}" },
          Next: "B",
        },
      ],
    });
    const payload = { variables: [], evaluate: expect.any(Function) };
    expect(state).toMatchObject({
      language: "JSONata",
      inputPath: undefined,
      outputPath: undefined,
      resultPath: undefined,
      resultSelector: undefined,
      parameters: payload,
      credentials: payload,
      output: payload,
      assign: payload,
      timeoutSeconds: { type: "Expression", payload },
      heartbeatSeconds: { type: "Literal", value: 1 },
      catch: [{ output: payload, assign: payload, resultPath: undefined, next: "B" }],
    });
  });

  test("Choice", () => {
    const state = compile({
      Type: "Choice",
      Choices: [
        { Condition: "{% $states.input.a %}", Output: 1, Assign: { x: 1 }, Next: "B" },
        { Condition: true, Next: "B" },
      ],
      Output: "{% $states.input %}",
    });
    const condition = { type: "Condition", condition: { variables: [] } };
    expect(state).toMatchObject({
      output: { variables: [] },
      choices: [
        { test: condition, next: "B", output: { variables: [] }, assign: { variables: [] } },
        { test: condition, next: "B", output: undefined, assign: undefined },
      ],
    });
  });

  test.each([
    [{ Seconds: 5 }, { type: "Seconds", seconds: 5 }],
    [{ Seconds: "{% $states.input.s %}" }, { type: "SecondsExpression" }],
    [{ Timestamp: "2016-03-14T01:59:00Z" }, { type: "Timestamp" }],
    [{ Timestamp: "{% $now() %}" }, { type: "TimestampExpression" }],
  ])("Wait with %j", (form, until) => {
    expect(compile({ Type: "Wait", ...form })).toMatchObject({ until });
  });

  test("Fail", () => {
    expect(compile({ Type: "Fail", Error: "{% $states.input.e %}", Cause: "c" })).toMatchObject({
      error: { type: "Expression" },
      cause: { type: "Literal", value: "c" },
    });
  });

  test.each([["{% $states.input %}"], [[1, "{% $x %}"]], [{ a: "{% $x %}" }]])(
    "Map with Items %j",
    (Items) => {
      const state = compile({
        Type: "Map",
        Items,
        ItemSelector: { i: "{% $states.context.Map.Item.Index %}" },
        MaxConcurrency: "{% $states.input.n %}",
        ItemProcessor: inner({ I: { Type: "Pass", End: true } }),
      });
      expect(state).toMatchObject({
        items: { evaluate: expect.any(Function) },
        itemSelector: { evaluate: expect.any(Function) },
        itemsPath: undefined,
        maxConcurrency: { type: "Expression" },
      });
    },
  );

  test("the dataset of a distributed Map", () => {
    const state = compile({
      Type: "Map",
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        Arguments: { Bucket: "b", Key: "{% $states.input.k %}" },
        ReaderConfig: { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW", MaxItems: "{% $x %}" },
      },
      ItemBatcher: { BatchInput: "{% $y %}", MaxItemsPerBatch: 5 },
      ResultWriter: {
        Resource: "arn:aws:states:::s3:putObject",
        Arguments: { Bucket: "b" },
        WriterConfig: { OutputType: "JSONL", Transformation: "FLATTEN" },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        ...inner({ I: { Type: "Pass", End: true } }),
      },
    });
    expect(state).toMatchObject({
      itemReader: {
        resource: "arn:aws:states:::s3:getObject",
        inputType: "CSV",
        csvHeaderLocation: "FIRST_ROW",
        maxItems: { type: "Expression", payload: { variables: ["x"] } },
      },
      itemBatcher: {
        batchInput: { variables: ["y"] },
        maxItemsPerBatch: { type: "Literal", value: 5 },
      },
      resultWriter: { outputType: "JSONL", transformation: "FLATTEN" },
    });
  });

  test("a single JSONata state; states inside it are in the machine's language", () => {
    const map = {
      Type: "Map",
      QueryLanguage: "JSONata",
      Items: [1],
      ItemProcessor: inner({ I: { Type: "Pass", InputPath: "$.a", End: true } }),
    };
    expect(errors(map, {})).toEqual([]);
    const { definition } = parse(map, {});
    const state = definition!.states.get("A");
    expect(state).toMatchObject({ language: "JSONata" });
    expect(state?.type === "Map" && state.processor.states.get("I")).toMatchObject({
      language: "JSONPath",
      inputPath: { text: "$.a" },
    });
  });
});

describe("fields of the other language", () => {
  const refused = (name: string, at: string) =>
    `SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field '${name}' is only supported for the 'JSONPath' QueryLanguage at ${at}`;

  test.each([
    ["InputPath", { Type: "Pass", InputPath: "$" }],
    ["OutputPath", { Type: "Succeed", OutputPath: "$" }],
    ["Result", { Type: "Pass", Result: 1 }],
    ["ResultPath", { ...TASK, ResultPath: "nonsense" }],
    ["Parameters", { ...TASK, Parameters: { "a.$": "nonsense" } }],
    ["ResultSelector", { ...TASK, ResultSelector: {} }],
    ["TimeoutSecondsPath", { ...TASK, TimeoutSecondsPath: "$.a" }],
    ["ErrorPath", { Type: "Fail", ErrorPath: "$.a" }],
  ])("%s", (name, state) => {
    expect(errors(state)).toEqual([refused(name, "~")]);
  });

  test("in choice rules, catchers, item readers", () => {
    const rule = { Variable: "$.a", IsNull: true, Next: "B" };
    expect(errors({ Type: "Choice", Choices: [rule] })).toEqual([
      "SCHEMA_VALIDATION_FAILED: These fields are required: [Condition] at ~/Choices[0]",
      refused("Variable", "~/Choices[0]"),
      refused("IsNull", "~/Choices[0]"),
    ]);
    const Catch = [{ ErrorEquals: ["States.ALL"], ResultPath: "$.e", Next: "B" }];
    expect(errors({ ...TASK, Catch })).toEqual([refused("ResultPath", "~/Catch[0]")]);
    const map = {
      Type: "Map",
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        Parameters: {},
        ReaderConfig: { MaxItemsPath: "$.a" },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        ...inner({ I: { Type: "Pass", End: true } }),
      },
    };
    expect(errors(map)).toEqual([
      refused("Parameters", "~/ItemReader"),
      refused("MaxItemsPath", "~/ItemReader/ReaderConfig"),
    ]);
  });

  test("JSONata fields in states that do not have them", () => {
    const unsupported = (name: string) =>
      `SCHEMA_VALIDATION_FAILED: Field '${name}' is not supported at ~`;
    expect(errors({ Type: "Pass", Arguments: 1 })).toEqual([unsupported("Arguments")]);
    expect(errors({ Type: "Fail", Output: 1 })).toEqual([unsupported("Output")]);
    expect(errors({ Type: "Pass", Condition: 1 })).toEqual([unsupported("Condition")]);
    expect(errors({ Type: "Succeed", Assign: {} })).toEqual([unsupported("Assign")]);
  });
});

describe("expressions", () => {
  const pass = (Output: unknown) => ({ Type: "Pass", Output });

  // The messages are AWS's.
  test.each([
    ["a[1,2)", 'Expected "]", got ","'],
    ["1 +", "Unexpected end of expression"],
    ["", "Unexpected end of expression"],
    ['{"a":}', 'The symbol "}" cannot be used as a unary operator'],
    ['"open', "String literal must be terminated by a matching quote"],
  ])("%j does not parse", (text, message) => {
    expect(errors(pass(`{% ${text} %}`))).toEqual([
      `INVALID_JSONATA_EXPRESSION: ${message} at ~/Output`,
    ]);
  });

  const topLevel = (name: string) => `Reference to '${name}' at the top level is not supported.`;

  test.each([
    ["phone", [topLevel("phone")]],
    ["aaa + bbb.c[d] + aaa", [topLevel("aaa"), topLevel("bbb")]],
    ["$.phone", [topLevel("$")]],
    ["$map($states.input.a, function($x) { b })", [topLevel("b")]],
    ["$states.errorOutput", ["Field '$states.errorOutput' does not exist."]],
    ["$states.result.a", ["Field '$states.result' does not exist."]],
    ["$states.input[$states.result = 1]", ["Field '$states.result' does not exist."]],
  ])("%s reads what is not there", (text, messages) => {
    expect(errors(pass({ v: [`{% ${text} %}`] }))).toEqual(
      messages.map((message) => `UNSUPPORTED_JSONATA_EXPRESSION: ${message} at ~/Output/v[0]`),
    );
  });

  test("the root is not there either", () => {
    const [error, ...others] = errors(pass("{% $$ %}"));
    expect(error).toMatch(
      /^UNSUPPORTED_JSONATA_EXPRESSION: Reference to '\$\$' .*not supported\./u,
    );
    expect(others).toEqual([]);
  });

  test.each([
    "$states",
    "$states.context.Execution.Id",
    "$states.input.items[price > 3].{'a': b}",
    "$states.input.items^(price){kind: $sum(price)}",
    "$map($states.input.a, function($x) { $x.phone })",
    "$states.input ~> |items|{'a': b}|",
    "$count($x[$ = 1])",
    "($a := 1; $a)",
  ])("%s is accepted", (text) => {
    expect(errors(pass(`{% ${text} %}`))).toEqual([]);
  });

  test("say where $states has a result or an error output", () => {
    const result = "{% $states.result %}";
    const errorOutput = "{% $states.errorOutput %}";
    const missing = (name: string, at: string) =>
      `UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.${name}' does not exist. at ${at}`;
    expect(errors({ ...TASK, Arguments: result, Output: errorOutput })).toEqual([
      missing("errorOutput", "~/Output"),
      missing("result", "~/Arguments"),
    ]);
    const Catch = [{ ErrorEquals: ["States.ALL"], Output: result, Next: "B" }];
    expect(errors({ ...TASK, Catch })).toEqual([missing("result", "~/Catch[0]/Output")]);
    const Choices = [{ Condition: result, Output: errorOutput, Next: "B" }];
    expect(errors({ Type: "Choice", Choices })).toEqual([
      missing("result", "~/Choices[0]/Condition"),
      missing("errorOutput", "~/Choices[0]/Output"),
    ]);
    expect(errors({ Type: "Wait", Seconds: 1, Output: result })).toEqual([
      missing("result", "~/Output"),
    ]);
  });

  test.each(["{% $x", "$x %}", "a {% $x %}", "{% $x %} b", "{%}"])("%j is neither nor", (text) => {
    expect(errors(pass(text))).toEqual([
      `SCHEMA_VALIDATION_FAILED: A JSONata expression must start with '{%' and end with '%}', without anything before or after; write text around it as part of the expression: "{% 'Hello ' & $name %}" at ~/Output`,
    ]);
  });

  test.each([" {% states.input %} ", "%}{%", "{ % x % }", "plain"])("%j is plain text", (text) => {
    expect(errors(pass(text))).toEqual([]);
  });

  test("keys and fields without expressions are taken as they are", () => {
    const Retry = [{ ErrorEquals: ["{% phone %}"] }];
    expect(errors({ ...TASK, Comment: "{% phone %}", Retry })).toEqual([]);
    expect(errors({ Type: "Pass", Output: { "{% phone %}": 1 } })).toEqual([]);
  });
});

describe("types", () => {
  test.each([
    [{ ...TASK, TimeoutSeconds: "5" }, "Expected value of type [INTEGER] at ~/TimeoutSeconds"],
    [{ ...TASK, TimeoutSeconds: 0 }, "Minimum value is 1 at ~/TimeoutSeconds"],
    [{ Type: "Wait" }, "One of these fields is required: [Seconds, Timestamp] at ~"],
    [{ Type: "Wait", Timestamp: "x" }, "String does not match RFC3339 timestamp at ~/Timestamp"],
    [{ Type: "Fail", Error: 1 }, "Expected value of type [STRING] at ~/Error"],
    [
      { Type: "Pass", Assign: "{% $states.input %}" },
      "Expected value of type [OBJECT] at ~/Assign",
    ],
    [
      { Type: "Map", Items: 1, ItemProcessor: inner({ I: { Type: "Succeed" } }) },
      "Expected value of type [ARRAY] at ~/Items",
    ],
    [
      { Type: "Choice", Choices: [{ Condition: "yes", Next: "B" }] },
      "Expected a JSONata expression that gives a boolean, such as '{% $states.input.ok %}' at ~/Choices[0]/Condition",
    ],
    [
      { ...TASK, Credentials: { "RoleArn.$": "$.a" } },
      "The field 'RoleArn' is required but was missing at ~/Credentials",
    ],
  ])("%j", (state, message) => {
    expect(errors(state)).toEqual([`SCHEMA_VALIDATION_FAILED: ${message}`]);
  });
});

describe("variables", () => {
  test("cannot be called states nor end in .$", () => {
    expect(errors({ Type: "Pass", Assign: { states: 1 } })).toEqual([
      "SCHEMA_VALIDATION_FAILED: Variable name 'states' is reserved at ~/Assign/states",
    ]);
    expect(errors({ Type: "Pass", Assign: { "a.$": 1 } })[0]).toMatch(/'a\.\$' is invalid/);
  });

  test("of a branch may not have the name of an outer one", () => {
    const parallel = (name: string) => ({
      Type: "Parallel",
      Branches: [inner({ I: { Type: "Pass", Assign: { [name]: 1 }, End: true } })],
      End: true,
    });
    const States = {
      A: { Type: "Pass", Assign: { x: "{% 1 %}" }, Next: "P" },
      P: parallel("x"),
    };
    const text = JSON.stringify({ QueryLanguage: "JSONata", StartAt: "A", States });
    const { diagnostics } = parseDefinition(text, { type: "STANDARD" });
    expect(definitionError(diagnostics)).toMatch(
      /Variable 'x' is already assigned .* at \/States\/P\/Branches\[0\]\/States\/I\/Assign\/x$/u,
    );
  });

  test("that nothing assigns are a warning", () => {
    expect(warnings({ Type: "Pass", Output: "{% $nope & $string(1) %}" })).toEqual([
      "UNDEFINED_VARIABLE: Variable '$nope' is read here, but no state here or around it assigns it at ~",
    ]);
  });
});

describe("warns", () => {
  const asText = (text: string, hint: string, at: string) =>
    `JSONPATH_IN_JSONATA: '${text}' looks like JSONPath, but in a JSONata state it is passed on as text${hint} at ${at}`;

  test("of JSONPath", () => {
    expect(
      warnings({ ...TASK, Arguments: { QueueUrl: "$.a.b", MessageBody: ["$$.State.Name"] } }),
    ).toEqual([
      asText("$.a.b", "; did you mean '{% $states.input.a.b %}'?", "~/Arguments/QueueUrl"),
      asText(
        "$$.State.Name",
        "; did you mean '{% $states.context.State.Name %}'?",
        "~/Arguments/MessageBody[0]",
      ),
    ]);
    expect(warnings({ Type: "Pass", Output: "States.UUID()" })).toEqual([
      asText("States.UUID()", "", "~/Output"),
    ]);
  });

  test("of a callback without its token", () => {
    const callback = {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    };
    const found = (token: string) =>
      warnings({ ...callback, TimeoutSeconds: 9, Arguments: { MessageBody: { t: token } } });
    for (const token of ["$states.context.Task.Token", "$states.context", "$states"]) {
      expect(found(`{% ${token} %}`)).toEqual([]);
    }
    for (const token of ["{% $states.context.State.Name %}", "{% $states.input %}", "x"]) {
      expect(found(token)).toEqual([
        "MISSING_TASK_TOKEN: Task 'A' waits for a callback, but does not pass on its task token: nobody can complete it; put '{% $states.context.Task.Token %}' into 'Arguments' at ~",
      ]);
    }
  });

  test("of a Map without Items", () => {
    const map = { Type: "Map", ItemProcessor: inner({ I: { Type: "Pass", End: true } }) };
    expect(warnings(map)).toEqual([
      "WHOLE_INPUT_AS_ITEMS: Map state 'A' takes its whole input as the list of items and fails if that is no array; name the array with 'Items' at ~",
    ]);
  });
});
