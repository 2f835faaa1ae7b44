/** Redriving a Map Run, and its end while children run, in the decider. */
import { describe, expect, it } from "vitest";
import { simulate, type SimulationOptions } from "../../test/support/simulate.ts";
import { stringify } from "../json/stringify.ts";

function processor(type: string): object {
  return {
    ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: type },
    StartAt: "P",
    States: { P: { Type: "Pass", End: true } },
  };
}

function map(fields: object = {}, type = "STANDARD"): object {
  const M = { Type: "Map", ItemProcessor: processor(type), End: true, ...fields };
  return { StartAt: "S", States: { S: { Type: "Pass", Next: "M" }, M } };
}

function run(options: Partial<SimulationOptions>, fields: object = {}, input: unknown = [0, 1, 2]) {
  const simulation = simulate({
    definition: map(fields),
    input: JSON.stringify(input),
    ...options,
  });
  const { output } = simulation.execution;
  return { ...simulation, output: output === undefined ? undefined : stringify(output) };
}

const failSecond: SimulationOptions["child"] = ({ index }) =>
  index === 1 ? { status: "FAILED" } : { output: `child ${index}` };

describe("a redriven Map Run", () => {
  it.each([false, true])("has the history that AWS recorded; restarted: %s", (restartAlways) => {
    const { lines, output, execution, history } = run(
      { child: failSecond, redrives: 1, restartAlways },
      { MaxConcurrency: 1 },
    );
    expect(lines.slice(5)).toEqual([
      "6<5 MapRunStarted",
      "7<6 MapRunFailed",
      "8<7 MapStateFailed",
      "9<8 ExecutionFailed",
      "10<9 ExecutionRedriven",
      "11<5 MapRunRedriven",
      "12<11 MapRunSucceeded",
      "13<12 MapStateSucceeded",
      "14<11 MapStateExited",
      "15<14 ExecutionSucceeded",
    ]);
    expect(history[10]?.details).toEqual({
      mapRunArn: expect.stringMatching(/run-6$/u),
      redriveCount: 1,
    });
    expect(output).toBe('["child 0",1,"child 2"]');
    expect(execution.mapRuns).toHaveLength(1);
    expect(execution.mapRuns[0]).toMatchObject({
      status: "SUCCEEDED",
      redriveCount: 1,
      ended: { SUCCEEDED: { executions: 3, items: 3 }, FAILED: { executions: 0, items: 0 } },
    });
  });

  it("runs no child again that succeeded", () => {
    const redriven: number[] = [];
    const started: number[] = [];
    const { execution } = run({
      child: (command) => {
        started.push(command.index);
        return failSecond(command);
      },
      redrivenChild: (index) => {
        redriven.push(index);
        return redriven.length === 1 ? { status: "FAILED" } : { output: 1 };
      },
      redrives: 2,
    });
    expect(execution.status).toBe("SUCCEEDED");
    expect(started).toEqual([0, 1, 2]);
    expect(redriven.filter((index) => index === 0)).toEqual([]);
    expect(execution.mapRuns[0]?.redriveCount).toBe(2);
  });

  it("counts children that cannot be redriven as failed", () => {
    const { execution } = run({
      child: failSecond,
      redrivenChild: () => "not redrivable",
      redrives: 1,
    });
    expect(execution.error).toBe("States.ExceedToleratedFailureThreshold");
    expect(execution.mapRuns[0]?.notRedrivable.executions).toBeGreaterThan(0);
    expect(execution.mapRuns[0]?.ended.FAILED.executions).toBeGreaterThan(0);
  });

  it("starts children that were aborted before they began", () => {
    const { output } = run(
      {
        child: ({ index, input }) =>
          index === 1 ? { status: "FAILED", afterMs: 5 } : { output: input, afterMs: 10 },
        redrivenChild: () => "missing",
        redrives: 1,
      },
      {},
      ["a", "b"],
    );
    // The second child fails again, as its start is what it was.
    expect(output).toBeUndefined();
    const { execution } = run(
      {
        child: ({ index, input }) =>
          index === 0 ? { status: "FAILED", afterMs: 5 } : { output: input, afterMs: 10 },
        redrivenChild: (index) => (index === 1 ? "missing" : { output: "again" }),
        redrives: 1,
      },
      {},
      ["a", "b"],
    );
    expect(execution.output).toEqual(["again", "b"]);
  });

  it("goes on after its execution was stopped", () => {
    const { execution, lines } = run({
      child: ({ index }) => (index === 0 ? { output: "first" } : "never"),
      stopAt: Date.UTC(2026, 0, 1) + 1_000,
      redrives: 1,
    });
    expect(lines.slice(5, 9)).toEqual([
      "6<5 MapRunStarted",
      "7<0 ExecutionAborted",
      "8<7 ExecutionRedriven",
      "9<5 MapRunRedriven",
    ]);
    expect(execution.output).toEqual(["first", 1, 2]);
  });

  it("reads the items that are left", () => {
    const items = ["a", "b", "c", "d"].map((value) => ({ value, key: undefined, source: "s" }));
    const ItemReader = { Resource: "arn:aws:states:::s3:getObject", Parameters: {} };
    const { execution } = run(
      { child: failSecond, items, pageItems: 1, redrives: 1 },
      { ItemReader, MaxConcurrency: 1 },
    );
    expect(execution.output).toEqual(["child 0", 1, "child 2", "child 3"]);
    expect(execution.mapRuns[0]?.totalItems).toBe(4);
  });

  it("reads all items if the reader failed", () => {
    const ItemReader = { Resource: "arn:aws:states:::s3:getObject", Parameters: {} };
    const { execution } = run({ items: { error: "gone" }, redrives: 1 }, { ItemReader });
    expect(execution.mapRuns).toHaveLength(1);
    expect(execution.mapRuns[0]).toMatchObject({ redriveCount: 1, status: "FAILED" });
  });

  it("is a new one after States.DataLimitExceeded", () => {
    const { execution } = run({
      child: () => ({ output: "x".repeat(60) }),
      limits: { payloadBytes: 100 },
      redrives: 1,
    });
    expect(execution.mapRuns.map(({ redriveCount }) => redriveCount)).toEqual([0, 0]);
  });

  it("takes no news of the attempt before", () => {
    const end = { index: 2, status: "ABORTED", output: undefined } as const;
    const late = { frame: 0, startedEventId: 6 };
    const { execution } = run({
      child: ({ index }) => (index === 1 ? { status: "FAILED", afterMs: 10 } : "never"),
      redrivenChild: (index) => ({ output: index, afterMs: 5_000 }),
      redrives: 1,
      signals: [
        {
          at: Date.UTC(2026, 0, 1) + 3_000,
          signal: { type: "ChildrenEnded", run: late, redriveCount: 0, ends: [end] },
        },
      ],
    });
    expect(execution.output).toEqual([0, 1, 2]);
  });

  it("cannot be redriven more than 1,000 times", () => {
    const failing = { status: "FAILED" } as const;
    const options = { child: () => failing, redrivenChild: () => failing };
    const first = run(options, {}, [1]).rows;
    const redriven = run({ ...options, redrives: 1 }, {}, [1]).rows.slice(first.length);
    // 999 times the same, in the journal only.
    const rows = [...first];
    for (let count = 1; count <= 999; count++) {
      for (const { body, at } of redriven) {
        rows.push({ body: body.replace("[30,1]", `[30,${count}]`), at });
      }
    }
    const { execution } = run({ ...options, rows, redrives: 2 }, {}, [1]);
    expect(execution.mapRuns[0]?.redriveCount).toBe(1_000);
    expect(execution.error).toBe("States.Runtime");
    expect(execution.cause).toContain("1000");
  });
});

