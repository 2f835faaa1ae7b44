import { describe, expect, it } from "vitest";
import { isForeign } from "../../../src/asl/query-language.ts";
import { fieldsOfType, STATE_TYPES } from "../../../src/asl/state-fields.ts";
import type { Field } from "./form-field.ts";
import { otherFields, stateForm } from "./state-form.ts";

/** Older names, which are kept but not offered, and what the type says already. */
const NOT_OFFERED: Readonly<Record<string, readonly string[]>> = { Map: ["Parameters"] };

const DISTRIBUTED = { ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED" } } };

describe.each(["JSONPath", "JSONata"] as const)("in %s", (language) => {
  it.each(STATE_TYPES)("there is a form for every field of %s", (type) => {
    const own = fieldsOfType(type).filter((name) => !isForeign(name, language));
    const missing = own.filter((name) => {
      const state = { ...(type === "Map" ? DISTRIBUTED : {}), Type: type, [name]: "x" };
      return name !== "ItemProcessor" && otherFields(state, language).includes(name);
    });
    expect(missing).toEqual((NOT_OFFERED[type] ?? []).filter((name) => own.includes(name)));
  });

  it.each(STATE_TYPES)("there is no field in the form of %s that it does not have", (type) => {
    const state = { ...DISTRIBUTED, Type: type };
    const { configuration, data } = stateForm(state, language);
    const names = [...configuration, ...data].flatMap(namesOf);
    const known = fieldsOfType(type).filter((name) => !isForeign(name, language));
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });
});

function namesOf(field: Field): readonly string[] {
  return field.kind === "OneOf" ? field.fields.flatMap(namesOf) : [String(field.steps[0])];
}

it("names what no form shows", () => {
  const state = { Type: "Pass", Comment: "c", "x-layout": 1, End: true };
  expect(otherFields(state, "JSONata")).toEqual(["x-layout"]);
  expect(otherFields({ Type: "Odd", a: 1 }, "JSONPath")).toEqual(["a"]);
});

it("offers a CSV file's fields only for a CSV file", () => {
  const state = (InputType: string) => ({
    ...DISTRIBUTED,
    Type: "Map",
    ItemReader: { ReaderConfig: { InputType } },
  });
  const steps = (type: string): string =>
    JSON.stringify(stateForm(state(type), "JSONPath").configuration);
  expect(steps("CSV")).toContain("CSVHeaders");
  expect(steps("JSON")).not.toContain("CSVHeaders");
  expect(steps("JSON")).toContain("ItemsPointer");
});
