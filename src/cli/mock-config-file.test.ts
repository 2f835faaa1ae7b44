import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Json } from "../json/json.ts";
import { stringify } from "../json/stringify.ts";
import { readMockConfigFile, requiredMockFile } from "./mock-config-file.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stepwell-mocks-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const JSON_TEXT =
  '{"StateMachines":{"m":{"TestCases":{"c":{"S":"r"}}}},"MockedResponses":{"r":{"0":{"Return":1.50}}}}';
const YAML_TEXT = `
StateMachines: { m: { TestCases: { c: { S: r } } } }
MockedResponses:
  r:
    0: { Return: 1.5 }
`;

it.each([
  ["mocks.json", JSON_TEXT],
  ["mocks.json", `\uFEFF${JSON_TEXT}`],
  ["mocks.yaml", YAML_TEXT],
])("%s is read", async (name, text) => {
  const path = await file(name, text);
  const { config } = (await requiredMockFile(path, () => expect.unreachable()))!;
  const [answer] = config.stateMachines.get("m")!.get("c")!.get("S")!.answers;
  expect(Number(JSON.stringify((answer!.outcome as { result: number }).result))).toBe(1.5);
});

it("keeps numbers as they are written in JSON", async () => {
  const path = await file("mocks.json", JSON_TEXT);
  const { config } = (await requiredMockFile(path, () => {}))!;
  const [answer] = config.stateMachines.get("m")!.get("c")!.get("S")!.answers;
  expect(stringify((answer!.outcome as { result: Json }).result)).toBe("1.50");
});

it.each([
  ["mocks.json", "{", "mocks.json: is not JSON: "],
  ["mocks.yaml", "a: [", "mocks.yaml: is not YAML: "],
  ["mocks.json", "[]", "mocks.json: $ is of type array; it must be an object such as"],
])("%s with %j is refused with the path", async (name, text, problem) => {
  const path = await file(name, text);
  expect(await readMockConfigFile(path)).toMatchObject({ file: undefined });
  await expect(requiredMockFile(path, () => {})).rejects.toThrow(problem);
});

it("refuses a file that is missing, and needs none", async () => {
  await expect(requiredMockFile(join(folder, "no.json"), () => {})).rejects.toThrow(
    /cannot be read/,
  );
  expect(await requiredMockFile(undefined, () => {})).toBeUndefined();
});

it("hands on warnings with the path", async () => {
  const warnings: string[] = [];
  const path = await file("mocks.json", '{"StateMachines":{},"MockedResponse":{}}');
  await requiredMockFile(path, (text) => warnings.push(text));
  expect(warnings).toEqual([expect.stringMatching(/mocks\.json: \$\.MockedResponse is not known/)]);
});
