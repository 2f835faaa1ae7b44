import { evaluationThrew } from "../../data/jsonata/failure.ts";
import { describe, expect, it } from "vitest";
import { explained, fact, LAMBDA, TASK } from "../../../test/support/explained.ts";
import { STARTED_AT } from "../../../test/support/simulate.ts";

const END = { Type: "Pass", End: true };

describe("a Choice", () => {
  const choice = (rule: object, more: object = {}): object => ({
    Route: { Type: "Choice", Choices: [{ ...rule, Next: "Z" }], ...more },
    Z: END,
  });

  it("without a matching rule: every rule beside the value it met", () => {
    const found = explained(choice({ Variable: "$.status", StringEquals: "PAID" }), {
      input: '{"status":"paid","total":3}',
    });
    expect(found).toMatchObject({
      status: "FAILED",
      error: "States.NoChoiceMatched",
      state: { name: "Route", type: "Choice", pointer: "/States/Route", enteredEventId: 2 },
      failedEventId: 3,
    });
    expect(found.summary).toContain("its only rule did not match, and it has no Default");
    expect(found.summary).toContain(
      `$.status StringEquals "PAID", but $.status is the string "paid"`,
    );
    expect(fact(found, "Choices[0] → Z")).toContain('"paid"');
    expect(found.fixes[0]).toBe('$.status differs only in case or blanks: "paid" is not "PAID".');
    expect(found.fixes[1]).toContain("Add a Default to 'Route'");
  });

  it("that compares a text as a number: says that the type is wrong", () => {
    const found = explained(choice({ Variable: "$.n", NumericGreaterThan: 1 }), {
      input: '{"n":"5"}',
    });
    expect(found.fixes[0]).toBe(
      'NumericGreaterThan never holds for the string "5": make $.n a number, or use an operator for its type.',
    );
  });

  it("that takes a text for a timestamp, or meets the word unknown", () => {
    const time = { Variable: "$.at", TimestampLessThan: "2030-01-01T00:00:00Z" };
    const found = explained(choice(time), { input: '{"at":"tomorrow"}' });
    expect(found.fixes[0]).toContain("make $.at a timestamp such as");
    const word = explained(choice({ Variable: "$.at", StringEquals: "x" }), {
      input: '{"at":"unknown"}',
    });
    expect(word.summary).toContain('$.at is the string "unknown"');
  });

  it("with And, Not and variables: all tests", () => {
    const test = {
      And: [
        { Variable: "$max", NumericLessThan: 3 },
        { Not: { Variable: "$.ok", IsPresent: true } },
      ],
    };
    const found = explained({
      Set: { Type: "Pass", Assign: { max: 7 }, Next: "Route" },
      ...choice(test),
    });
    expect(fact(found, "Choices[0] → Z")).toBe(
      "$max NumericLessThan 3, but $max is the number 7; not $.ok IsPresent true: $.ok is not there",
    );
  });

  it("in JSONata: the conditions and the values they refer to", () => {
    const found = explained(
      {
        Route: {
          Type: "Choice",
          Choices: [{ Condition: "{% $states.input.order.total > 10 %}", Next: "Z" }],
        },
        Z: { Type: "Succeed" },
      },
      { input: '{"order":{"total":4}}', top: { QueryLanguage: "JSONata" } },
    );
    expect(fact(found, "Choices[0] → Z")).toBe("Condition $states.input.order.total > 10");
    expect(fact(found, "$states.input.order.total")).toBe("4");
  });

  it("whose path is not there: what is there instead", () => {
    const found = explained(choice({ Variable: "$.order.staus", StringEquals: "x" }), {
      input: '{"order":{"status":"x","id":1}}',
    });
    expect(found.summary).toBe(
      "Choice state 'Route': a rule reads $.order.staus, which is not there. $.order has no 'staus': it has the keys status, id.",
    );
    expect(found.fixes[0]).toBe("Write $.order.status instead of $.order.staus: that is there.");
    expect(found.fixes.join()).toContain('"IsPresent": true');
  });
});

