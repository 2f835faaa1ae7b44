import { describe, expect, it } from "vitest";
import type { ResultShape } from "../../engine/ports.ts";
import { parseShapes } from "./parse-shapes.ts";
import { createResultShapes } from "./result-shapes.ts";
import { SERVICE_FACTS } from "./service-facts.ts";

const shapes = createResultShapes();
type Pattern = Parameters<typeof shapes.find>[2];

async function members(
  service: string,
  action: string,
  pattern: Pattern = "RequestResponse",
): Promise<Record<string, ResultShape> | undefined> {
  const shape = await shapes.find(service, action, pattern);
  if (shape?.type !== "structure") return undefined;
  return Object.fromEntries([...shape.members].map(([name, lazy]) => [name, lazy()]));
}

async function required(service: string, action: string, pattern: Pattern = "RequestResponse") {
  const shape = await shapes.find(service, action, pattern);
  return shape?.type === "structure" ? shape.required : undefined;
}

describe("the notation", () => {
  it("has required members, ranges, values, lists, maps and recursion", () => {
    const text =
      "Get = Tree\nTree { Name!: string(1..10), Size: number(..5), Kind: string{A|b:c}, " +
      "Leaves: [<Tree>], Ok: boolean, Any: any }";
    const tree = parseShapes(text).get("Get")?.();
    if (tree?.type !== "structure") throw new Error("not a structure");
    expect(tree.required).toEqual(["Name"]);
    const types = Object.fromEntries([...tree.members].map(([name, lazy]) => [name, lazy()]));
    expect(types).toMatchObject({
      Name: { type: "string", min: 1, max: 10, values: undefined },
      Size: { type: "number", min: undefined, max: 5 },
      Kind: { type: "string", values: ["A", "b:c"] },
      Leaves: { type: "list" },
      Ok: { type: "boolean" },
      Any: { type: "any" },
    });
    const leaves = types["Leaves"];
    const leaf = leaves?.type === "list" ? leaves.element() : undefined;
    expect(leaf?.type === "map" ? leaf.value() : undefined).toBe(tree);
  });

  it("refuses other texts", () => {
    expect(() => parseShapes("Get -> Tree")).toThrow("not in the notation");
    expect(() => parseShapes("Get = Tree").get("Get")?.()).toThrow("no structure Tree");
  });

  it.each(Object.entries(SERVICE_FACTS))("is that of the facts about %s", (_, text) => {
    const open = [...parseShapes(text).values()].map((lazy) => lazy());
    const seen = new Set(open);
    for (let shape = open.pop(); shape !== undefined; shape = open.pop()) {
      const inner =
        shape.type === "structure"
          ? [...shape.members.values()].map((lazy) => lazy())
          : shape.type === "list"
            ? [shape.element()]
            : shape.type === "map"
              ? [shape.value()]
              : [];
      for (const next of inner) {
        if (next.type !== "structure" || !seen.has(next)) open.push(next);
        seen.add(next);
      }
    }
    expect(seen.size).toBeGreaterThan(1);
  });
});

describe("service integrations", () => {
  it("have the facts we know", async () => {
    expect(await members("aws-sdk:kms", "encrypt")).toMatchObject({
      CiphertextBlob: { type: "string", min: 1, max: 6144 },
    });
    expect(await required("states", "startExecution")).toEqual(["ExecutionArn", "StartDate"]);
  });

  it("have what an installed SDK client knows", async () => {
    expect(await members("aws-sdk:lambda", "listFunctions")).toMatchObject({
      NextMarker: { type: "string" },
      Functions: { type: "list" },
    });
    expect(await members("aws-sdk:lambda", "getPolicy")).toMatchObject({
      Policy: { type: "string" },
    });
  });

  it("answer what the polling call answers when they wait for a job", async () => {
    expect(await required("states", "startExecution", "Sync")).toContain("StateMachineArn");
    expect((await members("states", "startExecution", "Sync"))?.["Output"]?.type).toBe("string");
    expect((await members("states", "startExecution", "Sync2"))?.["Output"]?.type).toBe("any");
  });

  it.each<[string, string, string]>([
    ["athena", "startQueryExecution", "QueryExecution"],
    ["ecs", "runTask", "Tasks"],
    ["eks", "createCluster", "Cluster"],
    ["elasticmapreduce", "addStep", "Step"],
    ["emr-serverless", "cancelJobRun", "JobRun"],
    ["codebuild", "retryBuildBatch", "BuildBatches"],
  ])("%s:%s.sync is known by %s of its polling call", async (service, action, member) => {
    expect(Object.keys((await members(service, action, "Sync")) ?? {})).toContain(member);
  });

  it("turn JSON text into JSON when they are optimized", async () => {
    expect((await members("lambda", "invoke"))?.["Payload"]?.type).toBe("any");
    expect((await members("aws-sdk:lambda", "invoke"))?.["Payload"]?.type).toBe("string");
  });

  it.each<[string, string, Pattern]>([
    ["http", "invoke", "RequestResponse"],
    ["sqs", "sendMessage", "WaitForTaskToken"],
    ["elasticmapreduce", "createCluster", "RequestResponse"],
    ["eks", "call", "RequestResponse"],
    ["apigateway", "invoke", "RequestResponse"],
    ["aws-sdk:nosuchservice", "get", "RequestResponse"],
    ["aws-sdk:lambda", "noSuchOperation", "RequestResponse"],
    ["aws-sdk:constructor", "constructor", "RequestResponse"],
  ])("may be unknown: %s:%s %s", async (service, action, pattern) => {
    expect(await shapes.find(service, action, pattern)).toBeUndefined();
  });
});
