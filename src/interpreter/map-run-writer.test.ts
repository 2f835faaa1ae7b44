/** Distributed Map with a ResultWriter, in the decider. */
import { describe, expect, it } from "vitest";
import { simulate, type SimulationOptions } from "../../test/support/simulate.ts";
import type { SourceItem } from "./map-data.ts";
import type { Command } from "./command.ts";
import { stringify } from "../json/stringify.ts";

const GET = "arn:aws:states:::s3:getObject";
const PUT = "arn:aws:states:::s3:putObject";
const PROCESSOR = {
  ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
  StartAt: "P",
  States: { P: { Type: "Pass", End: true } },
};
const READER = {
  Resource: GET,
  Parameters: { Bucket: "b", "Key.$": "$.key" },
  ReaderConfig: { InputType: "JSONL" },
};
const WRITER = { Resource: PUT, Parameters: { Bucket: "out", "Prefix.$": "$.key" } };

function map(fields: object): object {
  return {
    StartAt: "M",
    States: { M: { Type: "Map", ItemProcessor: PROCESSOR, End: true, ...fields } },
  };
}

function source(count: number): SourceItem[] {
  return Array.from({ length: count }, (_, index) => ({
    value: `item ${index}`,
    key: undefined,
    source: "S3://b/k",
  }));
}

function run(
  fields: object,
  options: Partial<SimulationOptions> = {},
  input: unknown = { key: "k" },
) {
  const simulation = simulate({
    definition: map(fields),
    input: JSON.stringify(input),
    ...options,
  });
  const { output } = simulation.execution;
  return { ...simulation, output: output === undefined ? undefined : stringify(output) };
}

describe("ResultWriter", () => {
  it("gives the place of the manifest", () => {
    const commands: Command[] = [];
    const { output, execution, rows } = run(
      { ItemsPath: "$.items", ResultWriter: WRITER },
      {
        write: (command) => {
          commands.push(command);
          return { bucket: "out", key: "k/run-4/manifest.json" };
        },
      },
      { key: "k", items: ["one", "two"] },
    );
    const MapRunArn = expect.stringMatching(/:mapRun:m\/.*:run-4$/u);
    expect(JSON.parse(output!)).toEqual({
      MapRunArn,
      ResultWriterDetails: { Bucket: "out", Key: "k/run-4/manifest.json" },
    });
    expect(commands).toMatchObject([
      {
        children: 2,
        hasUnstarted: false,
        target: {
          bucket: "out",
          prefix: "k",
          outputType: "JSON",
          transformation: "NONE",
          mapRunArn: MapRunArn,
          uuid: "run-4",
          redriveCount: 0,
        },
      },
    ]);
    expect(execution.mapRuns[0]?.results.size).toBe(0);
    expect(
      rows
        .map(({ body }) => body)
        .join("")
        .match(/two/gu),
    ).toHaveLength(1);
  });

  it.each([false, true])("survives restarts: %s", (restartAlways) => {
    const { output } = run(
      { ItemReader: READER, ResultWriter: WRITER, MaxConcurrency: 2 },
      { items: source(9), pageItems: 2, restartAlways },
    );
    expect(output).toContain("k/manifest.json");
  });

  it("fails the run when they cannot be written", () => {
    const { execution, lines } = run(
      { ItemReader: READER, ResultWriter: WRITER },
      { items: source(1), write: () => ({ error: "no such bucket" }) },
    );
    expect(lines.slice(4)).toEqual([
      "5<4 MapRunFailed",
      "6<5 MapStateFailed",
      "7<6 ExecutionFailed",
    ]);
    expect(execution).toMatchObject({
      error: "States.ResultWriterFailed",
      cause: "no such bucket",
    });
  });

  it("fails the run without a bucket", () => {
    const ResultWriter = { Resource: PUT, Parameters: { Bucket: 5 } };
    const { execution } = run({ ItemReader: READER, ResultWriter }, { items: source(1) });
    expect(execution.error).toBe("States.ResultWriterFailed");
    expect(execution.cause).toContain("Bucket");
  });

  it.each([
    ["items in the data", { ItemsPath: "$.items" }],
    ["an ItemReader", { ItemReader: READER }],
  ])("writes of a run that fails also what was never started: %s", (_, fields) => {
    const commands: Command[] = [];
    const { unstarted, execution, lines } = run(
      {
        ...fields,
        ItemSelector: { "v.$": "$$.Map.Item.Value" },
        MaxConcurrency: 1,
        ResultWriter: WRITER,
      },
      {
        items: source(250),
        pageItems: 7,
        child: ({ index, input }) => (index === 1 ? { status: "FAILED" } : { output: input }),
        write: (command) => {
          commands.push(command);
          return { bucket: "out", key: "m" };
        },
      },
      { key: "k", items: source(250).map(({ value }) => value) },
    );
    expect(lines.slice(4)).toEqual([
      "5<4 MapRunFailed",
      "6<5 MapStateFailed",
      "7<6 ExecutionFailed",
    ]);
    expect(execution.error).toBe("States.ExceedToleratedFailureThreshold");
    expect(commands).toMatchObject([{ children: 2, hasUnstarted: true }]);
    expect(unstarted).toHaveLength(248);
    expect(unstarted[0]).toEqual({ v: "item 2" });
    expect(unstarted.at(-1)).toEqual({ v: "item 249" });
    expect(execution.mapRuns[0]).toMatchObject({
      totalItems: 250,
      nextItem: 2,
      written: { type: "Exported" },
    });
  });

  it("keeps the reason of a run that fails if they cannot be written either", () => {
    const { execution } = run(
      { ItemsPath: "$.items", ResultWriter: WRITER },
      { child: () => ({ status: "FAILED" }), write: () => ({ error: "no such bucket" }) },
      { key: "k", items: [1] },
    );
    expect(execution.error).toBe("States.ExceedToleratedFailureThreshold");
    expect(execution.mapRuns[0]?.written).toEqual({ type: "Failed" });
  });

  it("writes nothing of a run that started no child", () => {
    const written: Command[] = [];
    run(
      { ItemReader: READER, ResultWriter: WRITER },
      {
        items: { error: "gone" },
        write: (command) => {
          written.push(command);
          return { error: "never" };
        },
      },
    );
    expect(written).toEqual([]);
  });

  it("tells what it can of items that cannot be read any more", () => {
    const items = source(300);
    const { unstarted, execution } = run(
      { ItemReader: READER, MaxConcurrency: 1, ResultWriter: WRITER },
      {
        items,
        pageItems: 100,
        child: () => {
          items.length = 150;
          return { status: "FAILED" };
        },
      },
    );
    expect(unstarted).toHaveLength(149);
    expect(execution.error).toBe("States.ExceedToleratedFailureThreshold");
  });

  it("lets the shell gather records of children if nothing is exported", () => {
    const ResultWriter = { WriterConfig: { Transformation: "NONE", OutputType: "JSON" } };
    const commands: Command[] = [];
    const { output } = run(
      { ItemsPath: "$.items", ResultWriter },
      {
        write: (command) => {
          commands.push(command);
          return { bucket: "", key: "" };
        },
      },
      { key: "k", items: [1, 2] },
    );
    expect(commands).toMatchObject([{ target: undefined, children: 2 }]);
    expect(output).toBe("[]");
  });
});