describe("a path that is not there", () => {
  it.each([
    ["InputPath", { Type: "Pass", InputPath: "$.ordr", End: true }],
    ["OutputPath", { Type: "Pass", OutputPath: "$.ordr", End: true }],
  ])("in %s: the keys at the last step that is", (field, state) => {
    const found = explained({ A: state }, { input: '{"order":{"id":1}}' });
    expect(found.error).toBe("States.Runtime");
    expect(found.summary).toContain(`Pass state 'A': ${field} reads $.ordr, which is not there.`);
  });

  it("says which keys there are, and the nearest one", () => {
    const found = explained(
      { A: { Type: "Pass", InputPath: "$.order.custmer.id", End: true } },
      { input: '{"order":{"customer":{"id":1},"total":2}}' },
    );
    expect(found.summary).toContain("$.order has no 'custmer': it has the keys customer, total.");
    expect(found.fixes[0]).toContain("Write $.order.customer.id instead of $.order.custmer.id");
  });

  it("in Parameters: the field, the path, and where else the member is", () => {
    const found = explained(
      { A: { ...TASK, Parameters: { "valid.$": "$.valid" } } },
      { input: '{"Payload":{"valid":true}}' },
    );
    expect(found.summary).toContain("'valid.$' of Parameters reads $.valid, which is not there.");
    expect(found.summary).toContain("The input has no 'valid': it has the key Payload.");
    expect(found.fixes[0]).toBe("Write $.Payload.valid instead of $.valid: that is there.");
  });

  it("in ResultSelector: about the result", () => {
    const found = explained(
      { A: { ...TASK, ResultSelector: { "x.$": "$.body.x" } } },
      { task: () => ({ output: { status: 200 } }) },
    );
    expect(found.summary).toContain("'x.$' of ResultSelector (or Assign) reads $.body.x");
    expect(fact(found, "What the path is about")).toBe('{"status":200}');
  });

  it("in an ItemSelector, in a variable and in the context object", () => {
    const item = {
      Type: "Map",
      ItemSelector: { "v.$": "$.no" },
      ItemProcessor: { StartAt: "I", States: { I: END } },
      End: true,
    };
    expect(explained({ M: item }, { input: "[1]" }).summary).toContain("'v.$' of ItemSelector");
    const variable = explained({
      S: { Type: "Pass", Assign: { order: { id: 1 } }, Next: "A" },
      A: { Type: "Pass", Parameters: { "x.$": "$order.total" }, End: true },
    });
    expect(variable.summary).toContain(
      "$order.total, which is not there. $order has no 'total': it has the key id.",
    );
    const context = explained({ A: { Type: "Pass", InputPath: "$$.Execution.Nane", End: true } });
    expect(context.fixes[0]).toContain("$$.Execution.Name");
  });

  it("in CausePath", () => {
    const found = explained({ F: { Type: "Fail", CausePath: "$.why" } });
    expect(found.summary).toContain("Fail state 'F': CausePath reads $.why");
  });

  it("because an earlier state lost it: names that state and its ResultPath", () => {
    const found = explained(
      {
        "Validate order": { ...TASK, End: undefined, Next: "Wait" },
        Wait: { Type: "Pass", Next: "Pay" },
        Pay: { ...TASK, Parameters: { "id.$": "$.orderId" } },
      },
      { input: '{"orderId":"o-1"}', task: () => ({ output: { valid: true } }) },
    );
    expect(found.summary).toContain(
      "State 'Validate order' had it in its input and lost it: it has no ResultPath, so its result replaced the whole input.",
    );
    expect(fact(found, "$.orderId before 'Validate order'")).toBe('"o-1"');
    expect(found.fixes[0]).toContain(`a ResultPath such as "$.validateOrder"`);
  });

  it("because of an OutputPath", () => {
    const found = explained(
      {
        A: { Type: "Pass", OutputPath: "$.part", Next: "B" },
        B: { Type: "Pass", InputPath: "$.id", End: true },
      },
      { input: '{"id":1,"part":{}}' },
    );
    expect(found.summary).toContain(`its OutputPath "$.part" lets only a part through`);
  });
});

