import { Command } from "commander";
import { afterEach, describe, expect, it, vi } from "vitest";
import { addServerOptions, readServerOptions, type ServerOptions } from "./server-options.ts";

function parse(...args: string[]): ServerOptions {
  const command = addServerOptions(new Command("serve"), ".stepwell")
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return readServerOptions(command.parse(args, { from: "user" }).opts());
}

describe("the region", () => {
  afterEach(() => void vi.unstubAllEnvs());

  it("is that of the AWS SDKs, unless another is named", () => {
    vi.stubEnv("AWS_REGION", "");
    expect(parse().region).toBe("us-east-1");
    vi.stubEnv("AWS_REGION", "eu-west-3");
    expect(parse().region).toBe("eu-west-3");
    expect(parse("--region", "ap-south-1").region).toBe("ap-south-1");
    vi.stubEnv("AWS_REGION", "moon");
    expect(() => parse()).toThrow(/AWS_REGION.*such as us-east-1/);
  });
});

describe("targets of execution logs and status events", () => {
  it("are up to the environment unless they are named", () => {
    expect(parse().delivery).toEqual({ executionLogs: undefined, statusEvents: undefined });
  });

  it.each([
    ["./logs", { type: "Folder", path: "./logs" }],
    ["-", { type: "Output" }],
    ["off", { type: "Off" }],
  ])("can be %s", (text, target) => {
    const { delivery } = parse("--execution-logs", text, "--status-events", text);
    expect(delivery).toEqual({ executionLogs: target, statusEvents: target });
  });

  it("can be AWS only for logs", () => {
    expect(parse("--execution-logs", "cloudwatch").delivery.executionLogs).toEqual({ type: "Aws" });
    expect(() => parse("--status-events", "eventbridge")).toThrow("AWS_ENDPOINT_URL_EVENTBRIDGE");
    expect(() => parse("--execution-logs", "")).toThrow("give a folder, - or off.");
  });
});
