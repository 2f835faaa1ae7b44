import { describe, expect, it } from "vitest";
import { simulate, STARTED_AT } from "../../test/support/simulate.ts";

const PLAIN = {
  Type: "Task",
  Resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
  End: true,
};

describe("the fold", () => {
  it("reads and redrives what the first version wrote", () => {
    const rows = [
      '[[0,[[1,2]]],[5,0,"X"],[19,0,0],[5,1,"A"],[12,1,0,0,0,0],[5,2,"M"],[20,2,0,0,40],[21,2,0,0],[21,2,1,0],[5,3,"B"],[12,3,0,0,0,0],[5,4,"B"],[12,4,0,0,0,0]]',
      "[[13,1,null]]",
      '[[15,1,["A"]],[6,1,1],[25,1]]',
      "[[13,3,null]]",
      '[[15,3,["B"]],[6,3,1],[22,3]]',
      "[[13,4,null]]",
      '[[16,4,"Failed","Boom","C"],[23,4],[28,2],[26,2],[28,0],[2,"Boom","C"]]',
    ];
    const branch = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });
    const map = { Type: "Map", ItemProcessor: branch("B", PLAIN), End: true };
    const branches = [branch("A", PLAIN), branch("M", map)];
    const run = simulate({
      definition: branch("X", { Type: "Parallel", Branches: branches, End: true }),
      rows: rows.map((body, index) => ({ body, at: STARTED_AT + index })),
      redrives: 1,
      task: ({ stateName, parameters }) => ({ output: [stateName, parameters] }),
    });
    expect(run.lines.slice(24)).toEqual([
      "25<24 ParallelStateFailed",
      "26<25 ExecutionFailed",
      "27<26 ExecutionRedriven",
      "28<12 LambdaFunctionScheduled",
      "29<28 LambdaFunctionStarted",
      "30<29 LambdaFunctionSucceeded",
      "31<30 TaskStateExited",
      "32<31 MapIterationSucceeded",
      "33<32 MapStateSucceeded",
      "34<32 MapStateExited",
      "35<34 ParallelStateSucceeded",
      "36<34 ParallelStateExited",
      "37<36 ExecutionSucceeded",
    ]);
    expect(run.execution.output).toEqual(["A", ["B", ["B", 2]]]);
  });

  const chaos = (retry: object) => ({
    StartAt: "X",
    TimeoutSeconds: 40,
    States: {
      X: {
        Type: "Parallel",
        Branches: [
          { StartAt: "W", States: { W: { Type: "Wait", Seconds: 3, Next: "T" }, T: PLAIN } },
          {
            StartAt: "M",
            States: {
              M: {
                Type: "Map",
                ItemsPath: "$.items",
                MaxConcurrency: 2,
                ItemProcessor: {
                  StartAt: "N",
                  States: {
                    N: {
                      Type: "Parallel",
                      Branches: [
                        { StartAt: "A", States: { A: PLAIN } },
                        { StartAt: "B", States: { B: { Type: "Pass", Next: "C" }, C: PLAIN } },
                      ],
                      ...retry,
                      End: true,
                    },
                  },
                },
                End: true,
              },
            },
          },
        ],
        End: true,
      },
    },
  });
  const retry = { Retry: [{ ErrorEquals: ["Once"], MaxAttempts: 1 }] };

  it("equals the live state in 150 random lives with stops, time-outs and redrives", () => {
    const statuses = new Map<string, number>();
    for (let seed = 1; seed <= 150; seed++) {
      const retries = seed % 4 < 2;
      let state = seed * 7_919 + 17;
      const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
      const run = simulate({
        definition: chaos(retries ? retry : {}),
        input: '{"items":[1,2,3,4,5]}',
        restartAlways: seed % 2 === 0,
        limits: { eventsPerDecision: seed % 3 === 0 ? 3 : 1000 },
        task: () => {
          const roll = random();
          const afterMs = Math.floor(random() * 9_000);
          if (roll < 0.03) return "never";
          if (roll < 0.1) return { error: random() < 0.5 ? "Once" : "Boom", afterMs };
          return { output: afterMs, afterMs };
        },
        ...(random() < 0.5 ? { stopAt: STARTED_AT + Math.floor(random() * 20_000) } : {}),
        redrives: 6,
      });
      const { status, redrive, output } = run.execution;
      const key = `${status} after ${redrive === undefined ? "no" : "some"} redrives`;
      statuses.set(key, (statuses.get(key) ?? 0) + 1);
      if (status === "SUCCEEDED") {
        expect((output as unknown[][])[1], `seed ${seed}`).toHaveLength(5);
        // No task that succeeded ran again, except in a Parallel that was retried.
        const results = run.history.filter(({ type }) => type === "LambdaFunctionSucceeded");
        if (retries) expect(results.length).toBeGreaterThanOrEqual(1 + 5 * 2);
        else expect(results).toHaveLength(1 + 5 * 2);
      }
    }
    expect(statuses.get("SUCCEEDED after some redrives") ?? 0).toBeGreaterThan(50);
  });
});
