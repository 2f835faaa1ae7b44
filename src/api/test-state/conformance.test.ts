/** What AWS answered to calls of TestState. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createEvaluator } from "../../evaluator/evaluator.ts";
import { createResultShapes } from "../../tasks/result-shapes/result-shapes.ts";
import { outputText } from "../output-text.ts";
import { TestStateWorld } from "../../../test/support/test-state-world.ts";

const FOLDER = resolve(import.meta.dirname, "../../../../shared/conformance");

interface Recorded {
  readonly id: string;
  readonly calls: readonly Call[];
  readonly functions?: object;
}

interface Call {
  readonly operation: string;
  readonly params: object;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly error?: boolean;
  readonly client_side?: boolean;
}

const recorded = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((file) => file.startsWith("test_state__"))
      .flatMap((file): Recorded[] => JSON.parse(readFileSync(join(FOLDER, file), "utf8")))
      // The others need a Lambda function.
      .filter(({ functions = {} }) => Object.keys(functions).length === 0)
      .map((one) => ({ ...one, calls: one.calls.filter((call) => call.client_side !== true) }))
      .filter(({ calls }) => calls.length > 0)
  : [];

const evaluator = createEvaluator({ processes: 1 });
afterAll(() => evaluator.close());

it.skipIf(recorded.length === 0)("the recordings are there (skipped: no folder of them)", () => {
  expect(recorded.length).toBeGreaterThan(80);
});

describe.skipIf(recorded.length === 0)("answers as AWS did", () => {
  it.each(recorded.map((one) => [one.id.split("::").at(-1) ?? "", one] as const))(
    "%s",
    async (_, { calls }) => {
      const world = new TestStateWorld(evaluator, createResultShapes());
      for (const call of calls) expect(await answer(world, call)).toEqual(expectedOf(call));
    },
  );
});

async function answer(world: TestStateWorld, call: Call): Promise<unknown> {
  if (call.error === true) return world.failure(call.params);
  const output: unknown = JSON.parse(outputText(await world.call(call.params)));
  return fittedTo(withParsedTexts(output), expectedOf(call));
}

function expectedOf({ expected, error }: Call): unknown {
  if (error !== true) {
    const { ResponseMetadata: _, ...answered } = expected;
    return answered;
  }
  const { exception_typename: type, exception_value: text, Error: thrown } = expected;
  if (typeof text === "string") return `${String(type)}: ${text.split("operation: ").at(-1)}`;
  const { Code, Message } = Object(thrown) as { Code: string; Message: string };
  return `${Code}: ${Message}`;
}

/** The recordings show texts that are JSON objects as such. */
function withParsedTexts(value: unknown): unknown {
  if (typeof value === "string" && value.startsWith("{")) return JSON.parse(value) as unknown;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withParsedTexts(member)]),
  );
}

/** Replaces what fits to a placeholder of the recording by the placeholder. */
function fittedTo(value: unknown, expected: unknown): unknown {
  if (typeof value === "string" && typeof expected === "string") {
    if (expected === "date" && !Number.isNaN(Date.parse(value))) return expected;
    const parts = expected
      .replaceAll("111111111111", "123456789012")
      .split(/<[^<>]+>/u)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`));
    return new RegExp(`^${parts.join(".+")}$`, "u").test(value) ? expected : value;
  }
  if (typeof value !== "object" || value === null) return value;
  const members = Object(expected) as Readonly<Record<string, unknown>>;
  if (Array.isArray(value)) {
    return value.map((element, index) => fittedTo(element, members[index]));
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, fittedTo(member, members[name])]),
  );
}