describe("a value that cannot be used", () => {
  it("by ResultPath", () => {
    const found = explained(
      { A: { Type: "Pass", Result: 1, ResultPath: "$.a.b", End: true } },
      { input: '{"a":"text"}' },
    );
    expect(found.error).toBe("States.ResultPathMatchFailure");
    expect(found.summary).toContain(
      `ResultPath $.a.b cannot be applied to its input. $.a is the string "text", not an object.`,
    );
  });

  it.each([
    ["SecondsPath", "$.s", '{"s":"abc"}', 'gives the string "abc"'],
    ["SecondsPath", "$.s", '{"s":-1}', "gives the number -1"],
    ["SecondsPath", "$.t", '{"s":1}', "reads $.t, which is not there"],
    ["TimestampPath", "$.s", '{"s":"tomorrow"}', "2030-01-31T12:00:00Z"],
  ])("by %s %s of %s", (field, path, input, text) => {
    const found = explained({ W: { Type: "Wait", [field]: path, End: true } }, { input });
    expect(found.summary).toContain(text);
    expect(found.summary).toContain("Wait state 'W'");
  });

  it.each([
    ["$.t", '{"t":"x"}', 'TimeoutSecondsPath $.t gives "x", which is not a whole number'],
    ["$.u", '{"t":1}', "TimeoutSecondsPath reads $.u, which is not there"],
    ["$.t", '{"t":0}', "the value of TimeoutSecondsPath is out of bounds"],
  ])("by TimeoutSecondsPath %s of %s", (path, input, text) => {
    expect(explained({ A: { ...TASK, TimeoutSecondsPath: path } }, { input }).summary).toContain(
      text,
    );
  });

  it("by CausePath", () => {
    const found = explained({ F: { Type: "Fail", CausePath: "$" } });
    expect(found.summary).toContain("CausePath $ must give a text, but gives {}");
    expect(found.fixes[0]).toContain("States.JsonToString($)");
  });

  it("by an intrinsic function: its arguments", () => {
    const found = explained(
      { A: { Type: "Pass", Parameters: { "x.$": "States.MathAdd($.a, $.b)" }, End: true } },
      { input: '{"a":"one"}' },
    );
    expect(found.summary).toContain("States.MathAdd($.a, $.b) failed: ");
    expect(fact(found, "$.a")).toBe('"one"');
    expect(fact(found, "$.b")).toBe("not there: the input has no 'b': it has the key a");
  });
});

describe("the items of a Map", () => {
  const map = { Type: "Map", ItemProcessor: { StartAt: "I", States: { I: END } }, End: true };

  it("that are no array: what they are, and where an array is", () => {
    const found = explained(
      { M: { ...map, ItemsPath: "$.order" } },
      { input: '{"order":{"lines":[1]}}' },
    );
    expect(found.summary).toBe(
      "Map state 'M' needs an array, but ItemsPath $.order is an object with the key lines. There is an array at $.order.lines.",
    );
    expect(found.fixes[0]).toBe('Set ItemsPath to "$.order.lines": that is an array.');
  });

  it("that are not there", () => {
    const found = explained({ M: { ...map, ItemsPath: "$.itms" } }, { input: '{"items":[]}' });
    expect(found.summary).toContain("ItemsPath reads $.itms");
    expect(found.fixes[0]).toContain("$.items");
  });

  it("in JSONata: Items of another type, and an input that is no array", () => {
    const top = { QueryLanguage: "JSONata" };
    const items = explained(
      { M: { ...map, Items: "{% $states.input.o %}" } },
      { top, input: '{"o":{}}' },
    );
    expect(items.summary).toContain("gave the object {}, but the field needs an array");
    const input = explained({ M: map }, { top, input: '{"items":[1]}' });
    expect(input.summary).toContain("There is an array at $states.input.items.");
  });
});

