import { afterEach, describe, expect, it } from "vitest";
import { folderWith } from "../testing/task-harness.ts";
import { loadFunctions } from "./load-functions.ts";

const removals: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const remove of removals.splice(0)) await remove();
});

async function load(files: Record<string, string>, place = "") {
  const { path, remove } = await folderWith(files);
  removals.push(remove);
  const { functions, problems } = await loadFunctions(path + place);
  return { path, functions, problems: problems.map((text) => text.replaceAll(path, "DIR")) };
}

describe("a folder without a stepwell.yaml", () => {
  it("has a function per sub-folder, its runtime by its files", async () => {
    const { path, functions, problems } = await load({
      "a/index.mjs": "",
      "b/index.js": "",
      "c/lambda_function.py": "",
      "d/bootstrap": "",
      ".hidden/index.mjs": "",
      "node_modules/x/index.js": "",
      "readme.md": "",
    });
    expect(problems).toEqual([]);
    expect(functions.map(({ name, runtime, handler }) => [name, runtime, handler])).toEqual([
      ["a", "nodejs20.x", "index.handler"],
      ["b", "nodejs20.x", "index.handler"],
      ["c", "python3.11", "lambda_function.lambda_handler"],
      ["d", "provided.al2023", "bootstrap"],
    ]);
    expect(functions[0]).toEqual({
      name: "a",
      runtime: "nodejs20.x",
      handler: "index.handler",
      code: `${path}/a`,
      environment: {},
      timeoutSeconds: 3,
      memory: undefined,
      concurrency: 10,
    });
  });

  it("tells what it cannot use", async () => {
    const { problems } = await load({
      "a/main.go": "",
      "b/index.js": "",
      "b/bootstrap": "",
      "c d/index.js": "",
    });
    expect(problems).toEqual([
      "DIR: function 'a': no index.mjs, index.js, index.cjs, lambda_function.py, bootstrap in DIR/a",
      "DIR: function 'b': both index.js and bootstrap in DIR/b: keep one, or say 'runtime' in a stepwell.yaml",
      "DIR/c d: a function's name has 1-64 letters, digits, - and _; rename the folder",
    ]);
    expect((await load({ "readme.md": "" })).problems[0]).toContain("no functions");
    expect((await load({}, "/nowhere")).problems[0]).toContain("no such file or folder");
  });
});

describe("a stepwell.yaml", () => {
  it("says everything about a function", async () => {
    const { path, functions, problems } = await load({
      "stepwell.yaml": `
other: is not read here
functions:
  charge:
    runtime: nodejs22.x
    handler: src/app.charge
    code: ./code
    environment: { TEXT: hello, NUMBER: 1.0, FLAG: true }
    timeout: 30
    memory: 256
    concurrency: 2
  index:
  own:
    runtime: provided.al2023
    code: code
`,
      "code/src/app.js": "",
      "index/index.cjs": "",
    });
    expect(problems).toEqual([]);
    expect(functions).toEqual([
      {
        name: "charge",
        runtime: "nodejs22.x",
        handler: "src/app.charge",
        code: `${path}/code`,
        environment: { TEXT: "hello", NUMBER: "1.0", FLAG: "true" },
        timeoutSeconds: 30,
        memory: 256,
        concurrency: 2,
      },
      expect.objectContaining({ name: "index", runtime: "nodejs20.x", handler: "index.handler" }),
      expect.objectContaining({ name: "own", handler: "bootstrap", code: `${path}/code` }),
    ]);
  });

  it("is read by its own name, and may have no functions", async () => {
    const files = { "stepwell.yaml": "functions:\n", "a/index.js": "" };
    expect(await load(files, "/stepwell.yaml")).toMatchObject({ functions: [], problems: [] });
    expect(await load({ "stepwell.yaml": "" })).toMatchObject({ functions: [], problems: [] });
  });

  it("is told line, function, field and cure of every mistake, and the others run", async () => {
    const { functions, problems } = await load({
      "stepwell.yaml": `functions:
  good: { code: code, runtime: python3.12 }
  a b: { code: code, runtime: nodejs20.x }
  java: { code: code, runtime: java21 }
  times: { code: code, runtime: nodejs20.x, timeout: 1000, memory: much, concurrency: 0 }
  lost: { code: nowhere }
  typo: { code: code, runtime: nodejs20.x, handlr: x }
  paths: { code: code, runtime: nodejs20.x, handler: ../other.handler }
  form: { code: code, runtime: nodejs20.x, handler: handler }
  vars:
    code: code
    runtime: nodejs20.x
    environment:
      _HANDLER: x
      LIST: [1]
  text: hello
  which: { code: code }
`,
      "code/app.js": "",
    });
    expect(functions.map(({ name }) => name)).toEqual(["good"]);
    expect(problems).toEqual([
      expect.stringMatching(/^DIR\/stepwell.yaml:3: functions.a b is no function name/),
      expect.stringMatching(/:4: functions.java.runtime 'java21' cannot run here; use nodejs20.x,/),
      expect.stringMatching(/:5: functions.times.timeout must be a whole number from 1 to 900/),
      expect.stringMatching(/:5: functions.times.memory must be a whole number from 64 to 10240/),
      expect.stringMatching(
        /:5: functions.times.concurrency must be a whole number from 1 to 1000/,
      ),
      expect.stringMatching(/:6: functions.lost.code 'nowhere' does not exist/),
      expect.stringMatching(/:7: functions.typo.handlr is not known; known are runtime, handler,/),
      expect.stringMatching(
        /:8: functions.paths.handler '..\/other.handler' leaves the code folder/,
      ),
      expect.stringMatching(/:9: functions.form.handler 'handler' must have the form file.export/),
      expect.stringMatching(/:14: functions.vars.environment._HANDLER is reserved/),
      expect.stringMatching(/:15: functions.vars.environment.LIST must be a text, a number/),
      expect.stringMatching(/:16: functions.text must be a mapping with runtime, handler,/),
      expect.stringMatching(
        /:17: functions.which.runtime is missing and cannot be inferred: no index/,
      ),
    ]);
  });

  it("must be YAML, and a mapping", async () => {
    expect((await load({ "stepwell.yaml": "functions: {" })).problems[0]).toMatch(
      /^DIR\/stepwell.yaml:\d+: not valid YAML: ./,
    );
    expect((await load({ "stepwell.yaml": "- a" })).problems[0]).toContain("must be a mapping");
    expect((await load({ "stepwell.yaml": "functions: []" })).problems[0]).toContain(
      ":1: functions must be a mapping",
    );
  });
});
