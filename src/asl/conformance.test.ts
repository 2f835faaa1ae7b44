/** Every definition that AWS accepted and ran must parse without an error. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { definitionError } from "./diagnostic.ts";
import { parseDefinition } from "./parse-definition.ts";

const FOLDER = resolve(import.meta.dirname, "../../../shared/conformance");

interface Recorded {
  readonly id: string;
  readonly kind: string;
  readonly type?: "STANDARD" | "EXPRESS";
  readonly definition?: unknown;
  readonly definition_text?: string;
  readonly state_machines?: readonly Omit<Recorded, "state_machines">[];
  readonly replayable?: boolean;
  readonly calls?: readonly Call[];
  readonly expected?: Readonly<Record<string, unknown>>;
}

interface Call {
  readonly operation?: string;
  readonly error?: boolean;
  readonly params?: { readonly definition?: unknown; readonly type?: "STANDARD" | "EXPRESS" };
  readonly expected?: unknown;
}

interface Case {
  readonly id: string;
  readonly text: string;
  readonly type: "STANDARD" | "EXPRESS";
}

const recorded: readonly Recorded[] = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((file) => file.endsWith(".json"))
      .flatMap((file): Recorded[] => JSON.parse(readFileSync(join(FOLDER, file), "utf8")))
  : [];

// An unreplayable case has no recording, so nothing says that AWS accepted its definition.
const usable = recorded.filter(({ replayable }) => replayable !== false);

const ran = usable
  .filter(({ kind, expected }) => kind === "execution" && expected?.["exception"] === undefined)
  .flatMap((whole) =>
    [whole, ...(whole.state_machines ?? [])].map((one): Case => ({
      id: whole.id,
      text: one.definition_text ?? JSON.stringify(one.definition),
      type: one.type ?? whole.type ?? "STANDARD",
    })),
  )
  .filter(({ text }) => text !== undefined);

const creations = usable.flatMap(({ id, calls = [] }) =>
  calls.flatMap(({ operation, params, error, expected }) => {
    const text = params?.definition;
    if (operation !== "CreateStateMachine" || typeof text !== "string") return [];
    return [{ id, text, type: params?.type ?? "STANDARD", error: error === true, expected }];
  }),
);

test.skipIf(recorded.length === 0)("the recordings are there (skipped: no folder of them)", () => {
  expect(ran.length).toBeGreaterThan(200);
  expect(creations.length).toBeGreaterThan(50);
});

test.skipIf(recorded.length === 0)("accepts what AWS accepted", () => {
  const created = creations.filter(({ error }) => !error);
  const refused = [...ran, ...created].flatMap(({ id, text, type }) => {
    const { definition, diagnostics } = parseDefinition(text, { type });
    return definition === undefined ? [`${id}: ${definitionError(diagnostics)}`] : [];
  });
  expect([...new Set(refused)]).toEqual([]);
});

test.skipIf(recorded.length === 0)("accepts the states that TestState ran", () => {
  const states = usable
    .flatMap(({ id, calls = [] }) => calls.map((call) => ({ id, ...call })))
    .filter(({ operation, error }) => operation === "TestState" && error !== true)
    .map(({ id, params }) => ({ id, text: asMachine(String(params?.definition)) }));
  expect(states.length).toBeGreaterThan(60);
  const refused = states.flatMap(({ id, text }) => {
    const { definition, diagnostics } = parseDefinition(text, { type: "STANDARD" });
    return definition === undefined ? [`${id}: ${definitionError(diagnostics)}`] : [];
  });
  expect([...new Set(refused)]).toEqual([]);
});

/** TestState takes a single state, too; here it gets a state machine around it. */
function asMachine(text: string): string {
  const value: Readonly<Record<string, unknown>> = JSON.parse(text);
  if (value["Type"] === undefined) return text;
  const next = [...text.matchAll(/"(?:Next|Default)": ?"([^"]+)"/gu)].map(([, name = ""]) => name);
  const others = next.map((name) => [name, { Type: "Succeed" }]);
  const States = { ...Object.fromEntries(others), Tested: value };
  return JSON.stringify({ StartAt: "Tested", States });
}

test.skipIf(recorded.length === 0)("refuses what AWS refused, with its words", () => {
  const thrown = usable.flatMap(({ id, definition, type = "STANDARD", expected }) => {
    const { exception_typename: code, exception_value: value } = {
      ...Object(expected?.["exception"]),
    };
    if (code !== "InvalidDefinition" || typeof value !== "string") return [];
    return [{ id, text: JSON.stringify(definition), type, message: value }];
  });
  const answered = creations.flatMap(({ id, text, type, expected }) => {
    const { Error: error } = { ...Object(expected) };
    return error?.Code === "InvalidDefinition" ? [{ id, text, type, message: error.Message }] : [];
  });
  expect(thrown.length + answered.length).toBeGreaterThan(3);
  for (const { id, text, type, message } of [...thrown, ...answered]) {
    const error = definitionError(parseDefinition(text, { type }).diagnostics);
    const normalised = error.replace("arn:aws:", "arn:<partition>:");
    expect({ id, message: message.slice(message.indexOf("Invalid State Machine")) }).toEqual({
      id,
      message: `Invalid State Machine Definition: '${normalised}'`,
    });
  }
});

test.skipIf(recorded.length === 0)("gives the diagnostics AWS gave", () => {
  const calls = usable
    .flatMap(({ calls: all = [] }) => all)
    .filter(({ operation }) => operation === "ValidateStateMachineDefinition");
  for (const { params, expected } of calls) {
    const text = String(params?.definition);
    const { diagnostics } = parseDefinition(text, { type: params?.type ?? "STANDARD" });
    const errors = diagnostics
      .filter(({ severity }) => severity === "ERROR")
      .map((diagnostic) => JSON.parse(JSON.stringify(diagnostic)));
    expect({ text, errors }).toEqual({ text, errors: Object(expected).diagnostics });
  }
});