describe("a journal of before Map Runs were redriven", () => {
  it("is folded as it was", () => {
    const { rows } = run({ child: () => ({ status: "FAILED" }) }, {}, [1]);
    type Encoded = [code: number, ...fields: unknown[]];
    // The run failed at once, and a redrive entered the state again.
    const old = rows.map(({ body, at }) => {
      const events = (JSON.parse(body) as Encoded[]).filter(([code]) => code !== 50);
      return { body: JSON.stringify(events), at };
    });
    const all = old.flatMap(({ body }) => JSON.parse(body) as Encoded[]);
    const again = all.filter(([code]) => code === 40 || code === 41 || code === 42);
    const { at } = old.at(-1)!;
    old.push({ body: JSON.stringify([[30, 1], ...again]), at });
    const { lines, execution } = run({ rows: old }, {}, [1]);
    expect(lines.slice(8)).toEqual([
      "9<8 ExecutionFailed",
      "10<9 ExecutionRedriven",
      "11<4 MapStateStarted",
      "12<11 MapRunStarted",
    ]);
    expect(execution.mapRuns.map(({ status }) => status)).toEqual(["FAILED", "RUNNING"]);
  });
});

describe("a Map Run that fails", () => {
  it("ends STANDARD children first", () => {
    const { execution, lines } = run({
      child: ({ index }) => (index === 0 ? { status: "FAILED", afterMs: 10 } : "never"),
    });
    expect(lines.slice(6)).toEqual([
      "7<6 MapRunFailed",
      "8<7 MapStateFailed",
      "9<8 ExecutionFailed",
    ]);
    expect(execution.mapRuns[0]?.ended).toMatchObject({
      FAILED: { executions: 1 },
      ABORTED: { executions: 2 },
    });
  });

  it("waits for EXPRESS children", () => {
    const { execution, now } = simulate({
      definition: map({}, "EXPRESS"),
      input: "[0,1,2]",
      child: ({ index }) =>
        index === 0 ? { status: "FAILED", afterMs: 10 } : { output: index, afterMs: 30_000 },
    });
    expect(now).toBe(Date.UTC(2026, 0, 1) + 30_000);
    expect(execution.mapRuns[0]?.ended).toMatchObject({
      FAILED: { executions: 1 },
      SUCCEEDED: { executions: 2 },
    });
  });

  it("starts no more children", () => {
    const started: number[] = [];
    const { execution } = run(
      {
        child: ({ index }) => {
          started.push(index);
          return index === 0 ? { status: "FAILED" } : { output: 0, afterMs: 10 };
        },
      },
      { MaxConcurrency: 2 },
      [0, 1, 2, 3],
    );
    expect(started).toEqual([0, 1]);
    expect(execution.mapRuns[0]).toMatchObject({ status: "FAILED", nextItem: 2, totalItems: 4 });
  });
});
