import { describe, expect, it } from "vitest";
import { EngineWorld, lines } from "../../test/support/engine-world.ts";
import { parseDefinition } from "../asl/parse-definition.ts";
import type { ForkRequest } from "./forker.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function";
const ORDER = {
  StartAt: "Price",
  States: {
    Price: { Type: "Task", Resource: `${LAMBDA}:price`, Next: "Pay" },
    Pay: { Type: "Task", Resource: `${LAMBDA}:pay`, End: true },
  },
};

/** Paying fails. */
async function failedOrder(): Promise<{ world: EngineWorld; arn: string }> {
  const world = await EngineWorld.open();
  world.worker = (call, report) => {
    report.started();
    if (call.stateName === "Pay") report.failed("NoMoney", "");
    else report.succeeded({ price: 7 });
  };
  const arn = await world.start(await world.createMachine("m", ORDER), { name: "e" });
  await world.settle();
  expect((await world.engine.describe(arn))?.status).toBe("FAILED");
  return { world, arn };
}

function request(executionArn: string, facts: Partial<ForkRequest>): ForkRequest {
  const nothing = { name: undefined, edited: undefined, data: undefined, variables: undefined };
  return { executionArn, eventId: 7, ...nothing, ...facts };
}

function edited(document: object): NonNullable<ForkRequest["edited"]> {
  const text = JSON.stringify(document);
  const { definition } = parseDefinition(text, { type: "STANDARD" });
  return { text, definition: definition! };
}

describe("forking an execution", () => {
  it("starts one that has its past and goes on with an edited definition", async () => {
    const { world, arn } = await failedOrder();
    const called = world.calls.length;
    const past = lines(await world.history(arn)).slice(0, 7);
    const definition = edited({
      ...ORDER,
      States: { ...ORDER.States, Pay: { Type: "Pass", Result: "later", End: true } },
    });
    const refused = await world.engine.insight.fork(request(arn, { edited: definition }));
    expect(refused).toEqual({
      type: "Mismatch",
      reason: "Event 7: state 'Pay' has become a Pass state in the edited definition",
    });
    await world.pass(1_000);
    const result = await world.engine.insight.fork(
      request(arn, { eventId: 6, name: "again", edited: definition }),
    );
    const fork = arn.replace(/:e$/, ":again");
    const startedAt = world.clock.now();
    expect(result).toEqual({ type: "Started", executionArn: fork, startedAt });
    await world.settle();
    const described = await world.engine.describe(fork);
    expect(described).toMatchObject({ status: "SUCCEEDED", output: '"later"', startedAt });
    expect(world.calls.length).toBe(called);
    const history = lines(await world.history(fork));
    expect(history).toEqual([
      ...past.slice(0, 6),
      "7<6 PassStateEntered",
      "8<7 PassStateExited",
      "9<8 ExecutionSucceeded",
    ]);
    const revision = await world.catalog.definitions.get(described!.revisionId);
    expect(revision.revision.definition).toBe(definition.text);
    expect((await world.engine.describe(arn))?.status).toBe("FAILED");

    await world.restart();
    expect(await world.engine.describe(fork)).toEqual(described);
    expect(lines(await world.history(fork))).toEqual(history);
  });

  it("does what was under way again, also after a crash", async () => {
    const { world, arn } = await failedOrder();
    world.worker = (_call, report) => report.started();
    const result = await world.engine.insight.fork(
      request(arn, { eventId: 8, data: { price: 9 } }),
    );
    if (result?.type !== "Started") throw new Error(result?.type);
    await world.settle();
    expect(world.calls.at(-1)).toMatchObject({ stateName: "Pay", parameters: { price: 9 } });
    world.worker = (_call, report) => report.succeeded("paid");
    await world.restart();
    await world.settle();
    const fork = await world.engine.describe(result.executionArn);
    expect(fork).toMatchObject({ status: "SUCCEEDED", output: '"paid"' });
    expect(lines(await world.history(result.executionArn)).slice(7, 10)).toEqual([
      "8<7 LambdaFunctionScheduled",
      "9<7 LambdaFunctionScheduled",
      "10<9 LambdaFunctionStarted",
    ]);
  });

  it("is told whole or not at all when the database is away", async () => {
    const { world, arn } = await failedOrder();
    const wanted = request(arn, { eventId: 6, name: "late", edited: edited(ORDER) });
    const changed = { ...wanted, edited: edited({ ...ORDER, Comment: "changed" }) };
    world.store.fateOf = () => "unavailable";
    await expect(world.engine.insight.fork(changed)).rejects.toThrow("the disk is full");
    await world.settle();
    expect(await world.engine.describe(arn.replace(/:e$/, ":late"))).toBeUndefined();
    world.store.fateOf = () => "ok";
    expect(await world.engine.insight.fork(changed)).toMatchObject({ type: "Started" });
  });

  it("refuses names that are taken and executions that are not there", async () => {
    const { world, arn } = await failedOrder();
    expect(await world.engine.insight.fork(request(arn, { name: "e" }))).toEqual({
      type: "NameTaken",
      executionArn: arn,
    });
    expect(await world.engine.insight.fork(request(`${arn}x`, {}))).toBeUndefined();
    const late = await world.engine.insight.fork(request(arn, { eventId: 50 }));
    expect(late).toMatchObject({ type: "Mismatch" });
  });
});
