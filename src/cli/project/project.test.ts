import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { machineName, readProject } from "./project.ts";

describe("readProject", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "stepwell-project-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("finds definitions in sub-folders, but not in node_modules or dot folders", async () => {
    for (const sub of ["flows", "node_modules/x", ".stepwell"]) {
      await mkdir(join(folder, sub), { recursive: true });
      await writeFile(join(folder, sub, `${sub.replaceAll(/\W/g, "")}.asl.json`), "{}");
    }
    await writeFile(join(folder, "other.json"), "{}");
    const project = await readProject(folder);
    expect(project.machines).toEqual([
      {
        name: "flows",
        type: "STANDARD",
        roleArn: undefined,
        file: join(folder, "flows/flows.asl.json"),
        example: undefined,
      },
    ]);
    expect(project.problems).toEqual([]);
  });

  it("takes type, role and name from stepwell.yaml, once", async () => {
    await writeFile(join(folder, "a.asl.json"), "{}");
    await writeFile(
      join(folder, "stepwell.yaml"),
      "stateMachines:\n  fast: { definition: a.asl.json, type: EXPRESS, roleArn: 'arn:aws:iam::1:role/x' }\n",
    );
    const { machines } = await readProject(folder);
    expect(machines.map(({ name, type, roleArn }) => [name, type, roleArn])).toEqual([
      ["fast", "EXPRESS", "arn:aws:iam::1:role/x"],
    ]);
  });

  it.each([
    ["a: [", "is not valid YAML"],
    ["stateMachines: [1]", "stateMachines must be a mapping"],
    ["stateMachines: { a: b }", "stateMachines.a must be a mapping"],
    ["stateMachines: { a: { type: EXPRESS } }", "stateMachines.a.definition must name"],
    [
      "stateMachines: { a: { definition: x, type: FAST } }",
      "stateMachines.a.type must be STANDARD",
    ],
    ["stateMachines: { a: { definition: x, tpye: EXPRESS } }", "stateMachines.a.tpye is not known"],
  ])("names field and cure in %s", async (text, expected) => {
    await writeFile(join(folder, "stepwell.yaml"), text);
    const { problems } = await readProject(folder);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });

  it("reports two files for one name", async () => {
    await writeFile(join(folder, "a.asl.json"), "{}");
    await writeFile(join(folder, "a.asl.yaml"), "{}");
    const { machines, problems } = await readProject(folder);
    expect(machines).toHaveLength(1);
    expect(problems[0]).toContain("would both make the state machine a");
  });
});

describe("machineName", () => {
  it("is the file's name without its extensions", () => {
    expect(
      ["x/order.asl.json", "order.asl.yaml", "order.json", "order.yml"].map(machineName),
    ).toEqual(Array(4).fill("order"));
  });
});
