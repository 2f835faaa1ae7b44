/** Distributed Map with an ItemReader, in the decider. */
import { describe, expect, it } from "vitest";
import { simulate, type SimulationOptions } from "../../test/support/simulate.ts";
import type { SourceItem } from "./map-data.ts";
import { stringify } from "../json/stringify.ts";

const GET = "arn:aws:states:::s3:getObject";
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

describe("ItemReader", () => {
  it("has the history that AWS recorded", () => {
    const { history, lines, output } = run({ ItemReader: READER }, { items: source(2) });
    expect(lines).toEqual([
      "1<0 ExecutionStarted",
      "2<0 MapStateEntered",
      "3<2 MapStateStarted",
      "4<3 MapRunStarted",
      "5<4 MapRunSucceeded",
      "6<5 MapStateSucceeded",
      "7<5 MapStateExited",
      "8<7 ExecutionSucceeded",
    ]);
    expect(history[2]?.details).toEqual({ length: 0 });
    expect(output).toBe('["item 0","item 1"]');
  });

  it("succeeds without items", () => {
    expect(run({ ItemReader: READER }, { items: [] }).output).toBe("[]");
  });

  it.each([false, true])(
    "reads page by page, restarted after each decision: %s",
    (restartAlways) => {
      const { output, rows } = run(
        { ItemReader: READER, MaxConcurrency: 2 },
        {
          items: source(25),
          pageItems: 4,
          restartAlways,
          child: ({ input, index }) => ({ output: input, afterMs: index % 3 }),
        },
      );
      expect(output).toBe(JSON.stringify(source(25).map(({ value }) => value)));
      const journal = rows.map(({ body }) => body).join("");
      expect(journal.match(/item 7/gu)).toHaveLength(1);
    },
  );

  it("evaluates what it reads once and asks for the same after a restart", () => {
    const reader = {
      ...READER,
      ReaderConfig: { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" },
    };
    const { execution } = run({ ItemReader: reader }, { items: source(3) });
    expect(execution.mapRuns[0]?.query).toEqual({
      operation: "getObject",
      parameters: { Bucket: "b", Key: "k" },
      inputType: "CSV",
      csvHeaderLocation: "FIRST_ROW",
      csvHeaders: undefined,
      csvDelimiter: undefined,
      itemsPointer: undefined,
      manifestType: undefined,
      transformation: undefined,
      maxItems: undefined,
    });
  });

  it.each([
    [{ MaxItems: 0 }, undefined],
    [{ MaxItems: 7 }, 7],
    [{ MaxItemsPath: "$.n" }, 2],
    [{ MaxItemsPath: "$.huge" }, 100_000_000],
  ])("reads no more than %j", (config, maxItems) => {
    const reader = { ...READER, ReaderConfig: { InputType: "JSON", ...config } };
    const input = { key: "k", n: "2", huge: 100_000_001 };
    const { execution } = run({ ItemReader: reader }, { items: [] }, input);
    expect(execution.mapRuns[0]?.query?.maxItems).toBe(maxItems);
  });

  it("fails the run if MaxItems is negative", () => {
    const reader = { ...READER, ReaderConfig: { InputType: "JSON", MaxItemsPath: "$.n" } };
    const { execution, lines } = run({ ItemReader: reader }, {}, { key: "k", n: -1 });
    expect(lines.slice(3)).toEqual([
      "4<3 MapRunStarted",
      "5<4 MapRunFailed",
      "6<5 MapStateFailed",
      "7<6 ExecutionFailed",
    ]);
    expect(execution.error).toBe("States.ItemReaderFailed");
  });

  it("fails as AWS recorded it", () => {
    const cause = "CSV headers cannot contain duplicates.";
    const { execution, lines } = run({ ItemReader: READER }, { items: { error: cause } });
    expect(lines.slice(3)).toEqual([
      "4<3 MapRunStarted",
      "5<4 MapRunFailed",
      "6<5 MapStateFailed",
      "7<6 ExecutionFailed",
    ]);
    expect(execution).toMatchObject({ error: "States.ItemReaderFailed", cause });
    expect(execution.mapRuns[0]).toMatchObject({ status: "FAILED", nextChild: 0 });
  });

  it("is retried and caught like other failures", () => {
    const Retry = [{ ErrorEquals: ["States.ItemReaderFailed"], MaxAttempts: 2 }];
    const Catch = [{ ErrorEquals: ["States.ItemReaderFailed"], Next: "C" }];
    const definition = map({ ItemReader: READER, Retry, Catch }) as { States: object };
    Object.assign(definition.States, { C: { Type: "Succeed" } });
    const { execution } = simulate({
      definition,
      input: '{"key":"k"}',
      items: { error: "gone" },
    });
    expect(execution.status).toBe("SUCCEEDED");
    expect(execution.output).toEqual({ Error: "States.ItemReaderFailed", Cause: "gone" });
    expect(execution.mapRuns).toHaveLength(3);
  });

  it("gives items with their place and key", () => {
    const ItemSelector = { "item.$": "$$.Map.Item", "all.$": "$" };
    const items = [{ value: 1, key: "a", source: "S3://b/k" }];
    const { output } = run({ ItemReader: READER, ItemSelector }, { items });
    expect(JSON.parse(output!)).toEqual([
      { item: { Index: 0, Value: 1, Key: "a", Source: "S3://b/k" }, all: { key: "k" } },
    ]);
  });

  it("batches across pages", () => {
    const inputs: unknown[] = [];
    const ItemBatcher = { MaxItemsPerBatch: 3, BatchInput: { t: 1 } };
    const { execution } = run(
      { ItemReader: READER, ItemBatcher, MaxConcurrency: 1 },
      {
        items: source(7),
        pageItems: 2,
        child: ({ input, items }) => {
          inputs.push([items, input]);
          return { output: 0 };
        },
      },
    );
    const values = source(7).map(({ value }) => value);
    expect(inputs).toEqual([
      [3, { BatchInput: { t: 1 }, Items: values.slice(0, 3) }],
      [3, { BatchInput: { t: 1 }, Items: values.slice(3, 6) }],
      [1, { BatchInput: { t: 1 }, Items: values.slice(6) }],
    ]);
    expect(execution.mapRuns[0]?.ended.SUCCEEDED).toEqual({ executions: 3, items: 7 });
  });

  it("judges a percentage only when it knows how many items there are", () => {
    const fields = { ItemReader: READER, ToleratedFailurePercentage: 50 };
    const child: SimulationOptions["child"] = ({ index, input }) =>
      index < 3 ? { status: "FAILED" } : { output: input };
    const options = { items: source(6), pageItems: 1, child };
    expect(run(fields, options).execution.status).toBe("SUCCEEDED");
    const { execution } = run(fields, { ...options, items: source(5) });
    expect(execution.error).toBe("States.ExceedToleratedFailureThreshold");
  });

  it("starts missing children again with the items they had", () => {
    const run4 = { frame: 0, startedEventId: 4 };
    const started: [number, unknown][] = [];
    const { output } = run(
      { ItemReader: READER },
      {
        items: source(10),
        pageItems: 3,
        restartAlways: true,
        child: ({ index, input }) => {
          started.push([index, input]);
          return started.length <= 10 && (index === 1 || index === 8)
            ? "never"
            : { output: input, afterMs: 1 };
        },
        signals: [
          {
            at: Date.UTC(2026, 0, 1) + 50,
            signal: { type: "ChildrenMissing", run: run4, redriveCount: 0, indexes: [8, 1] },
          },
        ],
      },
    );
    expect(started.slice(10)).toEqual([
      [1, "item 1"],
      [8, "item 8"],
    ]);
    expect(output).toBe(JSON.stringify(source(10).map(({ value }) => value)));
  });

  it("fails when items of a missing child are gone", () => {
    const run4 = { frame: 0, startedEventId: 4 };
    const items = source(3);
    const { execution } = run(
      { ItemReader: READER },
      {
        items,
        restartAlways: true,
        child: ({ index, input }) => {
          if (index === 2) items.length = 1;
          return index === 2 ? "never" : { output: input };
        },
        signals: [
          {
            at: Date.UTC(2026, 0, 1) + 50,
            signal: { type: "ChildrenMissing", run: run4, redriveCount: 0, indexes: [2] },
          },
        ],
      },
    );
    expect(execution.error).toBe("States.ItemReaderFailed");
    expect(execution.cause).toContain("Item 2");
  });

  it("works in JSONata", () => {
    const ItemReader = {
      Resource: GET,
      Arguments: { Bucket: "{% $states.input.key %}", Key: "k" },
      ReaderConfig: { InputType: "JSON", MaxItems: "{% 1 + 1 %}" },
    };
    const { execution, output } = run(
      {
        QueryLanguage: "JSONata",
        ItemReader,
        ItemSelector: "{% $states.context.Map.Item.Source & $states.context.Map.Item.Value %}",
      },
      { items: source(2) },
    );
    expect(execution.mapRuns[0]?.query).toMatchObject({
      parameters: { Bucket: "k", Key: "k" },
      maxItems: 2,
    });
    expect(output).toBe('["S3://b/kitem 0","S3://b/kitem 1"]');
  });
});
