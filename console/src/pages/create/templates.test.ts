import { expect, it } from "vitest";
import { definitionDiagnostics } from "../../editor/definition-diagnostics.ts";
import { TEMPLATES } from "./templates.ts";

it.each(TEMPLATES)("$title is valid, without a warning", ({ definition }) => {
  expect(definitionDiagnostics(definition, "STANDARD")).toEqual([]);
});