describe("a JSONata expression", () => {
  const top = { QueryLanguage: "JSONata" };
  const pass = (Output: unknown): object => ({ A: { Type: "Pass", Output, End: true } });

  it("that gave nothing: which reference is not there", () => {
    const found = explained(pass({ id: "{% $states.input.order.idd %}" }), {
      top,
      input: '{"order":{"id":1}}',
    });
    expect(found).toMatchObject({ error: "States.QueryEvaluationError", failedEventId: 3 });
    expect(found.summary).toContain(
      "the expression of Output/id, {% $states.input.order.idd %}, gave nothing.",
    );
    expect(found.summary).toContain("$.order has no 'idd': it has the key id.");
    expect(fact(found, "$states.input")).toBe('the key order: {"order":{"id":1}}');
  });

  it("that failed: JSONata's code and what to do", () => {
    const found = explained(pass("{% 1 + $states.input.a %}"), {
      top,
      input: '{"a":"x"}',
      evaluate: ({ text, field }) => {
        const message = 'The right side of the "+" operator must evaluate to a number';
        return evaluationThrew(text, field, { code: "T2002", message });
      },
    });
    expect(found.summary).toContain("(T2002)");
    expect(fact(found, "$states.input.a")).toBe('"x"');
    expect(found.fixes[0]).toContain("$number()");
  });

  it("that gave the wrong type", () => {
    const found = explained(
      { W: { Type: "Wait", Seconds: "{% $states.input.s %}", End: true } },
      { top, input: '{"s":"5"}' },
    );
    expect(found.summary).toContain('gave the string "5", but the field needs a number');
    expect(found.fixes[0]).toContain("$number(x)");
  });

  it("that gave a number which cannot be used", () => {
    const found = explained({ W: { Type: "Wait", Seconds: "{% -1 %}", End: true } }, { top });
    expect(found.summary).toContain("The Seconds field must be an integer between 0 and");
  });
});

describe("a limit", () => {
  it("of the payload: the bound, and the largest parts", () => {
    const found = explained(
      { A: { Type: "Pass", Parameters: { "a.$": "$.big", "b.$": "$.big" }, End: true } },
      { input: JSON.stringify({ big: "x".repeat(400), id: 1 }), limits: { payloadBytes: 600 } },
    );
    expect(found.error).toBe("States.DataLimitExceeded");
    expect(found.summary).toContain("its output is larger than the 600 bytes allowed");
    expect(fact(found, "Input of the state")).toBe(
      "417 bytes; largest parts: big 402 bytes, id 1 byte",
    );
  });

  it("of a task's result", () => {
    const found = explained(
      { A: TASK },
      {
        task: () => ({ output: "x".repeat(700) }),
        limits: { payloadBytes: 600 },
      },
    );
    expect(found.summary).toContain(
      "Task state 'A': the result of the task is larger than the 600 bytes allowed",
    );
  });

  it("of the variables", () => {
    const states = {
      A: { Type: "Pass", Assign: { "a.$": "$.big" }, Next: "B" },
      B: { Type: "Pass", Assign: { "b.$": "$.big" }, End: true },
    };
    const input = JSON.stringify({ big: "x".repeat(400) });
    const found = explained(states, { input, limits: { variableBytes: 600 } });
    expect(found.summary).toContain(
      "Pass state 'B': its Assign makes the variables larger than the 600 bytes",
    );
  });

  it("of the history: which state went round", () => {
    const found = explained(
      {
        A: { Type: "Pass", Next: "B" },
        B: {
          Type: "Choice",
          Choices: [{ Variable: "$.done", IsPresent: true, Next: "Z" }],
          Default: "A",
        },
        Z: END,
      },
      { limits: { historyEvents: 100 } },
    );
    expect(found.summary).toContain("The history is full: one execution can have 100 events.");
    expect(fact(found, "A")).toMatch(/^entered 2\d times$/);
  });
});

