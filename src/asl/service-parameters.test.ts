import { describe, expect, it } from "vitest";
import type { Json } from "../json/json.ts";
import type { Resource } from "./definition.ts";
import { parseDefinition } from "./parse-definition.ts";
import { completedParameters, unusableParameters } from "./service-parameters.ts";

function definition(resource: string, task: Record<string, Json>, language?: string): string {
  return JSON.stringify({
    StartAt: "Task",
    ...(language !== undefined && { QueryLanguage: language }),
    States: {
      Task: { Type: "Task", Resource: `arn:aws:states:::ecs:${resource}`, ...task, End: true },
    },
  });
}

function ecs(pattern: "Sync" | "RequestResponse"): Resource {
  const resource = pattern === "Sync" ? "runTask.sync" : "runTask";
  const arn = `arn:aws:states:::ecs:${resource}`;
  return { type: "Service", arn, service: "ecs", action: "runTask", resource, pattern };
}

const problems = (text: string): string[] =>
  parseDefinition(text, { type: "STANDARD" }).diagnostics.map(
    ({ message, location }) => `${message} at ${location}`,
  );

describe("ecs:runTask.sync (recorded from AWS)", () => {
  const task = { Cluster: "probe", TaskDefinition: "probe:1", LaunchType: "FARGATE" };

  it.each([
    ["StartedBy", "Parameters", { StartedBy: "customer-value" }, undefined],
    ["Count", "Parameters", { "Count.$": "$.count" }, undefined],
    ["Count", "Arguments", { Count: 2 }, "JSONata"],
  ])("does not take %s in %s", (field, name, more, language) => {
    const text = definition("runTask.sync", { [name]: { ...task, ...more } }, language);
    expect(problems(text)).toEqual([
      `The field '${field}' is not supported by Step Functions at /States/Task/${name}`,
    ]);
  });

  it.each(["runTask.waitForTaskToken", "runTask"])("but %s does", (resource) => {
    const parameters = { ...task, Count: 2, StartedBy: "me", "Group.$": "$$.Task.Token" };
    const state = { Parameters: parameters, TimeoutSeconds: 60 };
    expect(problems(definition(resource, state))).toEqual([]);
  });

  it("does not take what an expression gives, either", () => {
    expect(unusableParameters(ecs("Sync"), { Count: 2 })).toEqual([
      "The field 'Count' is not supported by Step Functions",
    ]);
    expect(unusableParameters(ecs("RequestResponse"), { Count: 2 })).toEqual([]);
  });

  it("shows who starts the task, behind the other parameters", () => {
    const completed = completedParameters(ecs("Sync"), { Cluster: "c" });
    expect(JSON.stringify(completed)).toBe('{"Cluster":"c","StartedBy":"AWS Step Functions"}');
    expect(completedParameters(ecs("RequestResponse"), { Cluster: "c" })).toEqual({ Cluster: "c" });
  });
});
