/** The command line: run, validate, dev, their exit codes and messages. */
import { spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DescribeStateMachineCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../support/source-files.ts";
import { eventually } from "./support/eventually.ts";
import { sdkClient } from "./support/sdk-client.ts";
import { command, ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function stepwell(args: readonly string[], input = ""): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [command, ...args], { cwd: projectRoot });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("close", (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

let folder: TemporaryFolder;
const inFolder = (...names: string[]): string => join(folder.path, ...names);

async function write(name: string, content: object | string): Promise<string> {
  await writeFile(inFolder(name), typeof content === "string" ? content : JSON.stringify(content));
  return inFolder(name);
}

const pass = (result: unknown): object => ({
  StartAt: "A",
  States: { A: { Type: "Pass", Result: result, End: true } },
});

beforeAll(async () => {
  folder = await temporaryFolder("command-line");
});
afterAll(() => folder.remove());

describe("stepwell", () => {
  it.each([[], ["serve"], ["dev"], ["run"], ["validate"]])(
    "%s --help shows an example",
    async (...name) => {
      const { code, stdout } = await stepwell([...name, "--help"]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/Examples?:\n {2}stepwell /);
    },
  );

  it.each([
    [["serve", "--prot", "1"], /unknown option '--prot'[^]*--port[^]*--help/],
    [["server"], /unknown command 'server'[^]*serve/],
    [["serve", "--port", "99999"], /--port[^]*0 to 65535/],
    [["serve", "--account-id", "12"], /12 digits/],
    [["serve", "--allow-http-host", "http://x"], /--allow-http-host[^]*give HOST\[:PORT\]/],
    [["serve", "--connections", "/no/such.yaml"], /such\.yaml: cannot be read/],
    [["serve", "--store", "postgres://localhost/x"], /not yet in this version[^]*--data-dir/],
    [["dev", "/no/such/folder"], /not a folder/],
    [["run", "/no/such/file.json"], /does not exist/],
  ])("%j is refused with cause and cure, and code 2", async (args, message) => {
    const { code, stdout, stderr } = await stepwell(args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

describe("stepwell run", () => {
  it("prints the output alone on standard output", async () => {
    const file = await write("pass.asl.json", pass({ a: 1 }));
    const { code, stdout, stderr } = await stepwell(["run", file]);
    expect([code, stdout]).toEqual([0, '{"a":1}\n']);
    expect(stderr).toMatch(/✓ A/);
  });

  it("runs the functions of the stepwell.yaml beside the file, with retries", async () => {
    const file = "examples/order-processing/order-processing.asl.json";
    const { code, stdout, stderr } = await stepwell([
      "run",
      file,
      "--input",
      '{"orderId":"12345"}',
    ]);
    expect(stderr).toMatch(/✗ ProcessPayment: PaymentGatewayBusy/);
    expect(JSON.parse(stdout)).toEqual({ orderId: "12345", paid: true, total: 0 });
    expect(code).toBe(0);
  });

  it("runs functions of a folder, in Python too", async () => {
    const { code, stdout } = await stepwell([
      ...["run", "examples/word-count/word-count.asl.json"],
      ...["--functions", "examples/word-count/functions"],
      ...["--input", '{"texts":["one two three","four"]}'],
    ]);
    expect([code, stdout]).toEqual([0, '{"texts":2,"words":[3,1]}\n']);
  });

  it("ends with 1 and error and cause when the execution fails", async () => {
    const file = await write("fail.asl.json", {
      StartAt: "F",
      States: { F: { Type: "Fail", Error: "Bad", Cause: "because" } },
    });
    const { code, stdout, stderr } = await stepwell(["run", file]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/FAILED Bad\nbecause\n$/);
  });

  it("ends with 2 for a definition with errors and for an input that is no JSON", async () => {
    const broken = await write("broken.json", {
      StartAt: "B",
      States: { A: { Type: "Pass", End: true } },
    });
    expect(await stepwell(["run", broken])).toMatchObject({ code: 2, stdout: "" });
    const file = await write("ok.json", pass(1));
    const wrong = await stepwell(["run", file, "--input", "{nope"]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/--input is not JSON[^]*@FILE/);
  });

  it("takes the input from a file, the definition from YAML and the type EXPRESS", async () => {
    const definition = await write(
      "echo.asl.yaml",
      "StartAt: A\nStates:\n  A: { Type: Succeed }\n",
    );
    const input = await write("input.json", '{"n": 1.0}');
    for (const type of ["STANDARD", "EXPRESS"]) {
      const { code, stdout } = await stepwell([
        "run",
        definition,
        "--input",
        `@${input}`,
        "--type",
        type,
      ]);
      expect([code, stdout]).toEqual([0, '{"n": 1.0}\n']);
    }
  });
});

describe("stepwell validate", () => {
  it("says where the mistake is, in JSON and YAML, and ends with 1", async () => {
    const json = await write(
      "v.asl.json",
      '{\n  "StartAt": "A",\n  "States": {\n    "A": { "Type": "Pass",\n      "Next": "B" }\n  }\n}\n',
    );
    const yaml = await write(
      "v.asl.yaml",
      "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n",
    );
    const { code, stdout } = await stepwell(["validate", json, yaml]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/v\.asl\.json:5:7 ERROR MISSING_TRANSITION_TARGET .*B/);
    expect(stdout).toMatch(/v\.asl\.yaml:5:5 ERROR MISSING_TRANSITION_TARGET .*B/);
  });

  it("reads standard input, and knows what EXPRESS cannot do", async () => {
    const { code, stdout } = await stepwell(["validate", "-"], '{"StartAt": oops}');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^<stdin>:1:\d+ ERROR INVALID_JSON_DESCRIPTION /);
    const text = JSON.stringify({
      StartAt: "A",
      States: {
        A: {
          Type: "Task",
          Resource: "arn:aws:states:us-east-1:123456789012:activity:a",
          TimeoutSeconds: 5,
          End: true,
        },
      },
    });
    expect((await stepwell(["validate", "-"], text)).code).toBe(0);
    expect((await stepwell(["validate", "-", "--type", "EXPRESS"], text)).code).toBe(1);
  });

  it("accepts every example", async () => {
    const files = ["order-processing", "word-count"].map(
      (name) => `examples/${name}/${name}.asl.json`,
    );
    expect(await stepwell(["validate", ...files])).toMatchObject({ code: 0 });
  });
});

describe("stepwell dev", () => {
  it("serves a folder, reloads what changes and keeps the last good version", async () => {
    await mkdir(inFolder("project"));
    await write("project/hello.asl.json", pass("one"));
    const server = await ServerProcess.start({ args: ["dev", inFolder("project")] });
    const client = sdkClient(server.url);
    const definitionOf = async (name: string): Promise<string | undefined> => {
      const stateMachineArn = `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
      const request = new DescribeStateMachineCommand({ stateMachineArn });
      const answer = await client.send(request).catch(() => undefined);
      return answer?.definition;
    };
    const logged = (pattern: RegExp): Promise<true> =>
      eventually(`${pattern} in the log`, () => pattern.test(server.log) || undefined, 20);
    try {
      expect(server.greeting).toMatch(/^Stepwell ready on http:\/\/127\.0\.0\.1:\d+\n$/);
      expect(server.log).toContain("aws stepfunctions start-execution --state-machine-arn");
      expect(await definitionOf("hello")).toContain("one");
      await write("project/hello.asl.json", pass("two"));
      await eventually(
        "the new definition",
        async () => (await definitionOf("hello"))?.includes("two") === true || undefined,
      );
      await write("project/hello.asl.json", "{ broken");
      await logged(/hello\.asl\.json:1:\d+ ERROR INVALID_JSON_DESCRIPTION/);
      expect(await definitionOf("hello")).toContain("two");
      await write("project/second.asl.json", pass("new"));
      await eventually("the new state machine", () => definitionOf("second"));
      await rm(inFolder("project/second.asl.json"));
    } finally {
      client.destroy();
      expect(await server.stop()).toBe(0);
    }
  });
});

describe("serve --no-console", () => {
  it("serves the API alone", async () => {
    const args = ["serve", "--data-dir", inFolder("no-console"), "--no-console"];
    const server = await ServerProcess.start({ args });
    const page = await fetch(`${server.url}/`);
    const api = await fetch(`${server.url}/api/execution-counts`);
    await server.stop();
    expect([page.status, api.status]).toEqual([405, 200]);
  });
});