describe("the end of the whole execution", () => {
  const wait = { Type: "Wait", Seconds: 100, End: true };

  it("by its TimeoutSeconds: what it was waiting for", () => {
    const found = explained({ A: wait }, { top: { TimeoutSeconds: 10 } });
    expect(found).toMatchObject({ status: "TIMED_OUT", state: { name: "A" } });
    expect(found.summary).toBe(
      "It ran longer than the TimeoutSeconds of the whole state machine, 10 s. At that time it was in Wait state 'A': waiting for 10 s.",
    );
    expect(fact(found, "Time in 'A'")).toBe("10 s");
  });

  it("by StopExecution: error and cause that were given", () => {
    const found = explained({ A: wait }, { stopAt: STARTED_AT + 5_000 });
    expect(found.status).toBe("ABORTED");
    expect(found.summary).toContain('with error E and cause "C"');
    expect(found.summary).toContain("it was in Wait state 'A'");
  });

  it("that has not come: callbacks, activities and calls that nobody answers", () => {
    const callback = { ...TASK, Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken" };
    const activity = { ...TASK, Resource: "arn:aws:states:us-east-1:123456789012:activity:ship" };
    const never = { task: () => "never" as const };
    const waiting = explained({ Ask: callback }, never);
    expect(waiting).toMatchObject({ status: "RUNNING", state: { name: "Ask" } });
    expect(waiting.summary).toContain("nobody has answered its callback token");
    expect(waiting.fixes.join()).toContain("Give 'Ask' TimeoutSeconds");
    expect(explained({ Call: TASK }, never).summary).toContain(
      "the Lambda function had not answered",
    );
    const stopped = explained({ Ship: activity }, { ...never, stopAt: STARTED_AT + 9_000 });
    expect(stopped.summary).toContain("for 9 s no worker has taken its task of activity ship");
    expect(stopped.fixes.join()).toContain("polls GetActivityTask");
  });

  it("by a Fail state: that a Choice led there, with its values", () => {
    const found = explained(
      {
        CheckValid: {
          Type: "Choice",
          Choices: [{ Variable: "$.valid", BooleanEquals: true, Next: "Z" }],
          Default: "Note",
        },
        Note: { Type: "Pass", Next: "OrderFailed" },
        OrderFailed: { Type: "Fail", Cause: "Order validation failed" },
        Z: END,
      },
      { input: '{"valid":"true"}' },
    );
    expect(found.summary).toBe(
      "Fail state 'OrderFailed' ended it without an error name (Order validation failed). It came there by Choice state 'CheckValid', through Note: no rule matched, so Default was taken.",
    );
    expect(found.fixes[0]).toContain("BooleanEquals never holds for the string");
  });

  it("by a Fail state: that a Catch led there, with the caught error explained", () => {
    const cause = '{"errorType":"CardDeclined","errorMessage":"no funds"}';
    const found = explained(
      {
        Pay: { ...TASK, Catch: [{ ErrorEquals: ["States.ALL"], Next: "PaymentFailed" }] },
        PaymentFailed: { Type: "Fail", Error: "Payment", Cause: "failed" },
      },
      { task: () => ({ error: "CardDeclined", cause }) },
    );
    expect(found).toMatchObject({ error: "Payment", state: { name: "PaymentFailed" } });
    expect(found.summary).toContain(
      "It came there by Catch[0] of 'Pay', after CardDeclined: Task state 'Pay': the Lambda function 'charge' failed with CardDeclined: no funds",
    );
    expect(fact(found, "Caught by Catch[0] of 'Pay'")).toBe("CardDeclined (event 5)");
  });

  it("by a Fail state at the beginning", () => {
    expect(explained({ F: { Type: "Fail", Error: "No" } }).summary).toContain(
      "It is the first state.",
    );
  });
});

describe("a place in Map and Parallel", () => {
  it("is the iteration and the branch that failed first", () => {
    const item = { I: TASK };
    const map = {
      Type: "Map",
      MaxConcurrency: 1,
      ItemProcessor: { StartAt: "I", States: item },
      End: true,
    };
    const other = { StartAt: "X", States: { X: END } };
    const parallel = {
      Type: "Parallel",
      Branches: [other, { StartAt: "M", States: { M: map } }],
      End: true,
    };
    let calls = 0;
    const found = explained(
      { P: parallel },
      { input: "[1,2,3]", task: () => (++calls === 3 ? { error: "Bad" } : { output: 1 }) },
    );
    expect(found.state).toMatchObject({
      name: "I",
      pointer: "/States/P/Branches[1]/States/M/ItemProcessor/States/I",
    });
    expect(fact(found, "Where")).toBe("iteration 2 of Map 'M', in branch 1 of Parallel 'P'");
    expect(found.summary).toContain("This was the first to fail: iteration 2 of Map 'M'");
  });

  it("is the Parallel itself when its branches are done", () => {
    const parallel = {
      Type: "Parallel",
      Branches: [{ StartAt: "X", States: { X: END } }],
      ResultSelector: { "a.$": "$[5].x" },
      End: true,
    };
    expect(explained({ P: parallel }).state?.name).toBe("P");
  });
});

it("explains success in a word", () => {
  expect(explained({ Z: END })).toMatchObject({ status: "SUCCEEDED", facts: [], fixes: [] });
});

it("keeps the Lambda's ARN in the facts of a worker's own failure", () => {
  const found = explained({ A: TASK }, { task: () => ({ error: "Boom", cause: "because" }) });
  expect(found.summary).toBe("Task state 'A': the Lambda function failed with Boom: because.");
  expect(fact(found, "Resource")).toBe(LAMBDA);
});
