import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deployMachine } from "./deploy-machines.ts";
import type { ProjectMachine } from "./project.ts";

/** A server with at most one state machine, which counts what changes it. */
class FakeServer {
  machine: Record<string, unknown> | undefined;
  readonly changes: string[] = [];

  readonly call = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    if (operation === "DescribeStateMachine") {
      if (this.machine !== undefined) return this.machine;
      throw Object.assign(new Error("there is none"), { name: "StateMachineDoesNotExist" });
    }
    this.changes.push(operation);
    this.machine = { ...this.machine, ...input };
    return {};
  };
}

describe("deployMachine", () => {
  let folder: string;
  let server: FakeServer;
  let machine: ProjectMachine;
  const deploy = (more: Partial<ProjectMachine> = {}): ReturnType<typeof deployMachine> =>
    deployMachine(
      { ...machine, ...more },
      { call: server.call, region: "eu-west-1", accountId: "123456789012" },
    );
  const write = (definition: object | string): Promise<void> =>
    writeFile(
      machine.file,
      typeof definition === "string" ? definition : JSON.stringify(definition),
    );
  const pass = (result: number): object => ({
    StartAt: "A",
    States: { A: { Type: "Pass", Result: result, End: true } },
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "stepwell-deploy-"));
    server = new FakeServer();
    const file = join(folder, "m.asl.json");
    machine = { name: "m", type: "STANDARD", roleArn: undefined, file, example: undefined };
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("creates, leaves alone and updates", async () => {
    await write(pass(1));
    expect(await deploy()).toMatchObject({
      outcome: "Created",
      arn: "arn:aws:states:eu-west-1:123456789012:stateMachine:m",
    });
    expect(server.machine).toMatchObject({ roleArn: "arn:aws:iam::123456789012:role/stepwell" });
    expect(await deploy()).toMatchObject({ outcome: "Unchanged" });
    await write(pass(2));
    expect(await deploy()).toMatchObject({ outcome: "Updated" });
    expect(server.changes).toEqual(["CreateStateMachine", "UpdateStateMachine"]);
  });

  it("touches nothing when the definition has errors, and says where", async () => {
    await write('{\n  "StartAt": "B",\n  "States": {}\n}');
    const { outcome, messages } = await deploy();
    expect(outcome).toBe("Failed");
    expect(messages[0]).toMatch(/m\.asl\.json:\d+:\d+ ERROR /);
    expect(server.changes).toEqual([]);
  });

  it("says how to change the type of a state machine", async () => {
    await write(pass(1));
    await deploy();
    const { outcome, messages } = await deploy({ type: "EXPRESS" });
    expect(outcome).toBe("Failed");
    expect(messages.at(-1)).toContain("aws stepfunctions delete-state-machine");
  });

  it("survives a file that is gone", async () => {
    const { outcome, messages } = await deploy({ file: join(folder, "gone.asl.json") });
    expect(outcome).toBe("Failed");
    expect(messages[0]).toContain("does not exist");
  });
});
